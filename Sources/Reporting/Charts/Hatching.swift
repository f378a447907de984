/// A hatched band: it stays visible on a black-and-white print and does not hide what crosses it.
enum Hatching {
  static func band(from left: Double, to right: Double, top: Double, bottom: Double) -> [Markup] {
    guard right > left, bottom > top else { return [] }
    let height = bottom - top
    let spacing = 9.0
    var lines: [Markup] = [
      SVG.rectangle(x: left, y: top, width: right - left, height: height, class: "band")
    ]
    // Diagonals x = start + t, y = top + t, cut at the band's four sides.
    var start = left - (height / spacing).rounded(.down) * spacing
    while start < right, lines.count < 500 {
      let first = max(left - start, 0)
      let last = min(right - start, height)
      if last > first {
        lines.append(
          SVG.line(start + first, top + first, start + last, top + last, class: "hatch"))
      }
      start += spacing
    }
    return lines
  }
}

extension IntervalShape {
  /// The interval in other units.
  func scaled(by factor: Double) -> IntervalShape {
    switch self {
    case .between(let low, let high):
      .between(low: low.map { $0 * factor }, high: high.map { $0 * factor })
    case .outside(let below, let above):
      .outside(below: below * factor, above: above * factor)
    case .everything, .unknown:
      self
    }
  }
}
