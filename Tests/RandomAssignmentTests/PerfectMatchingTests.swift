import Foundation
import Testing

@testable import RandomAssignment

/// The output of Reference/matching.py: networkx, and brute force up to ten points.
private struct MatchingCase: Decodable {
  var points: [[Int]]?
  var costs: [[Int]]?
  var total: Int

  func cost(_ a: Int, _ b: Int) -> Int {
    if let costs { return costs[a][b] }
    guard let points else { return 0 }
    return zip(points[a], points[b]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  var count: Int { points?.count ?? costs?.count ?? 0 }

  static func read() throws -> [MatchingCase] {
    let url = try #require(
      Bundle.module.url(forResource: "Reference/matching", withExtension: "json"))
    return try JSONDecoder().decode([MatchingCase].self, from: Data(contentsOf: url))
  }
}

@Suite("Perfect matching of least cost")
struct PerfectMatchingTests {
  private func total(_ partners: [Int], _ cost: (Int, Int) -> Int) -> Int {
    partners.indices.reduce(0) { $0 + ($1 < partners[$1] ? cost($1, partners[$1]) : 0) }
  }

  @Test(
    "as networkx finds it, with ties, doubles and costs that are no distances", arguments: 0..<23)
  func networkx(index: Int) throws {
    let known = try MatchingCase.read()[index]
    let found = try #require(PerfectMatching(count: known.count, cost: known.cost)).partners
    for (vertex, partner) in found.enumerated() {
      #expect(partner != vertex && found[partner] == vertex)
    }
    #expect(total(found, known.cost) == known.total)
  }

  private static func best(_ cost: [[Int]], _ left: [Int]) -> Int {
    guard let first = left.first else { return 0 }
    return left.dropFirst().map { partner in
      cost[first][partner] + best(cost, left.filter { $0 != first && $0 != partner })
    }.min() ?? 0
  }

  @Test("as brute force finds it in 600 random cases of up to eight")
  func bruteForce() throws {
    var generator = PhiloxGenerator(seed: 77)
    for _ in 0..<600 {
      let n = 2 * (1 + generator.uniformInteger(below: 4))
      let largest = 1 + generator.uniformInteger(below: 12)
      var cost = Array(repeating: Array(repeating: 0, count: n), count: n)
      for a in 0..<n {
        for b in 0..<a {
          cost[a][b] = generator.uniformInteger(below: largest + 1)
          cost[b][a] = cost[a][b]
        }
      }
      let found = try #require(PerfectMatching(count: n) { cost[$0][$1] }).partners
      #expect(total(found) { cost[$0][$1] } == Self.best(cost, Array(0..<n)))
    }
  }

  @Test("an odd number has none; nobody is matched with nobody")
  func ends() {
    #expect(PerfectMatching(count: 3) { _, _ in 1 } == nil)
    #expect(PerfectMatching(count: 0) { _, _ in 1 }?.partners == [])
  }
}
