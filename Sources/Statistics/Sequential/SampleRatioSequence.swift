import GSL

/// A test for a sample-ratio mismatch that may be read after every unit.
///
/// Under the plan each unit is assigned independently with probabilities πₖ. The e-process is the Bayes
/// factor of Dirichlet-distributed probabilities, centred on the plan with concentration c, against the
/// plan:
///
///     Eₙ = Γ(c)/Γ(c + n) · Πₖ Γ(cπₖ + nₖ)/Γ(cπₖ) · Πₖ πₖ^(−nₖ)
///
/// It is a martingale with mean 1, so that the probability that it ever reaches 1/α is at most α (Ville's
/// inequality), however often one looks. p = 1/max Eₙ over the looks so far.
///
/// For hashed and simple assignment; where sizes are fixed by the draw, compare with the drawn list.
/// In R: `gtools::ddirichlet` gives the parts. Reference: Lindon & Malek (2022), "Anytime-Valid Inference
/// for Multinomial Count Data", NeurIPS 35, doi:10.48550/arXiv.2011.03567.
public struct SampleRatioSequence: Codable, Hashable, Sendable {
  /// How sure the alternative is that shares are near the plan: the number of units that it is worth.
  public static let concentration = 1000.0

  /// The planned probabilities.
  public let probabilities: [Double]
  /// The natural logarithm of Eₙ after each look.
  public private(set) var logEvidence: [Double]
  private var counts: [Int]

  /// Begins with nobody assigned.
  ///
  /// - Throws: ``SampleRatioError/malformed``; ``SampleRatioError/fewerThanTwoArms``.
  public init(weights: [Double]) throws(SampleRatioError) {
    guard weights.allSatisfy({ $0.isFinite && $0 >= 0 }) else { throw .malformed }
    guard weights.count(where: { $0 > 0 }) >= 2 else { throw .fewerThanTwoArms }
    let total = weights.reduce(0, +)
    guard total.isFinite else { throw .malformed }
    probabilities = weights.map { $0 / total }
    logEvidence = []
    counts = Array(repeating: 0, count: weights.count)
  }

  /// Adds the units of the next day (or of any other batch), by arm.
  ///
  /// - Throws: ``SampleRatioError/malformed``; ``SampleRatioError/unitsInZeroWeightArms(_:)``;
  ///   ``SampleRatioError/numericalFailure``. The sequence is then as before.
  public mutating func add(_ batch: [Int]) throws(SampleRatioError) {
    guard batch.count == counts.count, batch.allSatisfy({ $0 >= 0 }) else { throw .malformed }
    let strays = batch.indices.filter { batch[$0] > 0 && probabilities[$0] == 0 }
    guard strays.isEmpty else { throw .unitsInZeroWeightArms(strays) }
    var totals = counts
    for (arm, count) in batch.enumerated() {
      let (sum, overflow) = totals[arm].addingReportingOverflow(count)
      guard !overflow else { throw .malformed }
      totals[arm] = sum
    }
    logEvidence.append(try evidence(of: totals))
    counts = totals
  }

  /// The anytime-valid p-value after the last look; 1 before the first.
  public var pValue: Double {
    Elementary.exponential(-max(0, logEvidence.max() ?? 0))
  }

  private func evidence(of counts: [Int]) throws(SampleRatioError) -> Double {
    let c = Self.concentration
    let n = counts.reduce(0.0) { $0 + Double($1) }
    guard let before = logGamma(c), let after = logGamma(c + n) else { throw .numericalFailure }
    var value = before - after
    for (count, probability) in zip(counts, probabilities) where probability > 0 {
      let shape = c * probability
      guard let low = logGamma(shape), let high = logGamma(shape + Double(count)) else {
        throw .numericalFailure
      }
      value += high - low - Double(count) * Elementary.logarithm(probability)
    }
    return value
  }
}
