/// A horizontal axis: numbers on it, pixels under it.
struct Axis {
  /// The ends, on round numbers.
  let low: Double
  let high: Double
  /// The distance between two ticks: 1, 2 or 5 times a power of ten.
  private let step: Double
  /// Where the axis is drawn.
  let left: Double
  let right: Double

  /// Makes an axis that shows all of these values; values that are no numbers are left out.
  ///
  /// Between the ticks there are about as many intervals as `ticks` says.
  init(
    showing values: [Double], includesZero: Bool, from left: Double, to right: Double,
    ticks: Int = 5
  ) {
    self.left = left
    self.right = right
    // Differences of such values still have a finite width.
    var shown = values.filter { $0.isFinite && $0.magnitude <= 1e15 }
    if includesZero || shown.isEmpty { shown.append(0) }
    var lowest = shown.min() ?? 0
    var highest = shown.max() ?? 0
    let width = highest - lowest
    if width < max(highest.magnitude, lowest.magnitude) * 1e-9 || width < 1e-12 {
      let margin = max(highest.magnitude, lowest.magnitude) * 0.1
      lowest -= margin > 0 ? margin : 1
      highest += margin > 0 ? margin : 1
    }
    step = Axis.roundStep((highest - lowest) / Double(max(ticks, 1)))
    low = (lowest / step).rounded(.down) * step
    high = (highest / step).rounded(.up) * step
  }

  /// The next of 1, 2, 5, 10, … times a power of ten.
  private static func roundStep(_ width: Double) -> Double {
    guard let digits = DecimalDigits(width), !digits.isZero, width > 0 else { return 1 }
    let leading = digits.point - 1
    let candidates = [1, 2, 5, 10].compactMap { Double("\($0)e\(leading)") }
    return candidates.first { $0 >= width } ?? 1
  }

  /// Where a value is drawn; values beyond an end are drawn at it.
  func position(_ value: Double) -> Double {
    guard high > low, !value.isNaN else { return left }
    let share = (min(max(value, low), high) - low) / (high - low)
    return left + share * (right - left)
  }

  /// The ticks with their labels.
  var ticks: [(value: Double, label: String)] {
    let style = NumberStyle(decimals: min(DecimalDigits(step)?.decimals ?? 0, 6))
    let count = ((high - low) / step).rounded()
    guard count.isFinite, count >= 1, count <= 30 else { return [] }
    return (0...Int(count)).map { index in
      // Counted in steps, so that no tick is labelled 0.30000000000000004 or −0.
      let steps = (low / step).rounded() + Double(index)
      let value = steps * step
      return (value, style.text(steps == 0 ? 0 : value))
    }
  }

  /// Grid lines, labels and the axis title below.
  func drawing(top: Double, bottom: Double, title: String) -> [Markup] {
    ticks.flatMap { tick in
      let x = position(tick.value)
      return [
        SVG.line(x, top, x, bottom, class: "grid"),
        SVG.text(tick.label, x, bottom + 16, anchor: .middle, class: "tick"),
      ]
    } + [SVG.text(title, (left + right) / 2, bottom + 36, anchor: .middle, class: "axis-title")]
  }
}
