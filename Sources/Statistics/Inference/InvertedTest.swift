/// The values around an estimate that a test does not reject: p ≥ `error`.
///
/// For tests whose p-value falls in steps on either side. Each end is found by going out in doubling
/// steps of `scale` until a value is rejected, and by halving from there; the ends themselves are not
/// rejected. A side on which nothing is rejected is unbounded.
func invertedTest(
  at error: Double, around centre: Double, scale: Double, pValue: (Double) -> Double
) -> Interval {
  func end(_ direction: Double) -> Double {
    var inside = centre
    var reach = max(scale, 1e-300)
    for _ in 0..<64 {
      let outside = centre + direction * reach
      guard outside.isFinite else { break }
      if pValue(outside) < error {
        var (kept, lost) = (inside, outside)
        for _ in 0..<60 where abs(kept - lost) > 1e-10 * max(abs(kept), abs(lost)) {
          let middle = kept + (lost - kept) / 2
          if pValue(middle) < error { lost = middle } else { kept = middle }
        }
        return kept
      }
      inside = outside
      reach *= 2
    }
    return direction * .infinity
  }
  return .between(lower: end(-1), upper: end(1))
}
