import Foundation
import RandomAssignment
import Testing

@testable import Statistics

/// Counts drawn in place of shuffles, against R's `dhyper` and tests that R counted out.
@Suite struct HypergeometricDrawTests {
  private struct Table: Hashable, CustomTestStringConvertible {
    var ones: Int
    var zeros: Int
    var taken: Int
    var testDescription: String { "\(ones) + \(zeros), \(taken) taken" }
  }

  private static func lines(of name: String) throws -> [[Substring]] {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Reference"))
    return try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
  }

  private static func probabilities() throws -> [Table: [Int: Double]] {
    try lines(of: "hypergeometric").reduce(into: [:]) { tables, line in
      let numbers = line.prefix(4).compactMap { Int($0) }
      let shares = line.dropFirst(4).compactMap { Double($0) }
      try #require(numbers.count == 4 && shares.count == 1)
      let table = Table(ones: numbers[0], zeros: numbers[1], taken: numbers[2])
      tables[table, default: [:]][numbers[3]] = shares[0]
    }
  }

  @Test("as often as R says, on every side of the table and by both methods")
  func agreesWithR() throws {
    let draws = 200_000
    for (number, entry) in try Self.probabilities().enumerated() {
      let (table, probabilities) = entry
      let draw = HypergeometricDraw(ones: table.ones, zeros: table.zeros, taken: table.taken)
      let drawn = replicates(draws, seed: UInt64(number) + 1) { draw.draw(using: &$0) }
      #expect(drawn.allSatisfy { (max(0, table.taken - table.zeros)...table.ones).contains($0) })
      let found = Dictionary(drawn.map { ($0, 1.0) }, uniquingKeysWith: +)
      // Counts too rare for a χ² are taken together.
      var rest = (seen: Double(draws), expected: Double(draws))
      var (square, cells) = (0.0, 0.0)
      for (count, probability) in probabilities where probability * Double(draws) >= 10 {
        let (seen, expected) = (found[count] ?? 0, probability * Double(draws))
        square += (seen - expected) * (seen - expected) / expected
        cells += 1
        rest = (rest.seen - seen, rest.expected - expected)
      }
      if rest.expected >= 10 {
        square += (rest.seen - rest.expected) * (rest.seen - rest.expected) / rest.expected
        cells += 1
      }
      let freedom = max(cells - 1, 1)
      #expect(
        square < freedom + 5 * (2 * freedom).squareRoot() + 8, "\(table): \(square), \(freedom)")
    }
  }

  @Test(
    "what cannot be otherwise is not drawn",
    arguments: [
      (0, 5, 3, 0), (5, 0, 3, 3), (4, 6, 0, 0), (4, 6, 10, 4), (-1, 3, 2, 0), (2, 2, 9, 2),
      (0, 0, 0, 0),
    ])
  func certain(ones: Int, zeros: Int, taken: Int, expected: Int) {
    var generator = PhiloxGenerator(seed: 1)
    let untouched = generator
    #expect(
      HypergeometricDraw(ones: ones, zeros: zeros, taken: taken).draw(using: &generator) == expected
    )
    #expect(generator == untouched)
  }

  /// Treated ones and zeros, control ones and zeros, block by block, as in hypergeometric.R.
  private static let designs: [String: [[Int]]] = [
    "plain": [[9, 7, 5, 13]], "rare": [[4, 26, 1, 39]], "blocks": [[6, 4, 3, 9], [2, 6, 3, 7]],
  ]

  private static func sample(_ design: String) throws -> UnitSample {
    var (arms, outcome, blocks): ([Int], [Double], [Int]) = ([], [], [])
    for (block, sizes) in (designs[design] ?? []).enumerated() {
      for (kind, size) in sizes.enumerated() {
        arms += Array(repeating: kind < 2 ? 1 : 0, count: size)
        outcome += Array(repeating: kind % 2 == 0 ? 1 : 0, count: size)
        blocks += Array(repeating: block, count: size)
      }
    }
    return try #require(
      UnitSample(
        arms: ["control", "letter"], assignment: arms, response: [outcome],
        blocks: blocks.contains(1) ? Grouping(blocks) : nil))
  }

  @Test("p-values of binary outcomes are those of every possible assignment, whatever the effect")
  func pValues() throws {
    let draws = 100_000
    for line in try Self.lines(of: "hypergeometric_tests") {
      let theta = try #require(Double(line[1]))
      let expected = try #require(Double(line[2]))
      let estimate = try RandomizationInference(draws: draws, seed: 5).estimate(
        Contrast("letter", versus: "control"), of: .binary("y"),
        in: Self.sample(String(line[0])), by: DifferenceInMeans())
      let found = try estimate.evidence.pValue(of: theta)
      let error = (expected * (1 - expected) / Double(draws)).squareRoot()
      #expect(abs(found - expected) < 4 * error + 2 / Double(draws), "\(line): \(found)")
    }
  }

  @Test("a replicate's value is that of its own stream")
  func streams() {
    let found = replicates(1_000, seed: 3) { $0.next() }
    for (stream, value) in found.enumerated() {
      var generator = PhiloxGenerator(seed: 3, stream: UInt64(stream))
      #expect(value == generator.next())
    }
    #expect(replicates(0, seed: 3) { $0.next() }.isEmpty)
    #expect(inStretches(of: 10, length: 4) { $0 } == [0..<4, 4..<8, 8..<10])
  }
}
