/// Sums over the units of the arm under study in one block of one draw.
struct DrawnSums {
  var n = 0.0, m = 0.0, t = 0.0, x = 0.0
  var mm = 0.0, tm = 0.0, xm = 0.0, tt = 0.0, tx = 0.0, xx = 0.0

  /// Adds a unit, or `count` of units that are alike.
  mutating func add(_ m: Double, _ t: Double, _ x: Double, count: Double = 1) {
    n += count
    self.m += count * m
    self.t += count * t
    self.x += count * x
    mm += count * (m * m)
    tm += count * (t * m)
    xm += count * (x * m)
    tt += count * (t * t)
    tx += count * (t * x)
    xx += count * (x * x)
  }

  static func - (left: DrawnSums, right: DrawnSums) -> DrawnSums {
    DrawnSums(
      n: left.n - right.n, m: left.m - right.m, t: left.t - right.t, x: left.x - right.x,
      mm: left.mm - right.mm,
      tm: left.tm - right.tm, xm: left.xm - right.xm, tt: left.tt - right.tt,
      tx: left.tx - right.tx, xx: left.xx - right.xx)
  }

  /// ΣT/ΣM once θ is taken off.
  func ratio(_ theta: Double) -> Double { (t - theta * x) / m }

  /// n/(n − 1)·Σ(T − RM)²/(ΣM)²; a single unit has no spread to show.
  func variance(_ theta: Double) -> Double { n < 2 ? 0 : n / (n - 1) * spread(theta) }

  /// Σ(T − RM)²/(ΣM)².
  func spread(_ theta: Double) -> Double {
    let r = ratio(theta)
    let total = tt - 2 * theta * tx + theta * theta * xx
    let cross = tm - theta * xm
    return max(total - 2 * r * cross + r * r * mm, 0) / (m * m)
  }
}
