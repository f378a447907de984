import RandomAssignment
import Statistics
import Vocabulary

/// A trial that can be simulated any number of times, with the true values of what is estimated.
struct Scenario: Sendable {
  let name: BilingualText
  /// By measure.
  let truths: [String: Double]
  /// Why the method is known to miss here (``Calibration/knownMiss``).
  var knownMiss: BilingualText?
  /// One simulated trial: the estimates by measure.
  let draw: @Sendable (inout PhiloxGenerator) -> [String: Estimate?]

  /// From an estimator and the measures whose true values are given.
  init(
    ja: String, en: String, _ estimator: some Estimator, of response: Response,
    truths: [String: Double], sample: @escaping @Sendable (inout PhiloxGenerator) -> UnitSample?
  ) {
    name = BilingualText(ja: ja, en: en)
    self.truths = truths
    let measures = Catalogue.effectMeasures.filter { truths[type(of: $0).name] != nil }
    draw = { generator in
      let units = sample(&generator)
      let means = units.flatMap {
        try? estimator.marginalMeans(of: response, in: Sample(units: $0), arms: $0.arms)
      }
      var estimates: [String: Estimate?] = [:]
      for measure in measures {
        estimates[type(of: measure).name] = means.flatMap {
          try? measure.estimate(Scenario.contrast, from: $0)
        }
      }
      return estimates
    }
  }

  /// From anything that yields one estimate.
  init(
    ja: String, en: String, measure: String, truth: Double, knownMiss: BilingualText? = nil,
    estimate: @escaping @Sendable (inout PhiloxGenerator) -> Estimate?
  ) {
    name = BilingualText(ja: ja, en: en)
    truths = [measure: truth]
    self.knownMiss = knownMiss
    draw = { [measure: estimate(&$0)] }
  }

  static let contrast = Contrast("social", versus: "control")
  static let arms = ["control", "social"]
}

extension PhiloxGenerator {
  /// A standard normal number, by Marsaglia's polar method.
  mutating func normal() -> Double {
    while true {
      let u = 2 * uniformDouble() - 1
      let v = 2 * uniformDouble() - 1
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * naturalLogarithm(s) / s).squareRoot() }
    }
  }

  /// An exponential number with mean 1.
  mutating func exponential() -> Double { -naturalLogarithm(1 - uniformDouble()) }

  /// True with the given probability.
  mutating func event(_ probability: Double) -> Double { uniformDouble() < probability ? 1 : 0 }
}
