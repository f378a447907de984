import Foundation
import TestSupport
import Testing
import Trials

@testable import Analysis

/// What is written in `simulation:` is true of the data that come out.
@Suite("Simulated data")
struct SimulatedLevelsTests {
  private static func rows(
    _ simulation: String, outcomes: String = "[{id: y, role: primary, kind: binary, column: y}]"
  ) throws -> [[String: String]] {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      named: "trial.yml",
      """
      nudge: 1
      trial: made
      title: 模擬
      arms: [{id: control, control: true}, {id: social}]
      unit: id
      assignment: {method: complete, column: arm}
      outcomes: \(outcomes)
      data: {file: data.csv, simulated: true}
      simulation:
      \(simulation.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      """)
    let text = try Simulation(of: TrialFile.load(contentsOf: file.path)).data(engineVersion: "test")
      .text
    let lines = text.split(separator: "\r\n").dropFirst()
      .flatMap { $0.split(separator: "\n") }
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { a, _ in a }) }
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func variance(_ values: [Double]) -> Double {
    let centre = mean(values)
    return values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1)
  }

  /// The correlation of two different members of one group, over all pairs: Σ over groups of ((Σd)² − Σd²) over their pairs, with
  /// the known mean and variance.
  private func correlation(
    _ rows: [[String: String]], _ column: String, within group: String,
    apartIn inner: String? = nil,
    mean: Double, variance: Double
  ) throws -> Double {
    func sums(_ key: (([String: String]) -> String)) throws -> (products: Double, pairs: Double) {
      var sums: [String: (sum: Double, squares: Double, count: Double)] = [:]
      for row in rows {
        let d = try #require(Double(row[column] ?? "")) - mean
        let old = sums[key(row)] ?? (0, 0, 0)
        sums[key(row)] = (old.sum + d, old.squares + d * d, old.count + 1)
      }
      return sums.values.reduce((0, 0)) {
        ($0.0 + $1.sum * $1.sum - $1.squares, $0.1 + $1.count * ($1.count - 1))
      }
    }
    var all = try sums { $0[group] ?? "" }
    if let inner {
      let within = try sums { ($0[group] ?? "") + "/" + ($0[inner] ?? "") }
      all = (all.products - within.products, all.pairs - within.pairs)
    }
    return all.products / all.pairs / variance
  }

  @Test(
    "people of a household and of a town are as alike as is written, and rates are what they were")
  func threeLevels() throws {
    let rows = try Self.rows(
      """
      seed: 7
      units: 60000
      columns:
        household: {size: 2.5}
        town: {count: 600, per: household}
      steps:
        - {column: y, baseline: 0.3, icc: {town: 0.05, household: 0.2}}
        - {column: score, kind: number, baseline: 50, sd: 10, decimals: 3, icc: {town: 0.1, household: 0.4}}
      """)
    let households = Dictionary(grouping: rows) { $0["household"] ?? "" }
    #expect(abs(60000 / Double(households.count) - 2.5) < 0.03)
    #expect(households.values.allSatisfy { Set($0.map { $0["town"] }).count == 1 })
    #expect(Set(rows.map { $0["town"] }).count == 600)
    let y = rows.compactMap { Double($0["y"] ?? "") }
    // 600 towns of 100 at ρ = .05: standard error √(.21·(1 + 99·.05)/60000) = .0046.
    #expect(abs(mean(y) - 0.3) < 0.0046 * 4)
    let score = rows.compactMap { Double($0["score"] ?? "") }
    let error = 10 * ((1 + 99 * 0.1) / 60000.0).squareRoot()
    #expect(abs(mean(score) - 50) < 4 * error)
    #expect(abs(variance(score).squareRoot() - 10) < 0.25)
    let asked: [(String, Double, Double, Double, Double)] = [
      ("y", 0.3, 0.21, 0.2, 0.05), ("score", 50, 100, 0.4, 0.1),
    ]
    for (column, centre, spread, household, town) in asked {
      let inHouse = try correlation(
        rows, column, within: "household", mean: centre, variance: spread)
      let inTown = try correlation(
        rows, column, within: "town", apartIn: "household", mean: centre, variance: spread)
      #expect(abs(inHouse - household) < 0.025, "\(column) \(inHouse)")
      #expect(abs(inTown - town) < 0.012, "\(column) \(inTown)")
    }
  }

  @Test("counts, clicks of impressions, times, attrition by arm, and what is otherwise among some")
  func kinds() throws {
    let rows = try Self.rows(
      """
      seed: 11
      units: 40000
      columns: {sex: {女: 1, 男: 1}, age: {from: 30, to: 49}}
      steps:
        - {column: attended, baseline: 0.1, effects: {social: 0.5}}
        - {column: visits, kind: count, baseline: 2, effects: {social: 0.5}, dispersion: 0.4}
        - {column: shown, kind: count, baseline: 40}
        - {column: clicks, kind: share, of: shown, baseline: 0.02, effects: {social: 0.01}}
        - {column: days, kind: time, event: placed, until: 180, baseline: 0.004, effects: {social: 0.002}}
        - column: y
          given: attended
          baseline: 0.5
          effects: {social: 0.05}
          also: [{where: {sex: 女, age: {from: 40}}, baseline: 0.1, effects: {social: 0.15}}]
          missing: {control: 0.1, social: 0.3}
      """)
    let arms = Dictionary(grouping: rows) { $0["arm"] ?? "" }
    let (control, social) = (try #require(arms["control"]), try #require(arms["social"]))
    func numbers(_ rows: [[String: String]], _ column: String) -> [Double] {
      rows.compactMap { Double($0[column] ?? "") }
    }
    for (rows, rate) in [(control, 0.1), (social, 0.6)] {
      #expect(abs(mean(numbers(rows, "attended")) - rate) < 0.014)
    }
    for (rows, centre) in [(control, 2.0), (social, 2.5)] {
      let visits = numbers(rows, "visits")
      #expect(abs(mean(visits) - centre) < 0.065)
      let spread = centre + 0.4 * centre * centre
      #expect(abs(variance(visits) - spread) < 0.35)
    }
    for (rows, rate) in [(control, 0.02), (social, 0.03)] {
      let (clicks, shown) = (numbers(rows, "clicks"), numbers(rows, "shown"))
      #expect(zip(clicks, shown).allSatisfy { $0 <= $1 })
      let found = clicks.reduce(0, +) / shown.reduce(0, +)
      #expect(abs(found - rate) < 0.0008)
    }
    // Of a constant hazard λ, 1 − e^{−180λ} have the event, and the restricted mean is (1 − e^{−180λ})/λ.
    for (rows, hazard) in [(control, 0.004), (social, 0.006)] {
      let happened = 1 - exp(-180 * hazard)
      #expect(abs(mean(numbers(rows, "placed")) - happened) < 0.014)
      let restricted = happened / hazard
      #expect(abs(mean(numbers(rows, "days")) - restricted) < 1.9)
      #expect(numbers(rows, "days").allSatisfy { $0 > 0 && $0 <= 180 })
    }
    for (rows, share) in [(control, 0.9), (social, 0.7)] {
      let known = Double(numbers(rows, "y").count) / Double(rows.count)
      #expect(abs(known - share) < 0.013)
    }
    let cameSocial = social.filter { $0["attended"] == "1" }
    let older = { (row: [String: String]) in
      row["sex"] == "女" && (Double(row["age"] ?? "") ?? 0) >= 40
    }
    #expect(abs(mean(numbers(cameSocial.filter(older), "y")) - 0.8) < 0.035)
    #expect(abs(mean(numbers(cameSocial.filter { !older($0) }, "y")) - 0.55) < 0.025)
    #expect(control.filter { $0["attended"] == "0" }.allSatisfy { $0["y"] != "1" })
  }

  /// Of two standard normal numbers with correlation r both are above 0 with probability ¼ + asin(r)/2π (Sheppard 1899).
  private static func bothAbove(_ r: Double) -> Double { 0.25 + asin(r) / (2 * Double.pi) }

  @Test("outcomes of one person go together as is written, whatever their kind")
  func correlated() throws {
    // With this hazard half of all wait for more than 100 days.
    let rows = try Self.rows(
      """
      seed: 12
      units: 40000
      steps:
        - {column: y, baseline: 0.5}
        - {column: second, baseline: 0.5, correlates: {y: 0.6}}
        - {column: score, kind: number, baseline: 10, sd: 2, decimals: 4, correlates: {y: 0.6}}
        - {column: days, kind: time, event: placed, until: 1000, baseline: 0.00693147180559945, correlates: {score: -0.5}}
        - {column: other, baseline: 0.5}
      """)
    func share(_ a: (([String: String]) -> Bool), _ b: (([String: String]) -> Bool)) -> Double {
      Double(rows.filter { a($0) && b($0) }.count) / Double(rows.count)
    }
    let y = { (row: [String: String]) in row["y"] == "1" }
    let high = { (row: [String: String]) in (Double(row["score"] ?? "") ?? 0) > 10 }
    let long = { (row: [String: String]) in (Double(row["days"] ?? "") ?? 0) > 100 }
    // Standard error of a share of .35: .0024.
    #expect(abs(share(y, { $0["second"] == "1" }) - Self.bothAbove(0.6)) < 0.0095)
    #expect(abs(share(y, high) - Self.bothAbove(0.6)) < 0.0095)
    #expect(abs(share(high, long) - Self.bothAbove(-0.5)) < 0.0095)
    // Through the score: .6·(−.5).
    #expect(abs(share(y, long) - Self.bothAbove(-0.3)) < 0.0095)
    #expect(abs(share(y, { $0["other"] == "1" }) - 0.25) < 0.0095)
    for column in ["y", "second", "other"] {
      #expect(abs(mean(rows.compactMap { Double($0[column] ?? "") }) - 0.5) < 0.01)
    }
    let scores = rows.compactMap { Double($0["score"] ?? "") }
    #expect(abs(variance(scores).squareRoot() - 2) < 0.03)
  }

  @Test("on the latent scale the rate stays, and pairs agree as two correlated normal numbers do")
  func latent() throws {
    let rows = try Self.rows(
      """
      seed: 21
      units: 60000
      columns: {town: {count: 3000}}
      steps:
        - {column: y, baseline: 0.5, icc_latent: {town: 0.2}}
        - {column: rare, baseline: 0.08, icc_latent: {town: 0.3}}
        - {column: days, kind: time, event: placed, until: 1000, baseline: 0.00693147180559945, icc_latent: {town: 0.4}}
      """)
    // Of shares at ½ the correlation of the values is (¼ + asin(ρ)/2π − ¼)/¼.
    let found = try correlation(rows, "y", within: "town", mean: 0.5, variance: 0.25)
    #expect(abs(found - (Self.bothAbove(0.2) - 0.25) / 0.25) < 0.012, "\(found)")
    let rare = rows.compactMap { Double($0["rare"] ?? "") }
    #expect(abs(mean(rare) - 0.08) < 0.009)
    let long = rows.map { row in
      ["town": row["town"] ?? "", "long": (Double(row["days"] ?? "") ?? 0) > 100 ? "1" : "0"]
    }
    let times = try correlation(long, "long", within: "town", mean: 0.5, variance: 0.25)
    #expect(abs(times - (Self.bothAbove(0.4) - 0.25) / 0.25) < 0.02, "\(times)")
  }

  @Test("traffic follows the calendar")
  func seasons() throws {
    let rows = try Self.rows(
      """
      seed: 5
      units: 40000
      columns: {day: {from: 2021-07-01, to: 令和3年8月31日}}
      steps:
        - {column: y, baseline: 0.5}
        - {column: shown, kind: count, baseline: 50, season: {column: day, weekdays: {土: 1.4, Sun: 0.5}, months: {8: 0.9}}}
      """)
    let days = Dictionary(grouping: rows) { $0["day"] ?? "" }
    #expect(days.count == 62)
    #expect(days.keys.min() == "2021-07-01" && days.keys.max() == "2021-08-31")
    // 1 July was a Thursday, 3 July a Saturday, 4 July a Sunday; 7 August was a Saturday.
    for (day, expected) in [
      ("2021-07-01", 50.0), ("2021-07-03", 70), ("2021-07-04", 25), ("2021-08-07", 63),
    ] {
      let shown = (days[day] ?? []).compactMap { Double($0["shown"] ?? "") }
      #expect(shown.count > 500)
      #expect(abs(mean(shown) - expected) < 4 * (expected / Double(shown.count)).squareRoot())
    }
  }

  @Test("a longer run begins with the same people, and one step more shifts no other")
  func isStable() throws {
    let plan = { (units: Int, more: String) in
      """
      seed: 3
      units: \(units)
      columns: {household: {size: 2}, town: {weights: {札幌: 3, 函館: 1}, per: household}, age: {from: 30, to: 49}}
      steps:
        - {column: y, baseline: 0.3, icc: {household: 0.2}}
      \(more)
      """
    }
    let short = try Self.rows(plan(200, ""))
    let long = try Self.rows(plan(400, "  - {column: z, kind: count, baseline: 3}"))
    for (a, b) in zip(short, long) {
      #expect(a["town"] == b["town"] && a["age"] == b["age"] && a["y"] == b["y"])
      // Names of groups grow with their number.
      #expect(a["household"]?.suffix(3) == b["household"]?.suffix(3))
    }
    #expect(Set(short.compactMap { $0["town"] }) == ["札幌", "函館"])
  }
}
