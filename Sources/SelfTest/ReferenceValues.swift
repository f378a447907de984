import RandomAssignment
import Statistics
import Vocabulary

// Small published data and what R, Stata or the paper says of them. The tests hold many more.

extension Agreement {
  static var all: [Agreement] {
    rates + means + designs + regression + times + synthesis + early + planning + many + drawn
      + counts + strata
  }

  init(_ ja: String, _ en: String, _ source: String, _ printed: String, _ ours: Double?) {
    self.init(
      subject: BilingualText(ja: ja, en: en), source: source, printed: printed, ours: ours)
  }

  private static func ends(_ interval: Interval?) -> (low: Double?, high: Double?) {
    guard case .between(let low, let high)? = interval else { return (nil, nil) }
    return (low, high)
  }

  // MARK: - Rates

  /// 56 of 70 against 48 of 80: Newcombe (1998), example (a).
  private static var rates: [Agreement] {
    let table = TwoByTwoTable(events: 56, of: 70, versus: 48, of: 80)
    let difference = table.map { ScoreTest<DifferenceScale>($0) }
    let score = ends(try? difference?.interval(level: 0.95))
    let newcombe = ends(try? table?.newcombeInterval(level: 0.95))
    let small = TwoByTwoTable(events: 7, of: 34, versus: 1, of: 34)
    let wilson = ends(try? SingleRate(events: 81, of: 263)?.wilsonInterval(level: 0.95))
    return [
      Agreement("率の差（MN）下限", "rate difference (MN), lower", "R", "0.0528", score.low),
      Agreement("率の差（MN）上限", "rate difference (MN), upper", "R", "0.3382", score.high),
      Agreement(
        "率の差（Newcombe 10）下限", "rate difference (Newcombe 10), lower", "Newcombe 1998",
        "0.0524", newcombe.low),
      Agreement(
        "率の差（Newcombe 10）上限", "rate difference (Newcombe 10), upper", "Newcombe 1998",
        "0.3339", newcombe.high),
      Agreement("Fisher の p", "Fisher's p", "R", "0.05440013", small?.fisherExactPValue),
      Agreement("率（Wilson）下限", "one rate (Wilson), lower", "Newcombe 1998", "0.2553", wilson.low),
    ]
  }

  // MARK: - Means

  /// Student's sleep data.
  private static let sleep = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
  )

  private static func compare(
    _ estimator: some Estimator = DifferenceInMeans(), control: [Double], social: [Double],
    blocks: [Int]? = nil
  ) -> Estimate? {
    let sample = UnitSample(
      arms: Scenario.arms,
      assignment: control.map { _ in 0 } + social.map { _ in 1 },
      response: [control + social], blocks: blocks.map { Grouping($0) })
    guard let sample,
      let means = try? estimator.marginalMeans(
        of: .continuous("y"), in: Sample(units: sample), arms: Scenario.arms)
    else { return nil }
    return try? MeanDifference().estimate(Scenario.contrast, from: means)
  }

  private static func p(_ estimate: Estimate?) -> Double? { try? estimate?.evidence.pValue(of: 0) }

  private static var means: [Agreement] {
    let welch = compare(control: sleep.0, social: sleep.1)
    let pooled = compare(
      DifferenceInMeans(variance: .pooled), control: sleep.0, social: sleep.1)
    return [
      Agreement("Welch の自由度", "Welch's df", "R t.test", "17.776473516178", welch?.degreesOfFreedom),
      Agreement("Welch の p", "Welch's p", "R t.test", "0.0793941401874", p(welch)),
      Agreement("等分散の p", "pooled p", "R t.test", "0.0791867142159", p(pooled)),
    ]
  }

  private static var designs: [Agreement] {
    let pairs = Array(0..<10)
    let paired = compare(control: sleep.0, social: sleep.1, blocks: pairs + pairs)
    // Yates's peas: nitrogen within six blocks of four.
    let peas = compare(
      control: [49.5, 46.8, 55.5, 56, 62.8, 55, 45.5, 44.2, 51.5, 48.8, 53.2, 56],
      social: [62.8, 57, 59.8, 58.5, 55.8, 69.5, 62, 48.8, 52, 49.8, 57.2, 59],
      blocks: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    return [
      Agreement("ペアの標準誤差", "matched pairs, SE", "estimatr", "0.38895872", paired?.standardError),
      Agreement("ペアの p", "matched pairs, p", "estimatr", "0.00283289", p(paired)),
      Agreement("層別の差", "blocked difference", "estimatr", "5.6166667", peas?.value),
      Agreement("層別の標準誤差", "blocked, SE", "estimatr", "1.8456781", peas?.standardError),
      Agreement("層別の p", "blocked, p", "estimatr", "0.010214", p(peas)),
    ]
  }

  // MARK: - Regression

  /// Motor Trend's 32 cars: miles per gallon, horsepower, weight, cylinders, manual gear.
  private static let mpg = [
    21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
    14.7,
    32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
  ]
  private static let horsepower: [Double] = [
    110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65,
    97,
    150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109,
  ]
  private static let weight = [
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25,
    5.424,
    5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57,
    2.78,
  ]
  private static let cylinders = [
    6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4,
  ]
  private static let manual = [
    1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1,
  ]

  private static var regression: [Agreement] {
    let intercept = LinearDesign.Column.intercept(rows: mpg.count)
    let hp = LinearDesign.Column("hp", horsepower)
    let wt = LinearDesign.Column("wt", weight)
    let model = LinearDesign(columns: [intercept, hp]).flatMap { try? LinearModel(mpg, on: $0) }
    func error(_ covariance: CovarianceEstimator) -> ContrastEstimate? {
      try? model?.coefficient("hp", covariance: covariance)
    }
    let cr2 = error(.cr2(Grouping(cylinders)))
    let lin = try? LinAdjustment(
      of: mpg, assignment: manual.map { Scenario.arms[$0] }, arms: Scenario.arms, covariates: [wt]
    ).effect(Scenario.contrast)
    let iv = try? TwoStageLeastSquares(
      of: mpg, endogenous: [hp], exogenous: [intercept], instruments: [wt])
    let hp2 = try? iv?.model.coefficient("hp", covariance: .hc2)
    return [
      Agreement("HC2 標準誤差", "HC2 SE", "estimatr, Stata", "0.014714733", error(.hc2)?.standardError),
      Agreement("HC3 標準誤差", "HC3 SE", "estimatr, Stata", "0.016601933", error(.hc3)?.standardError),
      Agreement("CR2 標準誤差", "CR2 SE", "clubSandwich", "0.026524621", cr2?.standardError),
      Agreement("CR2 自由度", "CR2 df", "clubSandwich", "1.393706", cr2?.degreesOfFreedom),
      Agreement("Lin の推定値", "Lin's estimate", "estimatr", "-2.1677278", lin?.value),
      Agreement("Lin の標準誤差", "Lin's SE", "estimatr", "1.0482791", lin?.standardError),
      Agreement("2SLS の推定値", "2SLS estimate", "estimatr", "-0.11578132", hp2?.value),
      Agreement("2SLS の標準誤差", "2SLS SE", "estimatr", "0.015478712", hp2?.standardError),
      Agreement(
        "第一段階の F", "first-stage F", "Stata", "22.998737",
        try? iv?.firstStageF(of: "hp", covariance: .classical)),
    ]
  }

  // MARK: - Times

  /// Maintenance chemotherapy in leukaemia (R: survival::aml), maintained and not.
  private static var times: [Agreement] {
    let maintained: [(Double, Double)] = [
      (9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1),
      (161, 0),
    ]
    let not: [(Double, Double)] = [
      (5, 1), (5, 1), (8, 1), (8, 1), (12, 1), (16, 0), (23, 1), (27, 1), (30, 1), (33, 1),
      (43, 1), (45, 1),
    ]
    let sample = UnitSample(
      arms: Scenario.arms, assignment: maintained.map { _ in 0 } + not.map { _ in 1 },
      response: [(maintained + not).map(\.0), (maintained + not).map(\.1)])
    let response = Response.timeToEvent("t", event: "e", horizon: 40)
    func estimate(_ measure: any EffectMeasure, _ estimator: some Estimator) -> Estimate? {
      guard let sample,
        let means = try? estimator.marginalMeans(
          of: response, in: Sample(units: sample), arms: Scenario.arms)
      else { return nil }
      return try? measure.estimate(Scenario.contrast, from: means)
    }
    let hazard = estimate(HazardRatio(), Cox())
    let area = estimate(RestrictedMeanDifference(), RestrictedMean())
    let logRank = sample.flatMap { sample in
      try? LogRankTest(
        FollowUp(times: sample.response[0], events: sample.response[1].map { $0 == 1 }),
        groups: sample.assignment.map { Scenario.arms[$0] })
    }
    return [
      Agreement("ハザード比", "hazard ratio", "R coxph", "2.498105", hazard?.value),
      Agreement(
        "平均期間の差（40週）", "restricted mean difference (40 weeks)", "R survfit", "-6.967172",
        area?.value),
      Agreement("その標準誤差", "its SE", "R survfit", "5.1707096", area?.standardError),
      Agreement("ログランク χ²", "log-rank χ²", "R survdiff", "3.3963887", logRank?.statistic),
    ]
  }

  // MARK: - Synthesis

  /// BCG vaccine against tuberculosis, 13 trials: log risk ratios.
  private static var synthesis: [Agreement] {
    let counts = [
      (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13_598, 248, 12_867),
      (33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629), (505, 88_391, 499, 88_391),
      (29, 7499, 45, 7277), (17, 1716, 65, 1665), (186, 50_634, 141, 27_338), (5, 2498, 3, 2341),
      (27, 16_913, 29, 17_854),
    ]
    let studies = counts.compactMap { a, n, c, m in
      TwoByTwoTable(events: a, of: n, versus: c, of: m).map(StudyEffect.logRiskRatio)
    }
    let reml = try? MetaAnalysis(of: studies)
    let knapp = try? MetaAnalysis(of: studies, inference: .hartungKnapp)
    let dl = try? MetaAnalysis(of: studies, method: .derSimonianLaird)
    let prediction = ends(try? reml?.predictionInterval(level: 0.95, .studentKMinus2))
    return [
      Agreement("REML の μ", "REML μ", "metafor", "-0.7145", reml?.pooled.estimate),
      Agreement("REML の τ²", "REML τ²", "metafor", "0.3132", reml?.tauSquared),
      Agreement("DL の τ²", "DL τ²", "metafor", "0.3088", dl?.tauSquared),
      Agreement(
        "Hartung–Knapp の標準誤差", "Hartung–Knapp SE", "metafor", "0.1808",
        knapp?.pooled.standardError),
      Agreement("予測区間の下限", "prediction interval, lower", "HTS", "-2.0084", prediction.low),
      Agreement("予測区間の上限", "prediction interval, upper", "HTS", "0.5793", prediction.high),
    ]
  }

  // MARK: - Looking early, planning, many questions

  private static var early: [Agreement] {
    let spent = try? SequentialBoundary.lanDeMets(
      informationFractions: [0.25, 0.5, 0.75, 1], significance: 0.025, sides: .one,
      spending: .obrienFleming)
    let pocock = try? SequentialBoundary.classical(.pocock, looks: 5, significance: 0.05)
    let fourteen = try? SequentialBoundary.classical(
      .obrienFleming, looks: 14, significance: 0.05)
    let bounds = spent?.upper ?? []
    return zip(["4.3326", "2.9631", "2.3590", "2.0141"], bounds).enumerated().map { look, pair in
      Agreement(
        "Lan–DeMets（OF型）\(look + 1)回目", "Lan–DeMets (OF), look \(look + 1)", "gsDesign", pair.0,
        pair.1)
    } + [
      Agreement("Pocock、5回", "Pocock, 5 looks", "Pocock 1977", "2.4132", pocock?.upper.first),
      Agreement(
        "O’Brien–Fleming 14回の第一種の過誤", "O’Brien–Fleming, 14 looks, type I error", "0.05",
        "0.05000", try? fourteen?.typeIError()),
    ]
  }

  private static var planning: [Agreement] {
    let half = try? TwoProportionPower(control: 0.5)
    let tenth = try? TwoProportionPower(control: 0.1)
    return [
      Agreement(
        "人数（.50→.75、検出力.9）", "n (.50 to .75, power .9)", "R power.prop.test", "76.7",
        try? half?.controlUnits(rate: 0.75, power: 0.9)),
      Agreement(
        "人数（.10→.12、検出力.8）", "n (.10 to .12, power .8)", "R power.prop.test", "3840.85",
        try? tenth?.controlUnits(rate: 0.12, power: 0.8)),
    ]
  }

  private static var many: [Agreement] {
    let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216]
    func third(_ method: Multiplicity) -> Double? { try? method.adjusted(p)[2] }
    return [
      Agreement("Holm（3番目）", "Holm, third", "R p.adjust", "0.312", third(.holm)),
      Agreement("Hochberg（3番目）", "Hochberg, third", "R p.adjust", "0.216", third(.hochberg)),
      Agreement(
        "Benjamini–Hochberg（3番目）", "Benjamini–Hochberg, third", "R p.adjust", "0.084",
        third(.bh)),
    ]
  }
}
