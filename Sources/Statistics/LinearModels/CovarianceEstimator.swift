/// How the covariance of least-squares coefficients is estimated, with the degrees of freedom that
/// belong to it.
///
/// With residuals e, leverages h, n rows, k columns (absorbed blocks among them) and J clusters:
///
/// | case | what stands in place of σ² | degrees of freedom |
/// |---|---|---|
/// | `classical` | Σwe²/(n − k) for all | n − k |
/// | `hc0` | e² | n − k |
/// | `hc1` | e²·n/(n − k) | n − k |
/// | `hc2` | e²/(1 − h) | n − k |
/// | `hc2BellMcCaffrey` | e²/(1 − h) | Satterthwaite, one for each contrast |
/// | `hc3` | e²/(1 − h)² | n − k |
/// | `cr0` | e·eᵀ in each cluster | J − 1 |
/// | `cr1` | the same times J/(J − 1)·(n − 1)/(n − k) (Stata) | J − 1 |
/// | `cr2` | A·e·eᵀ·A in each cluster | Satterthwaite, one for each contrast |
///
/// A is the inverse root of the cluster's block of (I − H)(I − H)ᵀ, which makes CR2 unbiased under
/// one variance for all rows.
///
/// Clusters when units were drawn in clusters (schools, villages, offices); not because outcomes
/// are alike within towns. With fewer than about 40 clusters only `cr2` keeps its level; `hc0` and
/// `cr0` are too small and are here to reproduce published tables. CR1 counts absorbed blocks in k
/// even when clusters contain them (Stata's `areg`, not `xtreg`).
///
/// In R: `estimatr::lm_robust(se_type = )`; `hc2BellMcCaffrey` and `cr2`: `clubSandwich::vcovCR`
/// and `coef_test(test = "Satterthwaite")`.
/// References: MacKinnon & White (1985), doi:10.1016/0304-4076(85)90158-7; Imbens & Kolesár (2016),
/// doi:10.1162/REST_a_00552; Pustejovsky & Tipton (2018), doi:10.1080/07350015.2016.1247004.
public enum CovarianceEstimator: Hashable, Sendable {
  /// One variance for all rows.
  case classical
  /// White's original estimator.
  case hc0
  /// White's, scaled by n/(n − k).
  case hc1
  /// Unbiased under one variance for all rows.
  case hc2
  /// HC2 with the degrees of freedom of Bell and McCaffrey.
  case hc2BellMcCaffrey
  /// Close to the jackknife.
  case hc3
  /// Liang and Zeger's cluster-robust estimator.
  case cr0(Grouping)
  /// Stata's cluster-robust estimator.
  case cr1(Grouping)
  /// Bias-reduced linearisation, with Satterthwaite degrees of freedom.
  ///
  /// Time grows with rows × k² and, for each cluster, with the cube of k plus the absorbed blocks
  /// that it shares with other clusters (none when blocks lie within clusters, one when clusters
  /// lie within blocks). Weights together with absorbed blocks are not supported: give the blocks'
  /// columns instead.
  case cr2(Grouping)
}
