import GSL
import RandomAssignment

/// How many ones are among `taken` of `ones` + `zeros` units, all choices being equally likely.
///
/// Around the mode the probabilities follow from each other by
/// p(k + 1)/p(k) = (ones − k)(taken − k)/((k + 1)(zeros − taken + k + 1)). Where few counts are
/// likely the draw inverts the distribution function from the mode outwards; where many are, it is
/// Stadlober's ratio of uniforms (HRUA), whose cost does not grow with the number of units.
///
/// In R: `rhyper`, `dhyper`. Reference: Stadlober (1990), doi:10.1016/0377-0427(90)90349-5.
struct HypergeometricDraw {
  private let ones: Int
  private let zeros: Int
  private let taken: Int

  /// Numbers below 0 count as 0; more than there are cannot be taken.
  init(ones: Int, zeros: Int, taken: Int) {
    self.ones = max(ones, 0)
    self.zeros = max(zeros, 0)
    self.taken = min(max(taken, 0), self.ones + self.zeros)
  }

  /// A random count.
  func draw(using generator: inout PhiloxGenerator) -> Int {
    let least = max(0, taken - zeros)
    let most = min(ones, taken)
    guard least < most else { return least }
    // Of the four ways to look at the table the one with the smallest numbers: the rarer kind, and
    // the smaller of those taken and those left.
    let few = min(ones, zeros)
    let half = min(taken, ones + zeros - taken)
    let table = SmallTable(few: few, many: max(ones, zeros), taken: half)
    var count =
      table.variance < 36 ? table.inverted(using: &generator) : table.ratio(using: &generator)
    if ones > zeros { count = half - count }
    return half < taken ? ones - count : count
  }
}

/// A table whose `few` are no more than its `many`, and of which no more than half are taken.
private struct SmallTable {
  let few: Int
  let many: Int
  let taken: Int
  let mean: Double
  let variance: Double
  let mode: Int

  init(few: Int, many: Int, taken: Int) {
    self.few = few
    self.many = many
    self.taken = taken
    let all = Double(few + many)
    let (p, q) = (Double(few) / all, Double(many) / all)
    mean = Double(taken) * p
    variance = (all - Double(taken)) * mean * q / max(all - 1, 1)
    let peak = Double(taken + 1) * (Double(few + 1) / (all + 2))
    mode = min(Int(peak), min(few, taken))
  }

  /// log k!(few − k)!(taken − k)!(many − taken + k)!, of which the probability is the inverse up to a factor.
  private func logarithm(_ k: Int) -> Double {
    LogFactorial.of(k) + LogFactorial.of(few - k) + LogFactorial.of(taken - k)
      + LogFactorial.of(many - taken + k)
  }

  /// From the mode outwards, one count above and one below in turn, until a uniform number is used up.
  func inverted(using generator: inout PhiloxGenerator) -> Int {
    let constant =
      LogFactorial.of(few) + LogFactorial.of(many) + LogFactorial.of(taken)
      + LogFactorial.of(few + many - taken) - LogFactorial.of(few + many)
    let peak = Elementary.exponential(constant - logarithm(mode))
    var left = generator.uniformDouble() - peak
    guard left >= 0 else { return mode }
    let most = min(few, taken)
    var (up, down) = (mode, mode)
    var (above, below) = (peak, peak)
    while up < most || down > 0 {
      if up < most {
        above *=
          Double(few - up) * Double(taken - up) / (Double(up + 1) * Double(many - taken + up + 1))
        up += 1
        left -= above
        if left < 0 { return up }
      }
      if down > 0 {
        below *=
          Double(down) * Double(many - taken + down)
          / (Double(few - down + 1) * Double(taken - down + 1))
        down -= 1
        left -= below
        if left < 0 { return down }
      }
    }
    // What rounding left of a probability of 1.
    return mode
  }

  /// HRUA: a point of a box in the plane of uniforms, kept where it lies below the mode's root.
  func ratio(using generator: inout PhiloxGenerator) -> Int {
    let width = 1.715_527_769_921_413_5 * (variance + 0.5).squareRoot() + 0.898_916_162_058_898_8
    let peak = logarithm(mode)
    let end = Double(min(few, taken) + 1)
    while true {
      // In (0, 1]: the point is divided by it.
      let u = 1 - generator.uniformDouble()
      let v = generator.uniformDouble()
      let x = mean + 0.5 + width * (v - 0.5) / u
      guard x >= 0, x < end else { continue }
      let count = Int(x)
      let height = peak - logarithm(count)
      // Two quick answers bracket 2·log u.
      if u * (4 - u) - 3 <= height { return count }
      if u * (u - height) >= 1 { continue }
      if 2 * Elementary.logarithm(u) <= height { return count }
    }
  }
}

/// log k!.
private enum LogFactorial {
  private static let table: [Double] = {
    var (product, logarithms) = (1.0, [0.0])
    for k in 1..<16 {
      product *= Double(k)
      logarithms.append(Elementary.logarithm(product))
    }
    return logarithms
  }()

  /// From a table, and by Stirling's series, which has 16 digits from 16 on.
  static func of(_ k: Int) -> Double {
    guard k >= table.count else { return table[k] }
    let x = Double(k)
    let inverse = 1 / x
    let square = inverse * inverse
    let rest = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
    return (x + 0.5) * Elementary.logarithm(x) - x + 0.918_938_533_204_672_7 + rest
  }
}
