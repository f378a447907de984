import Testing

@testable import DataSources

@Suite("CSV: a file of many chunks")
struct LargeFileTests {
  /// 30 MB, mapped, chunks of the usual size: row i holds i, i mod 3 and "u" with i.
  @Test func everyRowArrivesOnceAndInOrder() throws {
    let rows = 200_000
    var bytes = Array("id,n,群,note\r\n".utf8)
    bytes.reserveCapacity(40_000_000)
    let note = String(repeating: "a, b", count: 32)
    let arms = ["対照", "同世代", "損失"].map { Array(",\($0),\"\(note)\"\r\n".utf8) }
    for row in 0..<rows {
      let digits = Array(String(row).utf8)
      bytes += [UInt8(ascii: "u")] + digits + [Byte.comma] + digits + arms[row % 3]
    }
    #expect(bytes.count > 30_000_000)
    let folder = try TemporaryFolder()
    let file = CSVFile(
      path: try folder.file(bytes), division: Division(mappingThreshold: 1 << 20))
    let table = try file.table(of: ["n": .number, "群": .category, "id": .identifier])
    #expect(table.rowCount == rows)
    let numbers = try table.numbers("n")
    #expect(numbers.indices.allSatisfy { numbers[$0] == Double($0) })
    let categories = try table.categories("群")
    #expect(categories.levels == ["対照", "同世代", "損失"])
    #expect(categories.codes.indices.allSatisfy { Int(categories.codes[$0]) == $0 % 3 })
    let identifiers = try table.identifiers("id")
    for row in [0, 1, 9, 10, 65_537, 131_072, rows - 1] { #expect(identifiers[row] == "u\(row)") }
    // 1 + digits each: 10·1 + 90·2 + 900·3 + 9000·4 + 90000·5 + 100000·6 = 1 088 890 digits.
    #expect(identifiers.bytes.count == 200_000 + 1_088_890)
  }
}
