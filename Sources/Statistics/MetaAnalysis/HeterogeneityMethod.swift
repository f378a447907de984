/// How τ², the variance of the true effects between studies, is estimated.
public enum HeterogeneityMethod: String, CaseIterable, Codable, Hashable, Sendable {
  /// No τ² at all: one common effect, or the weighted average of exactly these studies' effects.
  ///
  /// Its interval says nothing about another place. R: `method = "EE"`.
  case equalEffects = "equal_effects"
  /// The moment estimator from Cochran's Q, in one step.
  ///
  /// Biased downwards when studies differ much; kept because older reviews print it. R: `"DL"`.
  /// DerSimonian & Laird (1986), doi:10.1016/0197-2456(86)90046-2.
  case derSimonianLaird = "dersimonian_laird"
  /// The τ² at which the weighted sum of squares equals its expectation; R: `"PM"`, also called the
  /// empirical Bayes estimator. Paule & Mandel (1982), doi:10.6028/jres.087.022.
  case pauleMandel = "paule_mandel"
  /// Maximum likelihood, which ignores that the mean was estimated too and so is too small. R: `"ML"`.
  case maximumLikelihood = "ml"
  /// Restricted maximum likelihood: the default. R: `"REML"`.
  ///
  /// Viechtbauer (2005), doi:10.3102/10769986030003261.
  case restrictedMaximumLikelihood = "reml"
}
