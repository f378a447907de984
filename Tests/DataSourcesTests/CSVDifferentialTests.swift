import TestSupport
import Testing
import Vocabulary

@testable import DataSources

@Suite("CSV: the same answer however the work is divided")
struct CSVDifferentialTests {
  /// Rows whose fields hold what parsers stumble over; the first field is never blank.
  static func nasty(rows: Int, cp932: Bool, seed: UInt64) -> [UInt8] {
    var generator = SplitMix(state: seed)
    let letters: [[UInt8]] =
      [",", "\"\"", "\n", "\r\n", "\r", " ", "#", "x", "-", "longer than eight bytes", "\t"].map {
        Array($0.utf8)
      } + (cp932 ? [[0x83, 0x5C], [0x81, 0x40], [0xB1]] : [Array("漢".utf8), Array("é".utf8)])
    var bytes = Array("a,b,c\r\n".utf8)
    for _ in 0..<rows {
      bytes += Array(String(Int.random(in: -99...9999, using: &generator)).utf8) + [Byte.comma]
      let pieces = Int.random(in: 0...5, using: &generator)
      let field = (0..<pieces).flatMap { _ in letters.randomElement(using: &generator) ?? [] }
      let needsQuotes = field.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      let quote = needsQuotes || Bool.random(using: &generator) ? [Byte.quote] : []
      bytes += quote + field + quote + [Byte.comma]
      bytes += letters[7 + Int.random(in: 0..<2, using: &generator)]
      bytes +=
        ["\n", "\r\n", "\r", "\n\n", "\n \t\r\n"].map { Array($0.utf8) }.randomElement(
          using: &generator) ?? []
    }
    return bytes
  }

  static func expected(_ bytes: [UInt8], _ encoding: FoundEncoding) -> [(Double, String, String)] {
    NaiveReader(bytes).records.dropFirst().map { record in
      let texts = record.map { field in
        field.withUnsafeBufferPointer { buffer -> String in
          guard encoding == .cp932, let converted = CP932Converter()?.convert(buffer) else {
            return String(decoding: buffer, as: UTF8.self)
          }
          return String(decoding: converted, as: UTF8.self)
        }
      }.map(trimmed)
      return (Double(texts[0]) ?? .nan, texts[1], texts[2])
    }
  }

  /// All values in a form in which NaN equals NaN.
  static func values(_ table: Table) throws -> [String] {
    try [
      "\(table.numbers("a").map(\.bitPattern))", "\(table.categories("b"))",
      "\(table.identifiers("b"))", "\(table.identifiers("c"))",
    ]
  }

  static let columns: Set = [
    ColumnRequest("a", as: .number), ColumnRequest("b", as: .category),
    ColumnRequest("b", as: .identifier), ColumnRequest("c", as: .identifier),
  ]

  @Test(
    "20,000 rows against a naive reader", arguments: [true, false], [3, 61, 4096, 1 << 20])
  func twentyThousandRows(cp932: Bool, chunkSize: Int) throws {
    let bytes = Self.nasty(rows: 20_000, cp932: cp932, seed: 7)
    let folder = try TemporaryFolder()
    let file = CSVFile(
      path: try folder.file(bytes), missing: [""], division: Division(chunkSize: chunkSize))
    let table = try file.table(of: Self.columns)
    let expected = Self.expected(bytes, cp932 ? .cp932 : .utf8)
    #expect(table.rowCount == 20_000)
    #expect(expected.count == 20_000)
    #expect(try table.numbers("a") == expected.map(\.0))
    let categories = try table.categories("b")
    #expect((0..<20_000).allSatisfy { (categories[$0] ?? "") == expected[$0].1 })
    let identifiers = try table.identifiers("b")
    #expect((0..<20_000).allSatisfy { (identifiers[$0] ?? "") == expected[$0].1 })
    let last = try table.identifiers("c")
    #expect((0..<20_000).allSatisfy { (last[$0] ?? "") == expected[$0].2 })
  }

  @Test("nasty inputs at chunk sizes from 1 to 64", arguments: 1...64)
  func chunkSizes(_ chunkSize: Int) throws {
    let folder = try TemporaryFolder()
    for seed in 1...4 as ClosedRange<UInt64> {
      let bytes = Self.nasty(rows: 12, cp932: seed.isMultiple(of: 2), seed: seed)
      let path = try folder.file(bytes)
      let whole = try CSVFile(path: path, division: Division(usesAllCores: false))
        .table(of: Self.columns)
      for (cores, threshold) in [(false, Int.max), (true, Int.max), (true, 0)] {
        let division = Division(
          chunkSize: chunkSize, usesAllCores: cores, mappingThreshold: threshold)
        let table = try CSVFile(path: path, division: division).table(of: Self.columns)
        #expect(table.rowCount == whole.rowCount)
        #expect(table.columns == whole.columns)
      }
    }
  }

  /// Damaged files must give the same faults at every chunk size; and nothing may trap.
  @Test func mutatedFilesGiveTheSameFaults() throws {
    var generator = SplitMix(state: 11)
    let folder = try TemporaryFolder()
    for round in 0..<3000 {
      var bytes = Self.nasty(rows: 6, cp932: round.isMultiple(of: 2), seed: UInt64(round))
      for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let byte =
          [0x22, 0x2C, 0x0A, 0x0D, 0x23, 0x81, 0xE3, UInt8.random(in: 0...255, using: &generator)]
          .randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
      }
      let path = try folder.file(bytes)
      let answers = [1 << 20, 1 + round % 40].map { chunkSize in
        Result { () throws(Faults) in
          try CSVFile(path: path, division: Division(chunkSize: chunkSize)).table(of: Self.columns)
        }
      }
      switch (answers[0], answers[1]) {
      case (.success(let one), .success(let other)):
        #expect(try Self.values(one) == Self.values(other))
      case (.failure(let one), .failure(let other)): #expect(one == other)
      default: Issue.record("\(bytes) is read at one chunk size and refused at another")
      }
    }
  }
}
