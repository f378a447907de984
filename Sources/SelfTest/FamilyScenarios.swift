import RandomAssignment
import Statistics

// Several questions at once: how often any test errs, how often all intervals hold together, and how often
// an interval that was selected holds.

extension Scenario {
  static var families: [Scenario] { [dunnett, stepDown, simultaneous, together, selected] }

  private static let four = ["control", "a", "b", "c"]

  /// Four arms alike: is any of three comparisons called different?
  private static func family(
    _ ja: String, _ en: String, least: @escaping @Sendable (UnitSample) -> Double?
  ) -> Scenario {
    Scenario(ja: ja, en: en, measure: "mean_difference", truth: 0) { generator in
      var assignment = (0..<120).map { $0 % 4 }
      generator.permute(&assignment)
      let y = assignment.map { _ in generator.exponential() }
      guard let sample = units(four, assignment, y), let p = least(sample) else { return nil }
      return Estimate(
        value: 0, standardErrorType: .welch,
        evidence: SetEvidence(
          interval: p < 0.05 ? .between(lower: 1, upper: 2) : .everything, pValueOfNoEffect: p))
    }
  }

  private static var dunnett: Scenario {
    family("Dunnett、3群と対照、各30", "Dunnett, 3 arms and control; 30 each") { sample in
      let means = try? DifferenceInMeans(variance: .pooled).marginalMeans(
        of: .continuous("y"), in: Sample(units: sample), arms: four)
      let compared = means.flatMap {
        try? DunnettComparisons(of: ["a", "b", "c"], versus: "control", in: $0)
      }
      return try? compared?.adjustedPValues.min()
    }
  }

  private static var stepDown: Scenario {
    family("最大統計量法、3群と対照、各30", "step-down max-t, 3 arms and control; 30 each") { sample in
      let joint = try? JointRedraws(
        of: [(.continuous("y"), [0])], in: sample, control: "control", arms: ["a", "b", "c"],
        draws: 199)
      return try? joint?.adjustedPValues.min()
    }
  }

  /// Four arms with means 0, 0, 0.5 and 1, thirty units each, against the control.
  private static func shifted(
    _ generator: inout PhiloxGenerator
  ) -> (means: MarginalMeans, truths: [Double])? {
    let truths = [0, 0, 0.5, 1]
    var assignment = (0..<120).map { $0 % 4 }
    generator.permute(&assignment)
    let y = assignment.map { truths[$0] + generator.normal() }
    guard let sample = units(four, assignment, y),
      let means = try? DifferenceInMeans(variance: .pooled).marginalMeans(
        of: .continuous("y"), in: Sample(units: sample), arms: four)
    else { return nil }
    return (means, Array(truths.dropFirst()))
  }

  /// A set that holds 0.5 where nothing misses.
  private static func answer(misses: Bool) -> Estimate {
    Estimate(
      value: 0, standardErrorType: .welch,
      evidence: SetEvidence(
        interval: misses ? .between(lower: 1, upper: 2) : .everything, pValueOfNoEffect: 1))
  }

  private static func intervals(
    _ ja: String, _ en: String,
    compute: @escaping @Sendable (MarginalMeans) throws -> [Interval]
  ) -> Scenario {
    Scenario(ja: ja, en: en, measure: "mean_difference", truth: 0.5) { generator in
      guard let (means, truths) = shifted(&generator), let found = try? compute(means) else {
        return nil
      }
      return answer(misses: zip(found, truths).contains { !$0.contains($1) })
    }
  }

  /// Dunnett's intervals hold all three true differences at once.
  private static var simultaneous: Scenario {
    intervals("Dunnett の区間がすべて含む、各30", "all of Dunnett's intervals; 30 each") { means in
      try DunnettComparisons(of: ["a", "b", "c"], versus: "control", in: means)
        .intervals(level: 0.95)
    }
  }

  /// Bonferroni's do, too, and a little more often.
  private static var together: Scenario {
    intervals("Bonferroni の区間がすべて含む、各30", "all of Bonferroni's intervals; 30 each") { means in
      let evidence = try ["a", "b", "c"].map {
        try MeanDifference().estimate(Contrast($0, versus: "control"), from: means).evidence
      }
      return try Multiplicity.simultaneousIntervals(evidence, level: 0.95)
    }
  }

  /// One of the intervals that Benjamini and Hochberg's rule selected, at random; none is no miss.
  private static var selected: Scenario {
    Scenario(
      ja: "BH で選ばれた差の区間、各30", en: "intervals selected by BH; 30 each",
      measure: "mean_difference", truth: 0.5
    ) { generator in
      guard let (means, truths) = shifted(&generator) else { return nil }
      var evidence: [any Evidence] = []
      for arm in ["a", "b", "c"] {
        guard
          let estimate = try? MeanDifference().estimate(
            Contrast(arm, versus: "control"), from: means)
        else { return nil }
        evidence.append(estimate.evidence)
      }
      guard let rate = try? FalseCoverageRate(selectingFrom: evidence, at: 0.05) else { return nil }
      guard !rate.selected.isEmpty else { return answer(misses: false) }
      let pick = generator.uniformInteger(below: rate.selected.count)
      return answer(misses: !rate.intervals[pick].contains(truths[rate.selected[pick]]))
    }
  }
}
