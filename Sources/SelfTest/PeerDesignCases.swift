import RandomAssignment
import Statistics
import Vocabulary

// Designs on which other tools go wrong: many looks, unequal arms, several arms, a block with one treated unit.

extension PeerCase {
  static var designs: [PeerCase] { [manyLooks, unequalArms, otherArms, singleTreated] }

  /// The type I error by integration, not by simulation.
  private static var manyLooks: PeerCase {
    let looks = 14
    let sequential = try? GroupSequential(
      informationFractions: (1...looks).map { Double($0) / Double(looks) },
      spending: .obrienFleming, significance: 0.05, look: looks - 1)
    let error = try? sequential?.boundary.typeIError()
    return PeerCase(
      subject: BilingualText(ja: "O’Brien–Fleming、14回の分析", en: "O’Brien–Fleming with 14 looks"),
      theirs: BilingualText(ja: "第一種の過誤 .074", en: "type I error .074"),
      ours: BilingualText(shown(error)),
      isRight: error.map { abs($0 - 0.05) < 0.003 } ?? false)
  }

  /// Slopes 0 and 2 in arms of 100 and 900: one slope for both costs precision.
  private static var unequalArms: PeerCase {
    var generator = PhiloxGenerator(seed: 9)
    var x = (0..<1000).map { _ in generator.normal() }
    let mean = x.reduce(0, +) / 1000
    x = x.map { $0 - mean }
    let assignment = (0..<1000).map { $0 < 100 ? 0 : 1 }
    let y = zip(x, assignment).map { 2 * Double(1 - $1) * $0 + 0.5 * generator.normal() }
    func error(_ estimator: some Estimator, _ response: [Double]) -> Double? {
      let units = UnitSample(
        arms: Scenario.arms, assignment: assignment, response: [response],
        covariates: ["x": [LinearDesign.Column("x", x)]])
      let means = units.flatMap {
        try? estimator.marginalMeans(
          of: .continuous("y"), in: Sample(units: $0), arms: Scenario.arms)
      }
      return means.flatMap {
        try? MeanDifference().estimate(Scenario.contrast, from: $0).standardError
      }
    }
    // One slope from everyone, as CUPED is often programmed.
    let slope = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / x.reduce(0) { $0 + $1 * $1 }
    let pooled = error(DifferenceInMeans(), zip(x, y).map { $1 - slope * $0 })
    let lin = error(Lin(covariates: ["x"]), y)
    return PeerCase(
      subject: BilingualText(ja: "100人と900人、傾き2と0", en: "arms of 100 and 900, slopes 2 and 0"),
      theirs: BilingualText(
        ja: "共通の傾き：標準誤差 \(shown(pooled))", en: "one slope for both: SE \(shown(pooled))"),
      ours: BilingualText("SE \(shown(lin))"),
      isRight: lin.flatMap { lin in pooled.map { lin * lin * 2 < $0 * $0 } } ?? false)
  }

  /// What a third arm did must not move the test of the second.
  private static var otherArms: PeerCase {
    func p(shift: Double) -> Double? {
      var generator = PhiloxGenerator(seed: 11)
      var assignment = (0..<90).map { $0 % 3 }
      generator.permute(&assignment)
      let y = assignment.map { generator.normal() + ($0 == 2 ? shift : 0) }
      let units = UnitSample(
        arms: ["control", "social", "other"], assignment: assignment, response: [y])
      let estimate = units.flatMap {
        try? RandomizationInference(draws: 999).estimate(
          Scenario.contrast, of: .continuous("y"), in: $0, by: DifferenceInMeans())
      }
      return estimate.flatMap { try? $0.evidence.pValue(of: 0) }
    }
    let (calm, shifted) = (p(shift: 0), p(shift: 50))
    return PeerCase(
      subject: BilingualText(
        ja: "3群の引き直し検定、別の群だけに効果", en: "re-drawn arms, another arm has an effect"),
      theirs: BilingualText(ja: "帰無分布の中心がずれる", en: "a null that is not centred"),
      ours: BilingualText("p = \(shown(calm)), \(shown(shifted))"),
      isRight: calm != nil && calm == shifted)
  }

  private static var singleTreated: PeerCase {
    let assignment = [0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1]
    let y = [3, 1, 2, 4, 5, 6, 7, 9, 2, 3, 1, 5, 4, 4, 6, 8].map { Double($0) }
    let units = UnitSample(
      arms: Scenario.arms, assignment: assignment, response: [y],
      blocks: Grouping((0..<16).map { $0 / 4 }))
    let means = units.flatMap {
      try? DifferenceInMeans().marginalMeans(
        of: .continuous("y"), in: Sample(units: $0), arms: Scenario.arms)
    }
    let error = means.flatMap {
      try? MeanDifference().estimate(Scenario.contrast, from: $0).standardError
    }
    return PeerCase(
      subject: BilingualText(
        ja: "群に一人しかいない層", en: "blocks with one treated unit"),
      theirs: BilingualText(ja: "標準誤差がない、又は層を無視", en: "no standard error, or blocks ignored"),
      ours: BilingualText("SE \(shown(error)) (\(means?.standardErrorType.rawValue ?? "–"))"),
      isRight: (error ?? 0) > 0 && means?.standardErrorType == .hybrid)
  }
}
