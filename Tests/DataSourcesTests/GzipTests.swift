import Foundation
import Testing
import Vocabulary

@testable import DataSources

@Suite("CSV packed by gzip")
struct GzipTests {
  /// printf 'arm,y\na,1\nb,0\n' | gzip -n9 | base64
  static let packed = "H4sIAAAAAAACA0ssytWp5ErUMeRK0jHgAgDo6umxDgAAAA=="
  /// printf 'b,1\n' | gzip -n9 | base64
  static let more = "H4sIAAAAAAACA0vSMeQCALyxtKcEAAAA"

  static func bytes(_ text: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: text)))
  }

  @Test("unpacked, and known by the hash of the file as it lies", arguments: [0, Int.max])
  func unpacked(threshold: Int) throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(
      path: try folder.file(Self.bytes(Self.packed), named: "data.csv.gz"),
      division: Division(mappingThreshold: threshold))
    let table = try file.table(of: ["arm": .category, "y": .number])
    #expect(try table.numbers("y") == [1, 0])
    let description = try file.description()
    // sha256sum of the same bytes.
    #expect(
      description.sha256 == "eac5a0703a730d0bd4ddec5ace5ff5672c4a3fba78bd0738be6e2801404bd456")
    #expect(description.name == "data.csv.gz")
    #expect(try file.tally(TallyRequest(texts: ["arm"]))?.rows == 2)
  }

  @Test("members one after another, and padding of zeros")
  func members() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.bytes(Self.packed) + [0, 0] + Self.bytes(Self.more) + [0, 0, 0]
    let file = CSVFile(path: try folder.file(bytes))
    #expect(try file.table(of: ["y": .number]).numbers("y") == [1, 0, 1])
  }

  @Test("cut off or damaged anywhere: said, whatever the place")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let whole = try Self.bytes(Self.packed)
    for length in 3..<whole.count {
      let file = CSVFile(path: try folder.file(Array(whole.prefix(length))))
      #expect(throws: Faults.self) { try file.table(of: ["y": .number]) }
    }
    for place in 10..<whole.count {
      var bytes = whole
      bytes[place] ^= 0x10
      let file = CSVFile(path: try folder.file(bytes))
      // A bit that fills the last byte up means nothing: whatever is read must be what was packed.
      let values = try? file.table(of: ["y": .number]).numbers("y")
      #expect(values == nil || values == [1, 0])
    }
  }

  @Test("in words") func words() throws {
    let folder = try TemporaryFolder()
    let whole = try Self.bytes(Self.packed)
    let path = try folder.file(Array(whole.dropLast(3)))
    do {
      _ = try CSVFile(path: path).columnNames()
      Issue.record("a file that is cut off was read")
    } catch {
      #expect(error.all.map { $0.message.en }.first?.contains("gzip file ends too early") == true)
    }
  }
}
