import GSL

/// How much the studies' effects differ beyond what sampling alone would do.
public struct Heterogeneity: Sendable {
  /// Cochran's Q: Σ(yᵢ − ŷᵢ)²/vᵢ around the line (without moderators, around the mean) at τ² = 0.
  public let statistic: Double
  /// k − p.
  public let degreesOfFreedom: Int
  /// The χ² test that τ² is 0; nil without degrees of freedom. Weak with few studies: a large p is
  /// no evidence that studies agree.
  public let pValue: Double?
  /// I², the share of the observed variation that is not sampling, from 0 to 1; nil without degrees
  /// of freedom.
  ///
  /// τ²/(τ² + ṽ) with the typical sampling variance ṽ = (k − p)/tr P. It grows with the studies'
  /// sizes; it does not say how much effects differ, which τ and the prediction interval do. Under
  /// equal effects it is (Q − df)/Q. Higgins & Thompson (2002), doi:10.1002/sim.1186.
  public let iSquared: Double?
  /// H² = 1 + τ²/ṽ, total over sampling variation; nil without degrees of freedom.
  public let hSquared: Double?

  private let search: BetweenStudyVariance

  init(_ search: BetweenStudyVariance, tauSquared: Double?) throws(MetaAnalysisError) {
    let fit = try WeightedFit(search.effects, columns: search.columns, tauSquared: 0)
    let q = fit.sumOfSquares
    self.search = search
    statistic = q
    degreesOfFreedom = search.effects.count - search.columns.count
    guard degreesOfFreedom > 0 else {
      (pValue, iSquared, hSquared) = (nil, nil, nil)
      return
    }
    let df = Double(degreesOfFreedom)
    guard let tail = ChiSquared(degreesOfFreedom: df)?.upperTail(q) else {
      throw .numericalFailure
    }
    pValue = tail
    if let tauSquared {
      let typical = df / fit.traceP
      iSquared = tauSquared / (tauSquared + typical)
      hSquared = 1 + tauSquared / typical
    } else {
      iSquared = q > df ? (q - df) / q : 0
      hSquared = q / df
    }
  }

  /// The confidence set of τ² by inverting the Q-profile test: exact when effects are normal.
  ///
  /// It starts at 0 where the test cannot reject 0. When effects lie closer together than sampling
  /// allows every τ² is rejected; the set is then given as 0 to 0, as in R.
  ///
  /// R: `confint(rma(…))`. Viechtbauer (2007), doi:10.1002/sim.2514.
  ///
  /// - Throws: ``MetaAnalysisError/tooFewStudies(count:needed:)`` without degrees of freedom;
  ///   ``MetaAnalysisError/undefined`` unless 0 < `level` < 1.
  public func tauSquaredInterval(level: Double) throws(MetaAnalysisError) -> Interval {
    try search.profileInterval(level: level)
  }
}
