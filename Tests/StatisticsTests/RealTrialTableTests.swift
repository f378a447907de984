import Foundation
import Statistics
import TestSupport
import Testing

/// Published trials' counts with R's answers beside them.
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct RealTrialTableTests {
  /// Cells by row: events and non-events of the arm, then of the control.
  private func table(cells n: [Int]) throws -> TwoByTwoTable {
    try #require(n.count >= 4)
    return try #require(
      TwoByTwoTable(events: n[0], of: n[0] + n[1], versus: n[2], of: n[2] + n[3]))
  }

  /// Events of both arms, then their sizes.
  private func table(eventsAndSizes n: ArraySlice<Int>) throws -> TwoByTwoTable {
    let n = Array(n)
    try #require(n.count >= 4)
    return try #require(TwoByTwoTable(events: n[0], of: n[2], versus: n[1], of: n[3]))
  }

  @Test(arguments: TrialAnswers.of(.newcombe)) func newcombe(entry: TrialAnswers.Entry) throws {
    let n = try entry.counts(after: "newcombe(")
    try #require(n.count == 4)
    let table = try #require(TwoByTwoTable(events: n[0], of: n[1], versus: n[2], of: n[3]))
    let limits = try ends(table.newcombeInterval(level: 0.95))
    entry.compare(
      ["rd": DifferenceScale.value(of: table), "lo": limits.lower, "hi": limits.upper],
      within: 1e-11)
  }

  /// fisher.test finds odds ratio and limits by uniroot at its default tolerance, some to the third
  /// digit; exact ones are in ConditionalOddsRatioTests.
  @Test(arguments: TrialAnswers.of(.fisher)) func fisher(entry: TrialAnswers.Entry) throws {
    let table = try table(cells: entry.counts(after: "fisher.test(matrix(c("))
    let odds = try ConditionalOddsRatio(table)
    let limits = try ends(odds.interval(level: 0.95))
    entry.compare(
      [
        "p": table.fisherExactPValue, "or_cond": odds.value, "lo": limits.lower,
        "hi": limits.upper,
      ], loosely: ["or_cond": 3e-4, "lo": 3e-3, "hi": 3e-3])
  }

  @Test(arguments: TrialAnswers.of(.proportions))
  func proportions(entry: TrialAnswers.Entry) throws {
    let table = try table(eventsAndSizes: entry.counts(after: "prop.test(")[...])
    let test = try PearsonChiSquared(table)
    entry.compare([
      "statistic": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue,
    ])
    let z = ScoreTest<RatioScale>(table, varianceFactor: .mee).statistic(at: 1)
    #expect(agree(z * z, try #require(entry.value["statistic"]), within: 1e-9))
  }

  /// A logistic regression on the arm alone is Woolf's interval; glm's last step leaves its errors
  /// with five digits where events are few.
  @Test(arguments: TrialAnswers.of(.logit)) func logit(entry: TrialAnswers.Entry) throws {
    let n = try entry.counts(after: "cbind(c(")
    try #require(n.count >= 4)
    let table = try table(cells: [n[0], n[2], n[1], n[3]])
    let ratio = try #require(OddsRatioScale.value(of: table))
    let limits = try ends(table.woolfOddsRatioInterval(level: 0.95))
    let means = MarginalMeans(
      quantity: .rate,
      arms: [
        .init(
          arm: "c", count: table.control.count, mean: table.control.rate, standardDeviation: nil,
          events: table.control.events),
        .init(
          arm: "a", count: table.arm.count, mean: table.arm.rate, standardDeviation: nil,
          events: table.arm.events),
      ], covariance: [], degreesOfFreedom: .infinite, standardErrorType: .score,
      areSimpleAverages: true)
    let estimate = try OddsRatio().estimate(armAgainstControl, from: means)
    let error = try #require(estimate.standardError) / ratio
    let wald = StudentEvidence(
      estimate: log(ratio), standardError: error, degreesOfFreedom: nil)
    entry.compare(
      [
        "logor": log(ratio), "se": error, "z": log(ratio) / error, "p": try wald.pValue(of: 0),
        "or": ratio, "or_lo": limits.lower, "or_hi": limits.upper,
      ], loosely: ["se": 1e-5, "z": 1e-5, "p": 1e-3, "or_lo": 2e-5, "or_hi": 2e-5])
  }

  @Test(arguments: TrialAnswers.of(.sampleRatio))
  func sampleRatio(entry: TrialAnswers.Entry) throws {
    let data = [
      "hillstrom.srm": ("hillstrom", "segment"), "tanf.srm": ("tanf_letters", "condition"),
    ]
    let (file, column) = try #require(data[entry.id])
    var counts: [String: Int] = [:]
    for row in try SharedTable(file).rows { counts[row[column] ?? "", default: 0] += 1 }
    let test = try SampleRatio(
      counts: counts.sorted { $0.key < $1.key }.map(\.value), weights: [1, 1, 1])
    guard case .chiSquared(let statistic, let df) = test.method else {
      Issue.record("\(test.method)")
      return
    }
    entry.compare(["statistic": statistic, "df": Double(df), "p": test.pValue])
  }

  @Test(arguments: TrialAnswers.of(.holm)) func holm(entry: TrialAnswers.Entry) throws {
    let pValues = try entry.call.split(separator: "prop.test(").dropFirst().map { part in
      let n = part.split { !$0.isNumber }.compactMap { Int($0) }
      return try PearsonChiSquared(table(eventsAndSizes: n[...])).pValue
    }
    let adjusted = try Multiplicity.holm.adjusted(pValues)
    try #require(adjusted.count == 3)
    entry.compare(["MvC": adjusted[0], "WvC": adjusted[1], "MvW": adjusted[2]])
  }

  /// mantelhaen.test without correction: its odds ratio with the variance of Robins, Breslow and
  /// Greenland.
  @Test(arguments: TrialAnswers.of(.mantelHaenszelOfStrata))
  func mantelHaenszel(entry: TrialAnswers.Entry) throws {
    var strata: [String: [[Int]]] = [:]
    if entry.id == "ctsecrecy.cmh" {
      for row in try SharedTable("ct_ballot_secrecy").rows {
        let town = row.keys.filter { $0.hasPrefix("town") }.sorted().compactMap { row[$0] }
        guard let arm = Int(row["anysecrecytreatment"] ?? ""),
          let y = Int(row["v_cong_general_10"] ?? "")
        else { continue }
        strata[town.joined(), default: [[0, 0], [0, 0]]][arm][y] += 1
      }
    } else {
      for row in try SharedTable("tanf_letters").rows where row["outcome_known"] == "1" {
        guard let y = Int(row["success"] ?? "") else { continue }
        let key = "\(row["service_center"] ?? "") \(row["recert_month"] ?? "")"
        let arm = row["condition"] == "No_Letter" ? 0 : 1
        strata[key, default: [[0, 0], [0, 0]]][arm][y] += 1
      }
    }
    // A stratum with one arm alone says nothing.
    let tables = strata.values.compactMap { n in
      TwoByTwoTable(
        events: n[1][1], of: n[1][0] + n[1][1], versus: n[0][1], of: n[0][0] + n[0][1])
    }
    let pooled = try MantelHaenszel(of: tables)
    let limits = try bounds(of: pooled.logOddsRatio.interval(level: 0.95))
    // (|Σ(a − E a)|)²/Σ var a, from the sums behind the corrected statistic.
    var (excess, variance) = (0.0, 0.0)
    for table in tables {
      let (n1, n2) = (Double(table.arm.count), Double(table.control.count))
      let (n, m) = (n1 + n2, Double(table.arm.events + table.control.events))
      excess += Double(table.arm.events) - n1 * m / n
      variance += n1 * n2 * m * (n - m) / (n * n * (n - 1))
    }
    let corrected = (abs(excess) - 0.5) * (abs(excess) - 0.5) / variance
    #expect(isClose(pooled.testStatistic, corrected))
    let statistic = excess * excess / variance
    entry.compare([
      "or": exp(pooled.logOddsRatio.estimate), "lo": exp(limits.lower), "hi": exp(limits.upper),
      "stat": statistic, "p": erfc((statistic / 2).squareRoot()),
      "n": tables.reduce(0) { $0 + Double($1.arm.count + $1.control.count) },
      "strata": Double(tables.count),
    ])
  }
}
