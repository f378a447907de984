import Statistics
import Testing

@Suite struct BinaryEffectMeasureTests {
  private func means(
    _ x1: Int?, _ n1: Int, _ x2: Int?, _ n2: Int, simple: Bool = true,
    quantity: MarginalMeans.Quantity = .rate
  ) -> MarginalMeans {
    func arm(_ name: String, _ x: Int?, _ n: Int) -> MarginalMeans.ArmMean {
      MarginalMeans.ArmMean(
        arm: name, count: n, mean: Double(x ?? 0) / Double(n), standardDeviation: nil, events: x)
    }
    return MarginalMeans(
      quantity: quantity, arms: [arm("control", x2, n2), arm("social", x1, n1)],
      covariance: [[nil, nil], [nil, nil]], degreesOfFreedom: .infinite, standardErrorType: .welch,
      areSimpleAverages: simple)
  }

  private let contrast = Contrast("social", versus: "control")

  private var measures: [any EffectMeasure] {
    [RiskDifference(), RiskRatio(), OddsRatio(), CohensH(), NumberNeededToTreat()]
  }

  /// 20/1000 against 36/1000; z and p from two_by_two.R (mn.difference).
  @Test func onePOnAllScales() throws {
    for measure in measures {
      let estimate = try measure.estimate(contrast, from: means(20, 1000, 36, 1000))
      #expect(estimate.standardErrorType == .score)
      let p = try estimate.evidence.pValue(of: estimate.evidence.noEffect)
      #expect(abs(p - 0.030149208055042197) < 1e-12)
      #expect(abs((estimate.statistic ?? 0) + 2.1681245942795373) < 1e-12)
    }
  }

  /// gbstats says p = 1 and (0, 0) for 0/500 against 12/500; p from two_by_two.R.
  @Test func emptyArm() throws {
    for measure in measures {
      let estimate = try measure.estimate(contrast, from: means(0, 500, 12, 500))
      // The smaller expected count is 500·12/1000 = 6.
      #expect(estimate.standardErrorType == .score)
      let evidence = estimate.evidence
      #expect(abs(try evidence.pValue(of: evidence.noEffect) - 0.00049521344707801707) < 1e-13)
      #expect(!(try evidence.interval(level: 0.95)).contains(evidence.noEffect))
    }
  }

  /// tea-tasting says (−100 %, −100 %) for 3/600 against 0/600.
  @Test func threeAgainstNone() throws {
    var p: Set<Double> = []
    for measure in measures {
      let estimate = try measure.estimate(contrast, from: means(3, 600, 0, 600))
      #expect(estimate.standardErrorType == .exact)
      #expect(estimate.statistic == nil)
      let evidence = estimate.evidence
      p.insert(try evidence.pValue(of: evidence.noEffect))
      #expect(try evidence.interval(level: 0.95).contains(evidence.noEffect))
    }
    #expect(p.count == 1)
    let ratio = try RiskRatio().estimate(contrast, from: means(3, 600, 0, 600))
    #expect(ratio.value == .infinity)
    #expect(ratio.standardError == nil)
    let (lower, upper) = try ends(ratio.evidence.interval(level: 0.95))
    #expect(lower > 0.5 && lower < 1)
    #expect(upper == .infinity)
  }

  /// 40/100 against 20/100: δ̂ = 0.2, φ̂ = 2, ψ̂ = (40·80)/(20·60) = 8/3, NNT = 5.
  @Test func valuesAndStandardErrorsByHand() throws {
    let data = means(40, 100, 20, 100)
    let difference = try RiskDifference().estimate(contrast, from: data)
    #expect(abs((difference.value ?? 0) - 0.2) < 1e-15)
    // √(0.4·0.6/100 + 0.2·0.8/100) = √0.004.
    #expect(abs((difference.standardError ?? 0) - 0.004.squareRoot()) < 1e-15)
    let ratio = try RiskRatio().estimate(contrast, from: data)
    #expect(abs((ratio.value ?? 0) - 2) < 1e-15)
    // 2·√(0.6/40 + 0.8/20) = 2·√0.055.
    #expect(abs((ratio.standardError ?? 0) - 2 * 0.055.squareRoot()) < 1e-14)
    let odds = try OddsRatio().estimate(contrast, from: data)
    #expect(abs((odds.value ?? 0) - 8.0 / 3) < 1e-15)
    // (8/3)·√(1/40 + 1/60 + 1/20 + 1/80).
    let woolf = (1.0 / 40 + 1.0 / 60 + 1.0 / 20 + 1.0 / 80).squareRoot()
    #expect(abs((odds.standardError ?? 0) - 8.0 / 3 * woolf) < 1e-14)
    let number = try NumberNeededToTreat().estimate(contrast, from: data)
    #expect(abs((number.value ?? 0) - 5) < 1e-13)
    #expect(number.standardError == nil)
    let h = try CohensH().estimate(contrast, from: means(50, 100, 25, 100))
    // 2·arcsin √½ = π/2 and 2·arcsin √¼ = π/3.
    #expect(abs((h.value ?? 0) - .pi / 6) < 1e-14)
    #expect(abs((h.standardError ?? 0) - 0.02.squareRoot()) < 1e-15)
  }

  @Test func nothingHappened() throws {
    for measure in measures {
      let estimate = try measure.estimate(contrast, from: means(0, 30, 0, 40))
      let evidence = estimate.evidence
      #expect(try evidence.pValue(of: evidence.noEffect) == 1)
      #expect(try evidence.interval(level: 0.95).contains(evidence.noEffect))
    }
    let ratio = try RiskRatio().estimate(contrast, from: means(0, 30, 0, 40))
    #expect(ratio.value == nil)
    #expect(try ratio.evidence.interval(level: 0.95) == .between(lower: 0, upper: .infinity))
    #expect(try RiskDifference().estimate(contrast, from: means(0, 30, 0, 40)).standardError == nil)
    let sameRates = try NumberNeededToTreat().estimate(contrast, from: means(5, 30, 5, 30))
    #expect(sameRates.value == .infinity)
  }

  /// Altman 1998: an interval of the difference that holds 0 becomes two pieces through infinity.
  @Test func numberNeededToTreatThroughInfinity() throws {
    let data = means(52, 100, 48, 100)
    let (lower, upper) = try ends(
      RiskDifference().estimate(contrast, from: data).evidence.interval(level: 0.95))
    let evidence = try NumberNeededToTreat().estimate(contrast, from: data).evidence
    #expect(
      try evidence.interval(level: 0.95) == .outside(below: 1 / lower, above: 1 / upper))
    #expect(try evidence.interval(level: 0.95).contains(evidence.noEffect))
    // Clear of 0 it is one piece.
    let clear = try NumberNeededToTreat().estimate(contrast, from: means(20, 1000, 60, 1000))
    let (most, least) = try ends(clear.evidence.interval(level: 0.95))
    #expect(most < least && least < 0)
    #expect(!(try clear.evidence.interval(level: 0.95)).contains(clear.evidence.noEffect))
  }

  @Test func refusals() {
    #expect(throws: EstimationError.wrongKindOfOutcome) {
      try RiskRatio().estimate(contrast, from: means(1, 9, 2, 9, quantity: .mean))
    }
    // Rates that counts do not describe need a covariance.
    #expect(throws: EstimationError.numericalFailure) {
      try RiskRatio().estimate(contrast, from: means(1, 9, 2, 9, simple: false))
    }
    #expect(throws: EstimationError.notBinary(arm: "social")) {
      try RiskRatio().estimate(contrast, from: means(nil, 9, 2, 9))
    }
    #expect(throws: EstimationError.notBinary(arm: "control")) {
      try RiskRatio().estimate(contrast, from: means(1, 9, 12, 9))
    }
    #expect(throws: EstimationError.noUnits(arm: "gain")) {
      try RiskRatio().estimate(Contrast("gain", versus: "control"), from: means(1, 9, 2, 9))
    }
  }
}
