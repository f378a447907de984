/// Evidence about a relative lift ρ − 1, seen through the evidence about the ratio ρ.
struct LiftEvidence: Evidence {
  /// The evidence about ρ.
  let ratio: any Evidence

  var noEffect: Double { ratio.noEffect - 1 }

  func pValue(of null: Double) throws(EstimationError) -> Double {
    try ratio.pValue(of: null + 1)
  }

  func interval(level: Double) throws(EstimationError) -> Interval {
    try ratio.interval(level: level).mapped { $0 - 1 }
  }
}
