/// Why a pooled effect, or a number beside it, does not exist for these studies.
public enum MetaAnalysisError: Error, Hashable, Sendable {
  /// Shapes disagree: a moderator, or the clusters, need one entry a study.
  case malformed
  /// An effect, or a moderator of it, is not a finite number; the position of the study.
  case notFinite(study: Int)
  /// A sampling variance must be above zero and finite; the position of the study.
  case varianceNotPositive(study: Int)
  /// The number needs more studies than there are: one study says nothing about how studies differ.
  case tooFewStudies(count: Int, needed: Int)
  /// A moderator is constant or a combination of those before it; its position.
  case collinear(moderator: Int)
  /// Every effect lies exactly on the line, so that Hartung and Knapp's standard error is zero.
  case noVariation
  /// A model of equal effects has no other study to predict: it supposes that studies do not differ.
  case noHeterogeneityModelled
  /// Two variances cannot be told apart: every cluster holds one effect, or there is one cluster.
  case notIdentified
  /// A level outside (0, 1), or a pooled ratio that is 0, infinite or 0/0.
  case undefined
  /// A numerical search did not converge, or a value overflowed.
  case numericalFailure
}
