import Foundation
import Testing

@testable import DataSources

@Suite("CSV: records and fields")
struct CSVGrammarTests {
  @Test(
    "line breaks of three kinds, with and without one at the end",
    arguments: ["\n", "\r\n", "\r"], [true, false])
  func lineBreaks(_ lineBreak: String, endsWithBreak: Bool) throws {
    let text =
      ["a,b", "1,x", "2,y"].joined(separator: lineBreak) + (endsWithBreak ? lineBreak : "")
    let table = try read(text, ["a": .number, "b": .category])
    #expect(table.rowCount == 2)
    #expect(try table.numbers("a") == [1, 2])
    #expect(try table.categories("b") == Categories(codes: [0, 1], levels: ["x", "y"]))
  }

  @Test func quotesEncloseCommasQuotesAndLineBreaks() throws {
    let table = try read(
      "a,b\n\"x,\"\"y\"\"\r\nz\",1\n\"\",2\n", ["a": .identifier, "b": .number])
    #expect(try table.identifiers("a")[0] == "x,\"y\"\r\nz")
    #expect(try table.identifiers("a")[1] == nil)
    #expect(try table.numbers("b") == [1, 2])
  }

  @Test func blankLinesAreNoRowsAndCommasAre() throws {
    let table = try read("a,b\n\n1,2\n  \t\n,\r\n\r\n3,4\n\n", ["a": .number])
    #expect(table.rowCount == 3)
    #expect(try table.numbers("a").map { $0.isNaN ? -1 : $0 } == [1, -1, 3])
  }

  @Test func blankLineInASingleColumnIsAMissingValue() throws {
    let table = try read("a\n1\n\n3\n", ["a": .number])
    #expect(try table.numbers("a").map { $0.isNaN ? -1 : $0 } == [1, -1, 3])
  }

  @Test func aHeaderAloneIsATableWithoutRows() throws {
    #expect(try read("a,b", ["a": .number]).rowCount == 0)
    #expect(try read("a,b\n", ["b": .category]).categories("b").levels.isEmpty)
  }

  @Test func anOldEndOfFileMarkIsNoRow() throws {
    #expect(try read("a,b\n1,2\n\u{1A}", ["a": .number]).rowCount == 1)
  }

  @Test func lastFieldMayBeEmptyAtTheEndOfTheFile() throws {
    let table = try read("a,b\n1,", ["b": .category])
    #expect(try table.categories("b").codes == [-1])
  }

  @Test func namesAreTrimmedAndMayBeEmpty() throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file(",\" id\", 群 ,　値　,\n1,2,3,4,5\n"))
    #expect(try file.columnNames() == ["", "id", "群", "値", ""])
    #expect(try file.table(of: ["値": .number]).numbers("値") == [4])
  }

  @Test func preambleHoldsTheCommentsBeforeTheHeader() throws {
    let folder = try TemporaryFolder()
    // Comments as written by hand (with a lone quote), as quoted and as padded by a spreadsheet.
    let file = CSVFile(
      path: try folder.file(
        "\u{FEFF}# SOURCE: 5\" survey\r\n\n\"# one, \"\"two\"\"\",,\r\n#三,,\na,b,c\n1,2,3\n"))
    #expect(try file.description().preamble == ["SOURCE: 5\" survey", "one, \"two\"", "三"])
    #expect(try file.columnNames() == ["a", "b", "c"])
    #expect(try file.table(of: ["c": .number]).numbers("c") == [3])
  }

  @Test func hashAfterTheHeaderIsData() throws {
    let table = try read("a,b\n#x,1\n", ["a": .identifier])
    #expect(try table.identifiers("a")[0] == "#x")
  }

  @Test func oneColumnInThreeForms() throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file("pair,y\n07,1\n7,2\n07,3\n"))
    let table = try file.table(
      of: [
        ColumnRequest("pair", as: .number), ColumnRequest("pair", as: .category),
        ColumnRequest("pair", as: .identifier),
      ])
    #expect(try table.numbers("pair") == [7, 7, 7])
    #expect(try table.categories("pair") == Categories(codes: [0, 1, 0], levels: ["07", "7"]))
    #expect(try table.identifiers("pair").bytes == Array("07707".utf8))
    #expect(throws: TableError.notRead(ColumnRequest("y", as: .number))) {
      try table.numbers("y")
    }
  }

  @Test func spellingsOfOneTextAreOneLevel() throws {
    // Quoted, padded (half- and full-width), and か + dakuten for が (canonically equivalent).
    let table = try read(
      "g,n\nが,1\n\"が\",2\n　が ,3\nか\u{3099},4\n", ["g": .category])
    #expect(try table.categories("g") == Categories(codes: [0, 0, 0, 0], levels: ["が"]))
  }

  @Test func missingTexts() throws {
    let text = "a,b,c\n-,-,-\n\"-\",\"\",－\n ,　,\" \"\n-99,999,−\n1,x,y\n"
    let table = try read(
      Array(text.utf8), ["a": .number, "b": .category, "c": .identifier],
      missing: ["", "-", "-99", " 999 "])
    #expect(try table.numbers("a").map { $0.isNaN ? 0 : $0 } == [0, 0, 0, 0, 1])
    #expect(try table.categories("b") == Categories(codes: [-1, -1, -1, -1, 0], levels: ["x"]))
    #expect(try table.identifiers("c").offsets == [0, 0, 0, 0, 0, 1])
  }

  @Test func describesTheFile() throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file("abc", named: "函館 1.csv"))
    // SHA-256 of "abc": FIPS 180-2, appendix B.1.
    #expect(
      try file.description()
        == SourceDescription(
          name: "函館 1.csv",
          sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          encoding: "utf-8", preamble: []))
  }
}
