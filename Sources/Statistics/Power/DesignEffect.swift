/// By how much clusters inflate the variance of a mean: 1 + (m̃ − 1)·ρ.
///
/// ρ is the intra-cluster correlation and m̃ = Σm²/Σm the size of the cluster an average unit is in;
/// m̃ = (1 + CV²)·m̄. With equal clusters this is Kish's 1 + (m − 1)ρ. Multiply a sample size for
/// individuals by it, or divide units by it to get the effective number.
///
/// The unequal form is that of an analysis that weights units equally, and a little conservative for
/// one that weights clusters by their information.
///
/// Kish (1965), Survey Sampling, chapter 5; Eldridge, Ashby & Kerry (2006), doi:10.1093/ije/dyl129.
public struct DesignEffect: Hashable, Sendable {
  /// The factor.
  public let value: Double

  /// The factor for clusters of these sizes.
  ///
  /// - Throws: ``EstimationError/undefined`` unless sizes are positive, and the correlation is at most
  ///   1 and leaves the factor positive.
  public init(clusterSizes: [Int], intraclusterCorrelation: Double) throws(EstimationError) {
    guard !clusterSizes.isEmpty, clusterSizes.allSatisfy({ $0 > 0 }) else { throw .undefined }
    let sum = clusterSizes.reduce(0.0) { $0 + Double($1) }
    let squares = clusterSizes.reduce(0.0) { $0 + Double($1) * Double($1) }
    try self.init(sizeSeenByAUnit: squares / sum, intraclusterCorrelation)
  }

  /// The factor for a mean cluster size and the coefficient of variation of the sizes.
  ///
  /// - Throws: ``EstimationError/undefined`` for a mean below 1, a negative variation, or a
  ///   correlation above 1 or so negative that the factor would not be positive.
  public init(
    meanClusterSize: Double, coefficientOfVariation: Double = 0, intraclusterCorrelation: Double
  ) throws(EstimationError) {
    guard meanClusterSize >= 1, coefficientOfVariation >= 0 else { throw .undefined }
    let size = meanClusterSize * (1 + coefficientOfVariation * coefficientOfVariation)
    try self.init(sizeSeenByAUnit: size, intraclusterCorrelation)
  }

  private init(sizeSeenByAUnit size: Double, _ correlation: Double) throws(EstimationError) {
    let value = 1 + (size - 1) * correlation
    guard size.isFinite, correlation <= 1, value > 0, value.isFinite else { throw .undefined }
    self.value = value
  }

  /// How many independent units carry the information of these.
  public func effectiveUnits(_ units: Double) -> Double { units / value }
}
