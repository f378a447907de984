import Foundation
import Testing

@testable import DataSources

@Suite("CSV: encodings")
struct CSVEncodingTests {
  /// "群,ﾊﾝｶｸ\n①～,髙\n" in CP932, byte by byte (Microsoft's table, bestfit932).
  static let cp932: [UInt8] =
    [0x8C, 0x51, 0x2C, 0xCA, 0xDD, 0xB6, 0xB8, 0x0A]
    + [0x87, 0x40, 0x81, 0x60, 0x2C, 0xEE, 0xE0, 0x0A]

  @Test(arguments: [TextEncoding.auto, .cp932])
  func cp932SurvivesWithItsOwnCharacters(_ encoding: TextEncoding) throws {
    let table = try read(
      Self.cp932, ["群": .category, "ﾊﾝｶｸ": .identifier], encoding: encoding)
    #expect(try table.categories("群").levels == ["①～"])
    // 髙 is EEE0 as NEC selected it and FBFC as IBM did.
    #expect(try table.identifiers("ﾊﾝｶｸ")[0] == "髙")
  }

  /// The second byte of these is @ [ \ ] ^ ` { | } ~, none of which may be taken for structure.
  @Test func trailBytesAreNotStructure() throws {
    let row: [UInt8] = [0x83, 0x40, 0x83, 0x5B, 0x83, 0x5C, 0x83, 0x5D, 0x83, 0x5E, 0x83, 0x60]
    let bytes = Array("a,b\n".utf8) + row + Array(",1\n".utf8)
    // 8340 ァ, 835B ゼ, 835C ソ, 835D ゾ, 835E タ, 8360 チ.
    #expect(try read(bytes, ["a": .category]).categories("a").levels == ["ァゼソゾタチ"])
    #expect(try read(bytes, ["b": .number]).numbers("b") == [1])
  }

  /// Full-width １，５４６ is 8250 8143 8254 8253 8255; 8140 is a full-width space, 81A3 is ▲.
  @Test func fullWidthNumbersInCP932() throws {
    let bytes =
      Array("a,b\n".utf8) + [
        0x81, 0x40, 0x82, 0x50, 0x81, 0x43, 0x82, 0x54, 0x82, 0x53, 0x82, 0x55,
      ]
      + Array(",1\n".utf8) + [0x81, 0xA3, 0x82, 0x52] + Array(",1\n".utf8) + [0x81, 0x7C]
      + Array(",1\n".utf8)
    let numbers = try read(bytes, ["a": .number]).numbers("a")
    #expect(numbers.prefix(2) == [1546, -3])
    #expect(numbers[2].isNaN)  // 817C is －, which `-` stands for
  }

  @Test func theByteOrderMarkMeansUTF8() throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file("\u{FEFF}群,b\n対照,1\n"), encoding: .cp932)
    #expect(try file.columnNames() == ["群", "b"])
    #expect(try file.description().encoding == "utf-8")
  }

  @Test func reportsWhatItFound() throws {
    let folder = try TemporaryFolder()
    #expect(
      try CSVFile(path: folder.file(Self.cp932)).description().encoding == "cp932")
    #expect(try CSVFile(path: folder.file("群\n1\n")).description().encoding == "utf-8")
    #expect(try CSVFile(path: folder.file("a\n1\n")).description().encoding == "utf-8")
  }

  @Test func neitherEncodingNamesTheLine() throws {
    // FF is invalid in both; C3 28 on line 2 is no UTF-8 but CP932 half-width テ and a bracket.
    let bytes = Array("a,b\n".utf8) + [0xC3, 0x28, 0x2C, 0x31, 0x0A, 0xFF, 0x2C, 0x32, 0x0A]
    let lines = try faults(of: bytes, ["b": .number])
    #expect(
      lines == [
        "2:1: the encoding is unknown: this place is not UTF-8, "
          + "and line 3 is not CP932 (Shift_JIS)"
      ])
  }

  @Test func aWrongChoiceNamesTheLine() throws {
    #expect(
      try faults(of: Self.cp932, ["ﾊﾝｶｸ": .identifier], encoding: .utf8)
        == ["1:1: a byte that is not UTF-8"])
    let bytes = Array("a,b\nx,1\n".utf8) + [0x81, 0x2C, 0x31, 0x0A]
    #expect(
      try faults(of: bytes, ["b": .number], encoding: .cp932)
        == ["3:1: a byte that is not CP932 (Shift_JIS)"])
  }

  @Test func anUnassignedCharacterIsAFaultOnlyWhereItIsWanted() throws {
    // 8540 has the shape of a character, but CP932 assigns none.
    let bytes = Array("a,b\n1,".utf8) + [0x85, 0x40] + Array("\n2,x\n".utf8)
    #expect(try read(bytes, ["a": .number], encoding: .cp932).rowCount == 2)
    for form in [ColumnForm.category, .identifier, .number] {
      let lines = try faults(of: bytes, ["b": form], encoding: .cp932)
      #expect(lines.first?.hasPrefix("2:3: ") == true)
      #expect(lines.first?.contains("unknown to the encoding") == true)
    }
  }

  /// Every way to be invalid (Unicode Standard, table 3-7), at every chunk size.
  @Test(
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE3, 0x81], [0xE3, 0x81, 0x82, 0x80],
      [0x80, 0x80, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func invalidUTF8(_ sequence: [UInt8]) throws {
    let bytes = Array("a,b\n漢字,é\n".utf8) + sequence + Array("\n".utf8)
    let expected = try faults(of: bytes, ["a": .category], encoding: .utf8)
    #expect(expected.first?.hasPrefix("3:") == true)
    for chunkSize in 1...20 {
      let lines = try faults(
        of: bytes, ["a": .category], encoding: .utf8, division: Division(chunkSize: chunkSize))
      #expect(lines == expected)
    }
  }
}
