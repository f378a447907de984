/// One study's own true effect, as far as its data and the other studies tell.
public struct StudyPrediction: Hashable, Sendable {
  /// The prediction λy + (1 − λ)ŷ.
  public let value: Double
  /// Its standard error.
  public let standardError: Double
  /// λ = τ²/(τ² + v), how far the study is believed against the line.
  public let reliability: Double
}

extension MetaRegression {
  /// Each study's best linear unbiased prediction: its estimate drawn towards the line.
  ///
  ///     λᵢyᵢ + (1 − λᵢ)ŷᵢ,   SE² = λᵢvᵢ + (1 − λᵢ)²·xᵢᵀ var(β̂) xᵢ,   λᵢ = τ²/(τ² + vᵢ)
  ///
  /// The standard error takes τ² as known. R: `metafor::blup`.
  public var predictions: [StudyPrediction] {
    effects.indices.map { i in
      let row = columns.map { $0[i] }
      var fitted = 0.0
      var variance = 0.0
      for (a, left) in row.enumerated() {
        fitted += left * coefficients[a].estimate
        for (b, right) in row.enumerated() { variance += left * covariance[a][b] * right }
      }
      let total = tauSquared + effects[i].variance
      let reliability = tauSquared / total
      let rest = effects[i].variance / total
      return StudyPrediction(
        value: reliability * effects[i].value + rest * fitted,
        standardError: (reliability * effects[i].variance + rest * rest * variance).squareRoot(),
        reliability: reliability)
    }
  }
}
