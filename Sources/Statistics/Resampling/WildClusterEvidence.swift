/// What reweighted clusters say about an effect: ``WildClusterBootstrap`` makes it.
///
/// The interval holds the effects θ₀ with p(θ₀) ≥ 1 − level, with the same weights for all of them. Where
/// even an effect far away is not rejected (few clusters), it has no end on that side.
///
/// Not for comparing p-values finer than 1/(B + 1), or 2^(1 − G) where all signs were visited.
///
/// In R: `fwildclusterboot::boottest(p_val_type = "two-tailed" or "equal-tailed")`.
/// Reference: Roodman, MacKinnon, Nielsen & Webb (2019), doi:10.1177/1536867X19830877.
public struct WildClusterEvidence: Evidence {
  /// What counts as at least as extreme as the data.
  public enum Tails: String, Codable, CaseIterable, Hashable, Sendable {
    /// |t*| ≥ |t|.
    case symmetric
    /// Twice the rarer of t* ≤ t and t* ≥ t. Weights that are symmetric around 0, as all are here, make
    /// t* symmetric too: the two differ by chance alone, and not at all where all signs were visited.
    case equal
  }

  /// What counts as at least as extreme.
  public let tails: Tails
  /// Whether every combination of weights was visited.
  public let isExact: Bool
  /// 0.
  public var noEffect: Double { 0 }
  /// How many draws there were.
  public var draws: Int { sums.count }

  private let model: WildClusterModel
  private let data: WildClusterModel.Draw
  private let sums: [WildClusterModel.Draw]

  init(
    model: WildClusterModel, draws: [WildClusterModel.Draw], isExact: Bool,
    tails: Tails = .symmetric
  ) {
    self.model = model
    self.tails = tails
    self.isExact = isExact
    data = model.data
    sums = draws
  }

  /// The share of draws that are at least as extreme as the data, the data among them.
  ///
  /// - Throws: ``EstimationError/undefined`` for a null value that is not finite.
  public func pValue(of null: Double) throws(EstimationError) -> Double {
    guard null.isFinite else { throw .undefined }
    return pValue(at: model.place(of: null))
  }

  /// The effects that are not rejected.
  ///
  /// - Throws: ``EstimationError/undefined`` for a level that is not between 0 and 1.
  public func interval(level: Double) throws(EstimationError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    return model.effects(at: 1 - level, pValue: pValue)
  }

  private func pValue(at place: WildClusterModel.Place) -> Double {
    let seen = data.statistic(at: place)
    // Draws that repeat the data differ from them by rounding.
    let slack = seen.isFinite ? 1e-9 * max(abs(seen), 1e-12) : 0
    switch tails {
    case .symmetric:
      return share(sums.count { abs($0.statistic(at: place)) >= abs(seen) - slack })
    case .equal:
      var (below, above) = (0, 0)
      for draw in sums {
        let drawn = draw.statistic(at: place)
        if drawn <= seen + slack { below += 1 }
        if drawn >= seen - slack { above += 1 }
      }
      return min(1, 2 * share(min(below, above)))
    }
  }

  private func share(_ extreme: Int) -> Double {
    isExact
      ? Double(extreme) / Double(sums.count) : Double(extreme + 1) / Double(sums.count + 1)
  }
}
