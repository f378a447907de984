extension UnitSample {
  /// The regressors that an estimator adjusts for, completed as it completes them; blocks are left to
  /// whoever asks.
  func covariates(of estimator: any Estimator) -> [LinearDesign.Column] {
    let named = estimator.columns.flatMap { covariates[$0] ?? [] }
    guard !named.isEmpty else { return [] }
    let withoutBlocks =
      UnitSample(
        arms: arms, assignment: assignment, response: response, covariates: covariates,
        clusters: clusters) ?? self
    return CovariateChoice(of: named, for: withoutBlocks).columns
  }
}
