import RandomAssignment
import Statistics
public import Vocabulary

/// An input on which a widely used tool gives two answers, a wrong one or none.
public struct PeerCase: Hashable, Sendable {
  /// The input.
  public let subject: BilingualText
  /// What the other tool says.
  public let theirs: BilingualText
  /// What ours says.
  public let ours: BilingualText
  /// Whether ours is as it must be.
  public let isRight: Bool
}

extension PeerCase {
  static var all: [PeerCase] {
    [oneTest, noEvents, noControlEvents, negativeMean, zeroWeight] + designs
  }

  private static func rates(_ arm: (Int, Int), _ control: (Int, Int)) -> MarginalMeans {
    let moments = [control, arm].map { Moments(events: $0.0, of: $0.1) }
    return MarginalMeans(
      quantity: .rate,
      arms: zip(zip(Scenario.arms, [control, arm]), moments).map { pair, moments in
        MarginalMeans.ArmMean(
          arm: pair.0, count: pair.1.1, mean: moments.means[0],
          standardDeviation: moments.variance(of: 0)?.squareRoot(), events: pair.1.0)
      },
      covariance: [[nil, nil], [nil, nil]], degreesOfFreedom: .infinite,
      standardErrorType: .score, areSimpleAverages: true)
  }

  private static func estimate(
    _ measure: any EffectMeasure, _ means: MarginalMeans
  ) -> (value: Double?, p: Double?, interval: Interval?) {
    guard let estimate = try? measure.estimate(Scenario.contrast, from: means) else {
      return (nil, nil, nil)
    }
    return (
      estimate.value, try? estimate.evidence.pValue(of: estimate.evidence.noEffect),
      try? estimate.evidence.interval(level: 0.95)
    )
  }

  /// One table, one p: on the difference, the ratio and the odds ratio.
  private static var oneTest: PeerCase {
    let means = rates((36, 1000), (20, 1000))
    let measures: [any EffectMeasure] = [RiskDifference(), RiskRatio(), OddsRatio(), CohensH()]
    let found = measures.map { estimate($0, means) }
    let p = found.compactMap(\.p)
    let agree = zip(measures, found).allSatisfy { measure, found in
      guard let p = found.p, let interval = found.interval,
        let none = try? measure.estimate(Scenario.contrast, from: means).evidence.noEffect
      else { return false }
      return (p < 0.05) == !interval.contains(none)
    }
    return PeerCase(
      subject: BilingualText(ja: "20/1000 と 36/1000", en: "20/1000 against 36/1000"),
      theirs: BilingualText(
        ja: "GrowthBook：画面により p = .030 と .107",
        en: "GrowthBook: p = .030 on one display, .107 on another"),
      ours: BilingualText("p = \(shown(p.first)) × \(Set(p).count == 1 ? "4" : "?")"),
      isRight: p.count == 4 && Set(p).count == 1 && agree)
  }

  private static var noEvents: PeerCase {
    let found = estimate(RiskDifference(), rates((12, 500), (0, 500)))
    return PeerCase(
      subject: BilingualText(ja: "0/500 と 12/500", en: "0/500 against 12/500"),
      theirs: BilingualText(ja: "gbstats：p = 1、区間 (0, 0)", en: "gbstats: p = 1, interval (0, 0)"),
      ours: BilingualText("p = \(shown(found.p)), \(shown(found.interval))"),
      isRight: (found.p ?? 1) < 0.001 && found.interval?.contains(0) == false)
  }

  private static var noControlEvents: PeerCase {
    let found = estimate(RelativeLift(), rates((0, 600), (3, 600)))
    var reaches = false
    if case .between(let low, let high)? = found.interval { reaches = low == -1 && high > 0 }
    return PeerCase(
      subject: BilingualText(ja: "3/600 と 0/600 の増加率", en: "the lift of 0/600 over 3/600"),
      theirs: BilingualText(
        ja: "tea-tasting：区間 (−100%, −100%)", en: "tea-tasting: interval (−100%, −100%)"),
      ours: BilingualText(shown(found.interval)), isRight: reaches)
  }

  private static var negativeMean: PeerCase {
    var cells: [Cell: [VariableSet: Moments]] = [:]
    for (arm, mean) in zip(Scenario.arms, [-0.05, 0.3]) {
      cells[Cell(arm: arm)] = [
        VariableSet(["y"]): Moments(count: 100, means: [mean], crossProducts: [99])
          ?? Moments(variables: 1)
      ]
    }
    var isSaid = false
    do throws(EstimationError) {
      let means = try DifferenceInMeans().marginalMeans(
        of: .continuous("y"), in: Sample(cells: cells), arms: Scenario.arms)
      _ = try RelativeLift().estimate(Scenario.contrast, from: means)
    } catch {
      isSaid = error == .controlMeanNotPositive(-0.05)
    }
    return PeerCase(
      subject: BilingualText(ja: "平均 −0.05 と 0.3 の増加率", en: "the lift of means −0.05 and 0.3"),
      theirs: BilingualText(ja: "符号の逆転した率", en: "a percentage with the wrong sign"),
      ours: BilingualText(ja: "定義できないと言う", en: "says that it is undefined"), isRight: isSaid)
  }

  private static var zeroWeight: PeerCase {
    let two = try? SampleRatio(counts: [5050, 4950], weights: [1, 1])
    let three = try? SampleRatio(counts: [5050, 4950, 0], weights: [1, 1, 0])
    return PeerCase(
      subject: BilingualText(
        ja: "比率0の群がある人数比の検定", en: "a sample-ratio test with an arm of weight 0"),
      theirs: BilingualText(ja: "自由度が1つ多い", en: "one degree of freedom too many"),
      ours: BilingualText("p = \(shown(three?.pValue))"),
      isRight: two?.pValue != nil && two?.pValue == three?.pValue)
  }

  // MARK: - Figures

  static func shown(_ value: Double?) -> String {
    guard let value else { return "–" }
    if value.magnitude >= 1e-4 || value == 0 {
      return String((value * 1e4).rounded() / 1e4)
    }
    return "< 0.0001"
  }

  private static func shown(_ interval: Interval?) -> String {
    switch interval {
    case .between(let low, let high)?: "(\(shown(low)), \(shown(high)))"
    case .outside, .everything: "∞"
    case nil: "–"
    }
  }
}
