import GSL

/// How unlike arms may be for a rerandomised draw to be accepted.
public enum MahalanobisThreshold {
  /// The value that M of ``OmnibusBalance`` stays below in about this share of complete draws: the lower quantile of χ² with
  /// covariates × (arms − 1) degrees of freedom.
  ///
  /// 0, which no draw passes, unless the share lies between 0 and 1 and there are covariates and two arms. In
  /// R: `qchisq(share, covariates * (arms - 1))`. Morgan & Rubin (2012), doi:10.1214/12-AOS1008.
  public static func value(accepting share: Double, covariates: Int, arms: Int) -> Double {
    guard share > 0, share < 1, covariates > 0, arms > 1 else { return 0 }
    let freedom = Double(covariates * (arms - 1))
    guard let distribution = ChiSquared(degreesOfFreedom: freedom) else { return 0 }
    // P(X ≤ x) rises from 0; the median of χ² is below its mean.
    let most = freedom + 20 * (2 * freedom).squareRoot() + 100
    return root(between: 0, and: most) { x in
      1 - (distribution.upperTail(x) ?? .nan) - share
    } ?? 0
  }
}
