/// Two arms that are compared: `arm` minus (or over) `control`.
public struct Contrast: Codable, Hashable, Sendable {
  /// The arm under study.
  public var arm: String
  /// The arm it is compared with.
  public var control: String

  /// Makes a contrast.
  public init(_ arm: String, versus control: String) {
    self.arm = arm
    self.control = control
  }
}

/// What the data say about one number, before anyone asks at which level.
///
/// A test is a value: the null and the level are asked later. `pValue(of:)` and `interval(level:)`
/// come from the same family of tests, so that for every null value θ₀
///
///     pValue(of: θ₀) < α  ⇔  interval(level: 1 − α) does not contain θ₀.
public protocol Evidence: Sendable {
  /// The value of the effect measure that means no effect: 0 for differences, 1 for ratios.
  var noEffect: Double { get }
  /// The two-sided p-value of the hypothesis that the true value is `null`.
  func pValue(of null: Double) throws(EstimationError) -> Double
  /// The values that the test at 1 − `level` does not reject; `level` is above 0 and below 1.
  func interval(level: Double) throws(EstimationError) -> Interval
}

/// The point estimate of one effect measure for one contrast, with the evidence behind it.
public struct Estimate: Sendable {
  /// The point estimate; ±∞ where a divisor is zero, nil where it is undefined (0/0). An interval may
  /// exist all the same.
  public var value: Double?
  /// The standard error on the measure's own scale, where one is meaningful.
  public var standardError: Double?
  /// The test statistic of no effect, where there is one.
  public var statistic: Double?
  /// Degrees of freedom; nil means the normal distribution, or that the notion does not apply.
  public var degreesOfFreedom: Double?
  /// How the uncertainty was computed.
  public var standardErrorType: MarginalMeans.StandardErrorType
  /// What answers for p-values and intervals.
  public var evidence: any Evidence

  /// Makes an estimate.
  public init(
    value: Double?, standardError: Double? = nil, statistic: Double? = nil,
    degreesOfFreedom: Double? = nil, standardErrorType: MarginalMeans.StandardErrorType,
    evidence: any Evidence
  ) {
    self.value = value
    self.standardError = standardError
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.standardErrorType = standardErrorType
    self.evidence = evidence
  }
}
