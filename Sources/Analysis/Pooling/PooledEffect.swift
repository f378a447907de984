import Statistics
public import Vocabulary

/// Several trials, or the towns of one, as one answer: the average effect, how much it differs between places, and
/// what another place may expect.
///
/// Estimand: the mean μ of true effects of places like these; random effects by REML, with Hartung and Knapp's
/// standard error, and a prediction interval μ ± t_{k−2}·√(τ² + SE²). With two studies t_{k−2} does not exist, and with one
/// nothing does: the numbers are then nil.
///
/// In R: `metafor::rma(yi, vi, test = "knha")`, `predict(pi.type = "riley")`.
/// References: IntHout, Ioannidis & Borm (2014), doi:10.1186/1471-2288-14-25; Higgins, Thompson & Spiegelhalter (2009),
/// doi:10.1111/j.1467-985X.2008.00552.x.
public struct PooledEffect: Codable, Hashable, Sendable {
  /// One trial, or one town.
  public struct Study: Codable, Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Its own estimate.
    public var estimate: Double
    /// With this standard error.
    public var stdError: Double
    /// People in both arms; nil where it is not known.
    public var n: Int?
    /// Its interval.
    public var confLow: Double
    /// Its interval.
    public var confHigh: Double
    /// Its share of the average.
    public var weight: Double?
    /// Its true effect, as far as its own data and the others' tell; nil where nothing was pooled.
    public var shrunken: Double?
    /// The standard error of that.
    public var shrunkenError: Double?
  }

  /// A study that could not be used, and why.
  public struct LeftOut: Codable, Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Why.
    public var note: Note
  }

  /// The outcome's name for readers.
  public var outcome: BilingualText
  /// Whether effects are differences of rates.
  public var isRate: Bool
  /// The measure that was pooled.
  public var measure: String
  /// The confidence level.
  public var level: Double
  /// The studies.
  public var studies: [Study]
  /// Those that could not be used.
  public var leftOut: [LeftOut]
  /// μ.
  public var estimate: Double?
  /// Its standard error.
  public var stdError: Double?
  /// The confidence interval of μ.
  public var confLow: Double?
  /// The confidence interval of μ.
  public var confHigh: Double?
  /// Whether μ is 0.
  public var pValue: Double?
  /// In which the true effect of another place lies.
  public var predLow: Double?
  /// In which the true effect of another place lies.
  public var predHigh: Double?
  /// The standard deviation of true effects between places.
  public var tau: Double?
  /// The confidence interval of ``tau``.
  public var tauLow: Double?
  /// The confidence interval of ``tau``.
  public var tauHigh: Double?
  /// Q, whether effects differ at all.
  public var q: Double?
  /// The p-value of ``q``.
  public var qPValue: Double?
  /// The share of the spread that is more than chance.
  public var iSquared: Double?

  /// Pools studies, of which name, estimate, standard error and people are known.
  init(
    _ studies: [(name: String, estimate: Double, stdError: Double, n: Int?)], leftOut: [LeftOut],
    outcome: BilingualText, isRate: Bool, measure: String, level: Double
  ) {
    self.outcome = outcome
    self.isRate = isRate
    self.measure = measure
    self.level = level
    self.leftOut = leftOut
    self.studies = studies.map { study in
      let own = try? StudentEvidence(
        estimate: study.estimate, standardError: study.stdError, degreesOfFreedom: nil
      ).interval(level: level)
      var (low, high) = (study.estimate, study.estimate)
      if case .between(let a, let b)? = own { (low, high) = (a, b) }
      return Study(
        name: study.name, estimate: study.estimate, stdError: study.stdError, n: study.n,
        confLow: low, confHigh: high)
    }
    pool()
  }

  private mutating func pool() {
    let effects = studies.map {
      StudyEffect(value: $0.estimate, variance: $0.stdError * $0.stdError)
    }
    guard effects.count > 1,
      let model = try? MetaAnalysis(of: effects, inference: .hartungKnapp)
    else { return }
    estimate = model.pooled.estimate
    stdError = model.pooled.standardError
    if case .between(let low, let high)? = try? model.pooled.interval(level: level) {
      (confLow, confHigh) = (low, high)
    }
    pValue = try? model.pooled.pValue(of: 0)
    tau = model.tauSquared.squareRoot()
    if case .between(let low, let high)? = try? model.heterogeneity.tauSquaredInterval(level: level)
    {
      tauLow = max(0, low).squareRoot()
      tauHigh = high.isFinite ? high.squareRoot() : nil
    }
    q = model.heterogeneity.statistic
    qPValue = model.heterogeneity.pValue
    iSquared = model.heterogeneity.iSquared
    if case .between(let low, let high)? = try? model.predictionInterval(
      level: level, .studentKMinus2)
    {
      (predLow, predHigh) = (low, high)
    }
    let weights = effects.map { 1 / ($0.variance + model.tauSquared) }
    let total = weights.reduce(0, +)
    for (place, (weight, own)) in zip(weights, model.model.predictions).enumerated() {
      studies[place].weight = weight / total
      studies[place].shrunken = own.value
      studies[place].shrunkenError = own.standardError
    }
  }
}
