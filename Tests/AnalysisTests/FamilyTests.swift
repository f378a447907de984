import Analysis
import Foundation
import TestSupport
import Testing

/// Several outcomes and arms at once, margins and posteriors, against R (Reference/families.R).
struct FamilyTests {
  struct Line {
    let name: String
    let outcome: String
    let arm: String
    /// estimate, p, low, high, extra
    let figures: [Double?]
  }

  private static func reference(_ name: String) throws -> String {
    let url = SharedFolder.repository.appending(path: "Tests/AnalysisTests/Reference/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
  }

  private static func lines(_ name: String) throws -> [Line] {
    try reference("families.csv").split(separator: "\n").dropFirst()
      .map { line in
        let fields = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return Line(
          name: fields[0], outcome: fields[1], arm: fields[2],
          figures: fields[3...].map { Double($0) })
      }
      .filter { $0.name == name }
  }

  private static func analyze(_ analysis: String, outcomes: String) throws -> TrialResult {
    try TrialFixture.analyze(
      """
      nudge: 1
      trial: families
      title: Families
      arms: [{id: control, control: true}, {id: easy}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [\(outcomes)]
      analysis: \(analysis)
      data: {file: data.csv, shape: units}
      """,
      data: reference("families_data.csv"))
  }

  private static let both =
    "{id: y, role: primary, kind: continuous}, {id: z, role: primary, kind: continuous}"

  private func isClose(_ ours: Double?, _ theirs: Double?, within tolerance: Double = 1e-8) -> Bool
  {
    guard let ours, let theirs else { return ours == nil && theirs == nil }
    return abs(ours - theirs) <= tolerance * max(abs(theirs), 1e-3)
  }

  static let rules: [(rule: String, estimator: String, hasIntervals: Bool)] = [
    ("dunnett", "{difference_in_means: {variance: pooled}}", true),
    ("bonferroni", "difference_in_means", true), ("holm", "difference_in_means", true),
    ("hochberg", "difference_in_means", true), ("hommel", "difference_in_means", true),
    ("bh", "difference_in_means", true), ("by", "difference_in_means", true),
    ("serial", "difference_in_means", false),
  ]

  @Test("adjusted p-values and the intervals that go with them", arguments: rules.indices)
  func adjustments(index: Int) throws {
    let (rule, estimator, hasIntervals) = Self.rules[index]
    let written = rule == "serial" ? "{serial: [[y], [z]]}" : rule
    let result = try Self.analyze(
      "{estimator: \(estimator), multiplicity: \(written)}", outcomes: Self.both)
    let lines = try Self.lines(rule)
    #expect(lines.count == 4)
    for line in lines {
      let row = try #require(
        result.results.first {
          $0.outcome == line.outcome && $0.arm == line.arm && $0.measure == "mean_difference"
        })
      #expect(isClose(row.pAdjusted, line.figures[1]), "\(line): \(row.pAdjusted ?? -1)")
      #expect((row.pAdjusted ?? 0) >= (row.pValue ?? 1))
      if hasIntervals {
        #expect(isClose(row.confLowAdjusted, line.figures[2]), "\(line)")
        #expect(isClose(row.confHighAdjusted, line.figures[3]), "\(line)")
      } else {
        #expect(row.confLowAdjusted == nil && row.confHighAdjusted == nil)
      }
    }
    #expect(result.trial.multiplicity == rule)
  }

  @Test("posteriors, margins and confidence sequences stand beside the planned test")
  func supplements() throws {
    let margins = try ["equivalence", "non_inferiority"].flatMap { framework in
      try Self.analyze(
        "{inference: [bayes, confidence_sequence], prior: {mean: 0.5, spread: 0.4}}",
        outcomes:
          "{id: y, role: primary, kind: continuous, worthwhile: 1, framework: \(framework)}"
      ).results
    }
    for name in ["equivalence", "non_inferiority", "bayes_informed", "confidence_sequence"] {
      for line in try Self.lines(name) {
        let row = try #require(margins.first { $0.estimator == name && $0.arm == line.arm })
        #expect(isClose(row.estimate, line.figures[0]), "\(line)")
        #expect(isClose(row.pValue, line.figures[1]), "\(line): \(row.pValue ?? -1)")
        #expect(isClose(row.confLow, line.figures[2]), "\(line)")
        #expect(isClose(row.confHigh, line.figures[3]), "\(line)")
        for note in row.notes {
          switch note {
          case .posterior(let better, _, _): #expect(isClose(better, line.figures[4]))
          case .price(let price): #expect(isClose(price, line.figures[4]))
          case .margin(let margin): #expect(margin == 1)
          case .prior(let mean, let spread): #expect(mean == 0.5 && spread == 0.4)
          default: Issue.record("\(note)")
          }
        }
      }
    }
    // The interval of two one-sided tests at 5 % holds 90 %.
    #expect(
      margins.filter { $0.estimator == "equivalence" }
        .allSatisfy { abs($0.confLevel - 0.9) < 1e-12 })
    // None of them is what the verdict rests on, and none is in the family.
    #expect(
      margins.filter { $0.estimator != "difference_in_means" }.allSatisfy { $0.pAdjusted == nil })
  }

  @Test("rates have exact beta posteriors")
  func betaPosteriors() throws {
    let result = try Self.analyze(
      "{inference: bayes}", outcomes: "{id: b, role: primary, kind: binary}")
    for (line, loss) in zip(try Self.lines("bayes"), try Self.lines("bayes_loss")) {
      let row = try #require(
        result.results.first { $0.estimator == "bayes" && $0.arm == line.arm })
      #expect(isClose(row.estimate, line.figures[0]))
      #expect(row.pValue == nil)
      #expect(isClose(row.confLow, line.figures[2]) && isClose(row.confHigh, line.figures[3]))
      guard case .posterior(let better, let armLoss, let controlLoss)? = row.notes.first else {
        Issue.record("\(row.notes)")
        continue
      }
      #expect(isClose(better, line.figures[4]) && isClose(armLoss, loss.figures[0]))
      // E[max(d, 0)] − E[max(−d, 0)] = E[d].
      #expect(isClose(controlLoss - armLoss, row.estimate))
    }
  }

  @Test("arms, units and signs are drawn again where the trial asks")
  func drawnAgain() throws {
    let result = try Self.analyze(
      "{inference: [randomization, bootstrap], draws: 499, seed: 3}",
      outcomes: "{id: y, role: primary, kind: continuous}, {id: b, role: secondary, kind: binary}")
    let planned = try #require(result.results.first { $0.arm == "social" && $0.outcome == "y" })
    for name in ["randomization", "bootstrap"] {
      let row = try #require(result.results.first { $0.estimator == name && $0.arm == "social" })
      #expect(isClose(row.estimate, planned.estimate))
      #expect(row.notes.contains(.draws(499, exact: false)))
      // The same question by another road: close, not equal.
      #expect(abs(try #require(row.confLow) - (try #require(planned.confLow))) < 0.15)
      #expect(abs(try #require(row.confHigh) - (try #require(planned.confHigh))) < 0.15)
      #expect(abs(try #require(row.pValue) - (try #require(planned.pValue))) < 0.05)
      #expect(row.pAdjusted == nil)
    }
    // The primary outcome only, and the same file prints the same numbers.
    #expect(!result.results.contains { $0.outcome == "b" && $0.estimator == "randomization" })
    let again = try Self.analyze(
      "{inference: [randomization, bootstrap], draws: 499, seed: 3}",
      outcomes: "{id: y, role: primary, kind: continuous}, {id: b, role: secondary, kind: binary}")
    #expect(again.results == result.results)
  }

  @Test("the step-down adjustment lies between no adjustment and Bonferroni's")
  func stepDown() throws {
    let drawn = try Self.analyze(
      "{multiplicity: max_t, draws: 999, seed: 4}", outcomes: Self.both
    ).results.filter { $0.measure == "mean_difference" }
    let worst = try Self.lines("bonferroni")
    #expect(drawn.count == 4)
    for row in drawn {
      let bonferroni = try #require(
        worst.first { $0.outcome == row.outcome && $0.arm == row.arm }?.figures[1])
      let adjusted = try #require(row.pAdjusted)
      #expect(adjusted >= (try #require(row.pValue)))
      // Three Monte-Carlo errors of 999 draws.
      #expect(adjusted <= bonferroni + 0.05, "\(row.outcome) \(row.arm)")
    }
  }

  @Test("the effect on compliers says that it is approximate where clusters are few")
  func fewClustersOfCompliers() throws {
    var lines = ["arm,village,attended,y"]
    for village in 0..<8 {
      for member in 0..<(5 + village) {
        let isSocial = village % 2 == 1
        let attended = isSocial && member % 3 != 0 ? 1 : 0
        lines.append(
          "\(isSocial ? "social" : "control"),\(village),\(attended),"
            + "\(village % 3 + member % 5 + 2 * attended)")
      }
    }
    let result = try TrialFixture.analyze(
      """
      nudge: 1
      trial: villages
      title: Villages
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: clustered, clusters: village, column: arm}
      outcomes: [{id: y, role: primary, kind: continuous}]
      analysis: {takeup: attended}
      data: {file: data.csv, shape: units}
      """, data: lines.joined(separator: "\n"))
    let compliers = try #require(result.results.first { $0.estimand == "CACE" })
    #expect(compliers.estimate != nil)
    let isSaid = compliers.notes.contains { note in
      if case .fewClusters(let freedom, redrawn: false) = note { return freedom <= 6 }
      return false
    }
    #expect(isSaid, "\(compliers.notes)")
  }

  @Test("with few clusters re-drawn arms decide, asked for or not")
  func fewClusters() throws {
    var lines = ["arm,village,y"]
    let levels = [1.0, 3, 2, 4, 2.5, 5]
    for (village, level) in levels.enumerated() {
      for member in 0..<(4 + 3 * village) {
        lines.append(
          "\(village % 2 == 0 ? "control" : "social"),\(village),\(level + Double(member % 5) / 4)")
      }
    }
    let result = try TrialFixture.analyze(
      """
      nudge: 1
      trial: villages
      title: Villages
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: clustered, clusters: village, column: arm}
      outcomes: [{id: y, role: primary, kind: continuous}]
      data: {file: data.csv, shape: units}
      """, data: lines.joined(separator: "\n"))
    let planned = try #require(result.results.first)
    #expect(planned.seType == "cr2" && planned.stdError != nil && planned.df == nil)
    let freedom = planned.notes.compactMap { note -> Double? in
      if case .fewClusters(let freedom, redrawn: true) = note { return freedom }
      return nil
    }
    #expect(freedom.count == 1 && freedom.allSatisfy { $0 < 4 })
    // Three of six villages: 20 draws, all visited; p cannot be below 1/10.
    #expect(planned.notes.contains(.draws(20, exact: true)))
    #expect((planned.pValue ?? 0) >= 0.1 && planned.confLow == nil && planned.confHigh == nil)
    #expect(planned.notes.contains(.noLowerBound) && planned.notes.contains(.noUpperBound))
    #expect(result.verdicts.map(\.conclusion) == [.undecided])
    // Three villages each were drawn; that they are of unequal size is no fault of the draw.
    let ratio = try #require(
      result.checks.first { if case .sampleRatio = $0.kind { true } else { false } })
    guard case .sampleRatio(let observed, _, let p, _, ofClusters: true) = ratio.kind else {
      Issue.record("\(ratio)")
      return
    }
    #expect(observed == ["control": 3, "social": 3] && p == 1 && ratio.status == .pass)
    #expect(result.verdicts.map(\.pValue) == [planned.pValue])
    // The t-test stands beside, with its degrees of freedom.
    let robust = try #require(result.results.first { $0.estimator == "cluster_robust" })
    #expect(robust.df == freedom.first && isClose(robust.estimate, planned.estimate))
    #expect(robust.pValue != planned.pValue && robust.confLow != nil)
    // A relative change is tested by the same draws, and has no interval of its own.
    let lift = try #require(result.results.first { $0.measure == "relative_lift" })
    #expect(lift.pValue == planned.pValue && lift.confLow == nil && lift.confHigh == nil)
    #expect(lift.notes.contains(.intervalOnOtherScale))
  }

  @Test(
    "regressions of rates and counts stand in a trial file",
    arguments: [
      ("{logistic: {covariates: [y]}}", "binary", "risk_difference", "robust"),
      ("{logistic: {standard_error: model}}", "binary", "risk_difference", "model_based"),
      ("poisson", "count", "rate_difference", "robust"),
      ("{negative_binomial: {covariates: [y]}}", "count", "rate_difference", "robust"),
      ("{post_stratified: {strata: [z0]}}", "binary", "risk_difference", "neyman"),
      ("hajek", "binary", "risk_difference", "hajek"),
      ("horvitz_thompson", "binary", "risk_difference", "horvitz_thompson"),
    ])
  func models(estimator: String, kind: String, measure: String, errors: String) throws {
    // z0 is a stratum made of z.
    let lines = try Self.reference("families_data.csv").split(separator: "\n")
    let data = lines.enumerated().map { index, line in
      index == 0
        ? "\(line),z0"
        : "\(line),\((Double(line.split(separator: ",")[2]) ?? 0) > 5 ? "high" : "low")"
    }
    let result = try TrialFixture.analyze(
      """
      nudge: 1
      trial: models
      title: Models
      arms: [{id: control, control: true}, {id: easy}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: b, role: primary, kind: \(kind)}]
      analysis: {estimator: \(estimator)}
      data: {file: data.csv, shape: units}
      """, data: data.joined(separator: "\n"))
    let row = try #require(result.results.first { $0.arm == "social" && $0.measure == measure })
    #expect(row.seType == errors && row.pValue != nil && row.confLow != nil)
    // Randomised arms: adjusting moves the difference little.
    let lookup = { (arm: String) in result.means.first { $0.arm == arm }?.mean ?? .nan }
    #expect(isClose(row.estimate, lookup("social") - lookup("control")))
    #expect(abs((row.estimate ?? 9) - 0.087) < 0.05)
  }

  @Test("where less is better the losses and the probability change sides")
  func lessIsBetter() throws {
    let notes = try ["more", "less"].map { better in
      try Self.analyze(
        "{inference: bayes}", outcomes: "{id: b, role: primary, kind: binary, better: \(better)}"
      ).results.first { $0.estimator == "bayes" && $0.arm == "social" }?.notes.first
    }
    guard case .posterior(let p, let arm, let control)? = notes[0],
      case .posterior(let q, let armLess, let controlLess)? = notes[1]
    else {
      Issue.record("no posterior")
      return
    }
    #expect(isClose(p + q, 1) && isClose(arm, controlLess) && isClose(control, armLess))
  }
}
