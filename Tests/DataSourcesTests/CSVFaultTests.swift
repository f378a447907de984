import Foundation
import Testing
import Vocabulary

@testable import DataSources

@Suite("CSV: faults say where and what")
struct CSVFaultTests {
  @Test func raggedRows() throws {
    #expect(
      try faults(of: "a,b\n1,2\n1\n1,2,3\n4,\"\n\"\n,,,\n", ["a": .number])
        == [
          "3:1: expected 2 fields as in the header, found 1",
          "4:1: expected 2 fields as in the header, found 3",
          "7:1: expected 2 fields as in the header, found 4",
        ])
  }

  @Test func valuesOfARaggedRowAreNotComplainedOfToo() throws {
    #expect(
      try faults(of: "a,b\nx,y,z\n", ["a": .number])
        == ["2:1: expected 2 fields as in the header, found 3"])
  }

  /// The column counts characters, not bytes: 年齢 is two.
  @Test func valuesThatAreNoNumbers() throws {
    let lines = try faults(
      of: "id,群,年齢\n1,年齢,三十\n2,\"x\ny\",\"1 2\"\n", ["年齢": .number, "群": .number])
    #expect(
      lines.map { String($0.prefix { $0 != ";" }) } == [
        "2:3: '年齢' in column '群' is not a number such as 12, -1.5, 1e3 or 1,546",
        "2:6: '三十' in column '年齢' is not a number such as 12, -1.5, 1e3 or 1,546",
        "3:3: 'x y' in column '群' is not a number such as 12, -1.5, 1e3 or 1,546",
        "4:4: '1 2' in column '年齢' is not a number such as 12, -1.5, 1e3 or 1,546",
      ])
  }

  @Test func longValuesAreCut() throws {
    let line = try faults(of: "a,b\n\(String(repeating: "長", count: 50)),1\n", ["a": .number])
    #expect(line.first?.hasPrefix("2:1: '\(String(repeating: "長", count: 40))…' in") == true)
  }

  @Test func theFaultReadsInJapaneseToo() throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file("年齢,b\n三十,1\n"))
    let fault = try #require(throws: Faults.self) { try file.table(of: ["年齢": .number]) }
    #expect(
      fault.all.first?.line(in: .japanese)
        == "\(file.path):2:1: 列「年齢」の「三十」は数値として読めません。"
        + "12、-1.5、1,546、▲3、全角数字などで書いてください。")
  }

  @Test func twentyAreListedAndTheRestCounted() throws {
    let text = "a,b\n" + String(repeating: "x,1\n", count: 57)
    let lines = try faults(of: text, ["a": .number])
    #expect(lines.count == 21)
    #expect(lines[19].hasPrefix("21:1: 'x' in column 'a'"))
    #expect(lines[20] == "22: and 37 more faults from here on")
    let twenty = "a,b\n" + String(repeating: "x,1\n", count: 20)
    #expect(try faults(of: twenty, ["a": .number]).count == 20)
  }

  @Test func columnsThatAreNotThere() throws {
    #expect(
      try faults(of: "# c\narm,visited\n", ["visted": .number, "": .number, "zzz": .category])
        == [
          "2:1: there is no column ''; the columns are arm, visited",
          "2:1: there is no column 'visted'. Did you mean 'visited'?",
          "2:1: there is no column 'zzz'; the columns are arm, visited",
        ])
  }

  @Test func namesThatRepeat() throws {
    #expect(
      try faults(of: "a,b, a ,b,,\n", ["a": .number])
        == [
          "1:5: columns 1 and 3 are both named 'a'; names must differ",
          "1:9: columns 2 and 4 are both named 'b'; names must differ",
        ])
  }

  @Test func quotesThatBreakTheFile() throws {
    let notRead = ". The lines after it were not read"
    #expect(
      try faults(of: "a,b\nx,1\n5\" pipe,y\nx,y\n", ["b": .number])
        == [
          "3:2: a quote within a field that does not begin with one; enclose the whole field in "
            + "quotes and double the quotes in it" + notRead
        ])
    #expect(
      try faults(of: "a,b\n\"x\n\"y,1\n", ["b": .number])
        == [
          "3:2: text after the closing quote of the field that opens on line 2; "
            + "double the quotes within a field" + notRead
        ])
    #expect(
      try faults(of: "a,b\nz,1\n3,\"x\n\n1,2\n", ["b": .category])
        == ["3:3: the quote that opens here is never closed; the file may be cut off"])
  }

  @Test func faultsBeforeABreakAreKeptAndThoseAfterAreNot() throws {
    let lines = try faults(of: "a,b\nx,1\n2,3\n4,5\"\ny,1\n", ["a": .number])
    #expect(lines.map { $0.prefix(4) } == ["2:1:", "4:4:"])
  }

  @Test func zeroBytes() throws {
    let lines = try faults(of: "a,b\n1,2\n3,\u{0}\n", ["a": .number])
    #expect(lines == ["3:3: a zero byte: the file is damaged or is no CSV file"])
  }

  @Test func filesTakenForCSV() throws {
    #expect(
      try faults(of: [0x50, 0x4B, 0x03, 0x04, 0x14, 0], ["a": .number])
        == [" this is an Excel workbook; save it as \"CSV UTF-8\""])
    #expect(
      try faults(of: [0xFF, 0xFE, 0x61, 0, 0x0A, 0], ["a": .number])
        == [" the encoding is UTF-16; save the file as \"CSV UTF-8\""])
    #expect(
      try faults(of: "# only\n\n", ["a": .number])
        == [" there is no header line with the names of the columns"])
  }

  @Test func filesThatCannotBeOpened() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let expected = [
      "/none": "there is no such file", "": "this is a folder; name a CSV file",
      "/empty": "the file is empty",
      "/pipe": "not a regular file; the data are read more than once, so save them to a file first",
    ]
    _ = try folder.file("", named: "empty")
    for (name, message) in expected {
      let fault = try #require(throws: Faults.self) {
        try CSVFile(path: folder.path + name).columnNames()
      }
      #expect(fault.all.map(\.message.en) == [message])
    }
  }

  @Test func tooManyLevels() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a,b\nx,1\ny,1\nz,1\nx,1\n")
    for chunkSize in [1, 4, 100] {
      let division = Division(chunkSize: chunkSize)
      let three = CSVFile(path: path, division: division, mostLevels: 3)
      #expect(try three.table(of: ["a": .category]).categories("a").levels == ["x", "y", "z"])
      let two = CSVFile(path: path, division: division, mostLevels: 2)
      let fault = try #require(throws: Faults.self) { try two.table(of: ["a": .category]) }
      #expect(
        fault.all.map(\.message.en) == ["column 'a' has too many distinct values for a category"])
    }
  }

  /// 40 MB in one line: found after 16 MiB, wherever the chunks lie.
  @Test func aRecordWithoutAnEnd() throws {
    var bytes = Array("a,b\n1,2\n3,".utf8)
    bytes += Array(repeating: UInt8(ascii: "x"), count: 40_000_000)
    #expect(
      try faults(of: bytes, ["a": .number])
        == [
          "3:1: the record that begins here is longer than 16 MiB; "
            + "line breaks are lost or a quote is never closed"
        ])
  }

  @Test func locationsOfRows() throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file("# c\n群,n\n\n対照,\"1\n\"\n\nx,2\n対照群,3\n"))
    #expect(
      try file.locations(ofRows: [0, 2, 7], column: "n")
        == [
          0: SourceLocation(file: file.path, line: 4, column: 4),
          2: SourceLocation(file: file.path, line: 8, column: 5),
        ])
    #expect(
      try file.locations(ofRows: [1], column: nil)
        == [1: SourceLocation(file: file.path, line: 7, column: 1)])
  }
}
