/// How alike an arm and the control are in one covariate that was known before the draw.
///
/// There is no p-value on purpose: the draw was random, so a test of one covariate tests what is known to be
/// true, and stars invite adjusting for whatever got one. ``OmnibusBalance`` asks the one question that makes
/// sense, about all covariates together.
///
/// In R: `cobalt::bal.tab(binary = "std", s.d.denom = "pooled")`. Reference: Austin (2009),
/// doi:10.1002/sim.3697.
public struct CovariateBalance: Codable, Hashable, Sendable {
  /// Units of the arm whose covariate is known.
  public let count: Int
  /// Their mean.
  public let mean: Double?
  /// The control's mean.
  public let controlMean: Double?
  /// (x̄ − x̄₀)/√((s² + s₀²)/2); nil without variation or with fewer than two units in an arm.
  public let standardizedDifference: Double?
  /// s²/s₀²; nil as above, and for a control without variation.
  public let varianceRatio: Double?

  /// Compares the values of an arm with those of the control; values that are not finite are unknown.
  public init(arm: [Double], control: [Double]) {
    // Both from one of the values, so that a large common part costs no digits.
    let origin = (control + arm).first(where: \.isFinite) ?? 0
    self.init(Summary(of: arm, from: origin), Summary(of: control, from: origin), from: origin)
  }

  /// Compares the moments of one covariate in an arm and in the control.
  public init(arm: Moments, control: Moments) {
    self.init(Summary(of: arm), Summary(of: control), from: 0)
  }

  private init(_ a: Summary, _ b: Summary, from origin: Double) {
    count = a.count
    mean = a.centre.map { origin + $0 }
    controlMean = b.centre.map { origin + $0 }
    guard let c = a.centre, let c0 = b.centre, let v = a.variance, let v0 = b.variance else {
      standardizedDifference = nil
      varianceRatio = nil
      return
    }
    let pooled = (v + v0) / 2
    standardizedDifference = pooled > 0 ? (c - c0) / pooled.squareRoot() : nil
    varianceRatio = v0 > 0 ? v / v0 : nil
  }

  private struct Summary {
    var count = 0
    /// The mean, from the origin.
    var centre: Double?
    var variance: Double?

    init(of moments: Moments) {
      count = moments.count
      centre = count > 0 ? moments.means.first : nil
      variance = moments.variance(of: 0)
    }

    init(of values: [Double], from origin: Double) {
      let known = values.filter(\.isFinite).map { $0 - origin }
      count = known.count
      guard count > 0 else { return }
      let centre = known.reduce(0, +) / Double(count)
      self.centre = centre
      guard count > 1 else { return }
      variance = known.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(count - 1)
    }
  }
}
