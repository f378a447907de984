import Statistics

/// A set that was computed at 95 %, as evidence: it answers at that level alone.
struct SetEvidence: Evidence {
  let interval: Interval
  var pValueOfNoEffect: Double?

  var noEffect: Double { 0 }

  func pValue(of null: Double) throws(EstimationError) -> Double {
    pValueOfNoEffect ?? (interval.contains(null) ? 1 : 0)
  }

  func interval(level: Double) throws(EstimationError) -> Interval { interval }
}
