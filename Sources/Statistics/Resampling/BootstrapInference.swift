import GSL
import RandomAssignment

/// The bootstrap of a trial's contrast: units are drawn again with replacement as they were drawn.
///
/// Estimand: that of the planned estimator. Units are drawn within arms and blocks, whole clusters
/// where those were drawn, and the estimator is computed anew on each sample (``BootstrapInterval``).
/// Unadjusted means, rates and ratios of sums have a faster way to the same draws. Influences are the
/// linearised ones there, else a jackknife that leaves out one drawn unit, or one of 400 groups of
/// units where there are more.
///
/// Not for a handful of clusters (``WildClusterBootstrap``), nor for blocks of one unit an arm, whose
/// samples drawn again never vary.
///
/// In R: `boot::boot(strata = interaction(arm, block))`, `boot::boot.ci`.
/// Reference: Davison & Hinkley (1997), Bootstrap Methods and their Application.
public struct BootstrapInference: UnitInference, Hashable {
  /// `bootstrap`.
  public static let name = "bootstrap"
  /// How many samples are drawn again.
  public var draws: Int
  /// The seed of the draws.
  public var seed: UInt64
  /// How percentiles are taken.
  public var kind: BootstrapInterval.Kind

  /// Makes the inference.
  public init(draws: Int = 9_999, seed: UInt64 = 1, kind: BootstrapInterval.Kind = .bca) {
    self.draws = draws
    self.seed = seed
    self.kind = kind
  }

  /// Everything.
  public func applies(to kind: Response.Kind, drawnIn groups: DrawnGroups) -> Bool { true }

  /// Draws again.
  ///
  /// - Throws: what the estimator throws on the data themselves; ``EstimationError/numericalFailure``
  ///   where it fails on more than one sample in a hundred.
  public func estimate(
    _ contrast: Contrast, of response: Response, in units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) -> Estimate {
    let own = try value(contrast, of: response, in: units, by: estimator)
    var found: (draws: [Double], influences: [Double])?
    // An adjusted estimate may equal the plain one (balanced covariates) and vary less.
    if estimator is DifferenceInMeans || estimator is RatioOfSums {
      found = try ratioDraws(contrast, of: response, in: units, near: own)
    }
    if found == nil {
      found = try estimatorDraws(contrast, of: response, in: units, by: estimator)
    }
    guard let (draws, influences) = found else { throw .undefined }
    // On the scale of logarithms a hazard ratio's draws are its own.
    let isLogarithm = Self.isLogarithm(estimator, response)
    let scale = { (value: Double) in isLogarithm ? Elementary.exponential(value) : value }
    let evidence = try BootstrapInterval(
      estimate: scale(own), draws: draws.map(scale),
      influences: kind == .bca ? influences : nil, noEffect: scale(0))
    return Estimate(
      value: scale(own), standardError: isLogarithm ? nil : Self.deviation(of: draws),
      standardErrorType: kind == .bca ? .bootstrapBCa : .bootstrapPercentile,
      evidence: evidence)
  }

  private static func isLogarithm(_ estimator: any Estimator, _ response: Response) -> Bool {
    type(of: estimator).quantities[response.kind] == .logHazard
  }

  /// The difference of the two arms' means, on the estimator's own scale.
  private func value(
    _ contrast: Contrast, of response: Response, in units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) -> Double {
    let means = try estimator.marginalMeans(
      of: response, in: Sample(cells: units.cells(of: response), units: units), arms: units.arms)
    let arm = try means.index(of: contrast.arm)
    let control = try means.index(of: contrast.control)
    let difference = means.arms[arm].mean - means.arms[control].mean
    guard difference.isFinite else { throw .numericalFailure }
    return difference
  }

  /// Draws of sums over sums, where these are what the estimator compares.
  private func ratioDraws(
    _ contrast: Contrast, of response: Response, in units: UnitSample, near own: Double
  ) throws(EstimationError) -> (draws: [Double], influences: [Double])? {
    guard response.kind != .timeToEvent, response.kind != .quantile,
      let arm = units.arms.firstIndex(of: contrast.arm),
      let control = units.arms.firstIndex(of: contrast.control),
      let drawn = try? DrawnTotals(
        units, response: response, arms: [arm, control], treated: arm),
      let ratios = try? RatioResamples(drawn, treated: arm)
    else { return nil }
    let influences = ratios.influences
    let size = influences.reduce(abs(own)) { max($0, abs($1)) }
    guard abs(ratios.difference - own) <= 1e-9 * size else { return nil }
    let found = replicates(max(draws, 0), seed: seed, ratios.draw)
    return (try Self.usable(found), influences)
  }

  /// Draws of any estimator, computed anew on each.
  private func estimatorDraws(
    _ contrast: Contrast, of response: Response, in units: UnitSample, by estimator: any Estimator
  ) throws(EstimationError) -> (draws: [Double], influences: [Double]) {
    let resamples = Resamples(units)
    @Sendable func value(of sample: UnitSample?) -> Double {
      guard let sample else { return .nan }
      return (try? self.value(contrast, of: response, in: sample, by: estimator)) ?? .nan
    }
    let found = replicates(max(draws, 0), seed: seed) { generator in
      value(of: resamples.draw(using: &generator))
    }
    guard kind == .bca else { return (try Self.usable(found), []) }
    let groups = min(resamples.count, 400)
    let left = inParallel(count: groups) { group in
      value(
        of: resamples.without(Set(stride(from: group, to: resamples.count, by: groups))))
    }
    let known = try Self.usable(left)
    let mean = known.reduce(0) { $0 + $1 / Double(known.count) }
    return (try Self.usable(found), known.map { mean - $0 })
  }

  /// The draws that have a value: nearly all of them, or the answer would be about a part.
  private static func usable(_ draws: [Double]) throws(EstimationError) -> [Double] {
    let finite = draws.filter(\.isFinite)
    guard Double(finite.count) >= 0.99 * Double(draws.count), !finite.isEmpty else {
      throw .numericalFailure
    }
    return finite
  }

  private static func deviation(of draws: [Double]) -> Double? {
    var moments = Moments(variables: 1)
    for draw in draws { moments.add(draw) }
    return moments.variance(of: 0)?.squareRoot()
  }
}
