import GSL

/// The evidence about a logarithm, told about the number itself.
struct ExponentialEvidence: Evidence {
  let logarithm: any Evidence

  var noEffect: Double { 1 }

  func pValue(of null: Double) throws(EstimationError) -> Double {
    guard null > 0 else { return 0 }
    return try logarithm.pValue(of: Elementary.logarithm(null))
  }

  func interval(level: Double) throws(EstimationError) -> Interval {
    try logarithm.interval(level: level).mapped(Elementary.exponential)
  }
}
