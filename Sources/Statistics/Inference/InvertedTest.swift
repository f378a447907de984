/// The values around an estimate that a test does not reject: p ≥ `error`.
///
/// For tests whose p-value falls in steps on either side. Each end is found by going out in doubling
/// steps of `scale` until a value is rejected, and by halving from there; the ends themselves are not
/// rejected. A side on which nothing is rejected is unbounded. Such p-values need not fall all the way:
/// the value that means no effect is asked first, so that the set holds it exactly when the test does
/// not reject it.
func invertedTest(
  at error: Double, around centre: Double, scale: Double, noEffect: Double = 0,
  pValue: (Double) -> Double
) -> Interval {
  func halved(_ inside: Double, _ outside: Double) -> Double {
    var (kept, lost) = (inside, outside)
    for _ in 0..<60 where abs(kept - lost) > 1e-10 * max(abs(kept), abs(lost)) {
      let middle = kept + (lost - kept) / 2
      if pValue(middle) < error { lost = middle } else { kept = middle }
    }
    return kept
  }
  func end(_ direction: Double) -> Double {
    var inside = centre
    if direction * (noEffect - centre) > 0 {
      if pValue(noEffect) < error { return halved(centre, noEffect) }
      inside = noEffect
    }
    var reach = max(scale, 1e-300)
    for _ in 0..<64 {
      let outside = inside + direction * reach
      guard outside.isFinite else { break }
      if pValue(outside) < error { return halved(inside, outside) }
      inside = outside
      reach *= 2
    }
    return direction * .infinity
  }
  return .between(lower: end(-1), upper: end(1))
}
