/// How an estimator that maximises a likelihood computes its uncertainty.
public enum LikelihoodStandardError: String, Codable, CaseIterable, Hashable, Sendable {
  /// The sandwich: HC1, or CR1 where clusters were drawn.
  case robust
  /// The likelihood's own, without regard to clusters.
  case model

  /// The covariance of the coefficients for a draw.
  func covariance(for units: UnitSample) -> LikelihoodCovariance {
    switch (self, units.clusters) {
    case (.model, _): .modelBased
    case (.robust, nil): .hc1
    case (.robust, let clusters?): .cr1(clusters)
    }
  }
}

extension UnitSample {
  /// The regressors of the named columns, in their order.
  ///
  /// - Throws: ``EstimationError/undefined`` for a column that was not read.
  func regressors(_ columns: [String]) throws(EstimationError) -> [LinearDesign.Column] {
    var regressors: [LinearDesign.Column] = []
    for name in columns {
      guard let known = covariates[name] else { throw .undefined }
      regressors += known
    }
    return regressors
  }

  /// The units that were exposed: one without exposure and without events says nothing of a rate.
  ///
  /// - Throws: ``EstimationError/denominatorNotPositive(arm:)`` for an exposure below 0, or 0 with
  ///   events; ``EstimationError/undefined`` where exposure was not read.
  func exposed(of response: Response) throws(EstimationError) -> UnitSample {
    guard response.columns.count > 1 else { return self }
    guard self.response.count > 1 else { throw .undefined }
    let exposure = self.response[1]
    for row in exposure.indices where !(exposure[row] > 0) {
      guard exposure[row] == 0, outcome[row] == 0 else {
        throw .denominatorNotPositive(arm: arms[assignment[row]])
      }
    }
    let rows = exposure.indices.filter { exposure[$0] > 0 }
    guard rows.count < count else { return self }
    func kept(_ values: [Double]) -> [Double] { rows.map { values[$0] } }
    func kept(_ grouping: Grouping?) -> Grouping? {
      grouping.map { grouping in Grouping(rows.map { grouping.groups[$0] }) }
    }
    let sample = UnitSample(
      arms: arms, assignment: rows.map { assignment[$0] }, response: self.response.map(kept),
      covariates: covariates.mapValues { columns in
        columns.map { LinearDesign.Column($0.name, kept($0.values)) }
      },
      blocks: kept(blocks), clusters: kept(clusters))
    guard let sample else { throw .undefined }
    return sample
  }
}
