import Foundation
import Testing

@testable import SparkSource

/// Streams that pyarrow wrote (Reference/make.py), whole and damaged.
struct ArrowStreamTests {
  @Test func everyTypeReadsAsPyarrowWroteIt() throws {
    let batches = try ArrowStream.batches(stream("everything"))
    #expect(batches.map(\.rowCount) == [4, 2, 0])
    let first = try #require(batches.first)
    #expect(
      first.fields.map(\.name) == [
        "text", "long_text", "truth", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "f32", "f64",
        "nothing",
      ])
    #expect((0..<4).map { first.columns[0].text($0) } == ["北海道", nil, "", "control"])
    #expect((0..<4).map { first.columns[1].text($0) } == ["a", "b", nil, "か\u{3099}"])
    #expect(first.columns[2].values == .booleans([true, false, false, true]))
    #expect((0..<4).map(first.columns[2].isPresent) == [true, true, false, true])
    let integers: [[Int64]] = [
      [-128, 127, 0, 0], [255, 0, 0, 1], [-32768, 32767, 0, 0], [65535, 0, 0, 1],
      [-2_147_483_648, 2_147_483_647, 0, 0], [4_294_967_295, 0, 0, 1], [.min, .max, 0, 0],
    ]
    for (column, expected) in zip(first.columns[3...], integers) {
      #expect(column.values == .integers(expected))
      #expect(column.presence == [true, true, false, true])
    }
    guard case .numbers(let singles) = first.columns[10].values,
      case .numbers(let doubles) = first.columns[11].values
    else {
      Issue.record("no numbers")
      return
    }
    #expect([singles[0], singles[1], singles[3]] == [0.5, -1.25, .infinity])
    #expect(doubles[0] == 0.1 && doubles[1].isNaN && doubles[3] == 0 && doubles[3].sign == .minus)
    #expect(first.columns[12].values == .none && !first.columns[12].isPresent(0))
  }

  @Test func slicesKeepTheirPlaces() throws {
    let second = try #require(try ArrowStream.batches(stream("everything")).dropFirst().first)
    #expect((0..<2).map { second.columns[0].text($0) } == [nil, ""])
    #expect((0..<2).map(second.columns[9].isPresent) == [true, false])
    guard case .integers(let values) = second.columns[9].values else {
      Issue.record("no integers")
      return
    }
    #expect(values[0] == .max)
  }

  @Test func aThousandRowsKeepTheirBits() throws {
    let batch = try #require(try ArrowStream.batches(stream("thousand")).first)
    guard case .integers(let numbers) = batch.columns[0].values,
      case .booleans(let truths) = batch.columns[1].values
    else {
      Issue.record("other types")
      return
    }
    for row in 0..<1000 {
      #expect(batch.columns[0].isPresent(row) == (row % 7 != 0))
      #expect(batch.columns[1].isPresent(row) == (row % 11 != 0))
      if row % 7 != 0 { #expect(numbers[row] == row) }
      if row % 11 != 0 { #expect(truths[row] == (row % 3 == 0)) }
    }
  }

  @Test func aSchemaAloneHasNoRows() throws {
    #expect(try ArrowStream.batches(stream("empty")).isEmpty)
  }

  @Test func whatIsNotReadIsNamed() throws {
    #expect(throws: ArrowProblem.unsupportedFeature("compression")) {
      try ArrowStream.batches(stream("compressed"))
    }
    #expect(throws: ArrowProblem.unsupportedFeature("dictionary")) {
      try ArrowStream.batches(stream("dictionary"))
    }
    #expect(throws: ArrowProblem.unsupportedType(column: "day", type: "Date")) {
      try ArrowStream.batches(stream("dated"))
    }
  }

  @Test func everyTruncationEndsInAnError() throws {
    let bytes = try stream("everything")
    for count in 0..<bytes.count {
      // Whole batches may come before the cut; what was cut itself never reads as a batch.
      let read = (try? ArrowStream.batches(Array(bytes.prefix(count)))) ?? []
      #expect(read.count <= 3 && read.first?.rowCount ?? 4 == 4)
    }
    #expect(throws: ArrowProblem.damaged(.truncated)) { try ArrowStream.batches([]) }
  }

  /// A trap would end the test run: that it goes on is what is tested.
  @Test func anyByteMayBeWrong() throws {
    for name in ["everything", "compressed", "dictionary"] {
      let whole = try stream(name)
      var bytes = whole
      // Behind the metadata of the first batch come values, of which one is like another.
      for place in bytes.indices.prefix(2000) {
        for value in [0xFF, bytes[place] ^ 0x04] as [UInt8] {
          bytes[place] = value
          exercise(bytes)
        }
        bytes[place] = whole[place]
      }
    }
  }

  @Test func anyFewBytesMayBeWrong() throws {
    let whole = try stream("everything")
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] =
          UInt8.random(in: .min ... .max, using: &generator)
      }
      exercise(bytes)
    }
  }

  private func exercise(_ bytes: [UInt8]) {
    for batch in (try? ArrowStream.batches(bytes)) ?? [] {
      for column in batch.columns {
        _ = (column.text(0), column.text(batch.rowCount - 1), column.text(batch.rowCount))
      }
    }
  }

  private func stream(_ name: String) throws -> [UInt8] {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "arrow", subdirectory: "Reference"))
    return [UInt8](try Data(contentsOf: url))
  }
}
