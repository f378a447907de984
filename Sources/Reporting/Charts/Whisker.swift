/// An interval with its estimate on an axis; an end without a bound becomes an arrow.
struct Whisker {
  /// What the estimate is drawn as: shapes, so that a black-and-white print tells them apart.
  enum Marker {
    /// The message that others are compared with.
    case hollowSquare
    /// A comparison for everyone.
    case square
    /// A comparison within a group.
    case circle
  }

  var axis: Axis
  var y: Double
  var estimate: Double?
  var interval: IntervalShape
  var marker: Marker

  var drawing: [Markup] {
    intervalDrawing + (estimate.map { $0.isFinite ? [point(at: $0)] : [] } ?? [])
  }

  private var intervalDrawing: [Markup] {
    switch interval {
    case .between(let low, let high):
      stretch(low, high)
    case .outside(let below, let above):
      stretch(nil, below) + stretch(above, nil)
    case .everything:
      stretch(nil, nil)
    case .unknown:
      []
    }
  }

  /// A line from one end to the other with caps, or arrows where there is no bound.
  private func stretch(_ low: Double?, _ high: Double?) -> [Markup] {
    let start = low.map(axis.position) ?? axis.left
    let end = high.map(axis.position) ?? axis.right
    return [SVG.line(start, y, end, y, class: "whisker")]
      + [cap(at: start, arrow: low.map { $0 < axis.low } ?? true, direction: -1)]
      + [cap(at: end, arrow: high.map { $0 > axis.high } ?? true, direction: 1)]
  }

  private func cap(at x: Double, arrow: Bool, direction: Double) -> Markup {
    guard arrow else { return SVG.line(x, y - 5, x, y + 5, class: "whisker") }
    return SVG.polygon(
      [(x + direction * 2, y), (x - direction * 8, y - 5), (x - direction * 8, y + 5)],
      class: "arrow")
  }

  private func point(at value: Double) -> Markup {
    let x = axis.position(value)
    return switch marker {
    case .hollowSquare:
      SVG.rectangle(x: x - 5.5, y: y - 5.5, width: 11, height: 11, class: "point hollow")
    case .square: SVG.rectangle(x: x - 6, y: y - 6, width: 12, height: 12, class: "point")
    case .circle: SVG.circle(x, y, radius: 5, class: "point hollow")
    }
  }
}
