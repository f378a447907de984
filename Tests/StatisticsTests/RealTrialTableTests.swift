import Foundation
import Statistics
import TestSupport
import Testing

/// Published trials' counts with R's fisher.test and prop.test beside them, and Newcombe's interval.
@Suite struct RealTrialTableTests {
  private static let file = SharedFolder.file("reference/real_trials.json")

  private struct Trials: Decodable {
    var entries: [Entry]
  }

  private struct Entry: Decodable {
    struct Value: Decodable {
      var p: Double?
      var statistic: Double?
      var df: Double?
      var lo: Double?
      var hi: Double?
    }
    var id: String
    var call: String
    var value: Value?

    private enum Keys: CodingKey { case id, call, value }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(String.self, forKey: .id)
      call = try container.decode(String.self, forKey: .call)
      // Entries about other methods have values of other shapes.
      value = try? container.decode(Value.self, forKey: .value)
    }

    /// The numbers in the call, such as `fisher.test(matrix(c(140,45,168,92),2))`.
    func numbers(after prefix: String) -> [Int]? {
      guard let range = call.range(of: prefix) else { return nil }
      return call[range.upperBound...].split { !$0.isNumber }.compactMap { Int($0) }
    }
  }

  @Test(.enabled(if: file != nil, "the reference folder is not beside this checkout"))
  func agreesWithR() throws {
    let url = try #require(Self.file)
    let entries = try JSONDecoder().decode(Trials.self, from: Data(contentsOf: url)).entries
    var compared = 0
    for entry in entries {
      guard let value = entry.value else { continue }
      if let n = entry.numbers(after: "fisher.test(matrix(c("), n.count >= 4, let p = value.p {
        let table = try #require(
          TwoByTwoTable(events: n[0], of: n[0] + n[1], versus: n[2], of: n[2] + n[3]))
        #expect(abs(table.fisherExactPValue - p) <= 1e-9 * p, "\(entry.id)")
        compared += 1
      } else if entry.call.hasPrefix("ht(prop.test("), let p = value.p,
        let n = entry.numbers(after: "prop.test("), n.count >= 4
      {
        let table = try #require(TwoByTwoTable(events: n[0], of: n[2], versus: n[1], of: n[3]))
        let test = try PearsonChiSquared(table)
        #expect(abs(test.pValue - p) <= 1e-9 * p, "\(entry.id)")
        let z = ScoreTest<RatioScale>(table, varianceFactor: .mee).statistic(at: 1)
        #expect(agree(z * z, try #require(value.statistic), within: 1e-9), "\(entry.id)")
        compared += 1
      } else if let n = entry.numbers(after: "newcombe("), n.count == 4,
        let lower = value.lo, let upper = value.hi
      {
        let table = try #require(TwoByTwoTable(events: n[0], of: n[1], versus: n[2], of: n[3]))
        let limits = try ends(table.newcombeInterval(level: 0.95))
        #expect(
          abs(limits.lower - lower) < 1e-12 && abs(limits.upper - upper) < 1e-12, "\(entry.id)")
        compared += 1
      }
    }
    #expect(compared >= 30)
  }
}
