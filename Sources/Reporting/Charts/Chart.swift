/// A drawing with its words and its numbers, so that nobody needs to see it to know what it says.
struct Chart {
  let title: String
  /// What a reader who cannot see the chart is told.
  let description: String
  /// How to read the marks.
  let note: String
  let width: Double
  let height: Double
  /// The numbers that are drawn.
  let table: TableBlock
  /// Draws only where somebody sees it: a text shows the table instead.
  private let draw: () -> [Markup]

  init(
    title: String, description: String, note: String, width: Double, height: Double,
    drawing: @autoclosure @escaping () -> [Markup], table: TableBlock
  ) {
    self.title = title
    self.description = description
    self.note = note
    self.width = width
    self.height = height
    self.table = table
    draw = drawing
  }

  var drawing: [Markup] { draw() }

  /// The chart as an SVG element.
  ///
  /// `id` is unique in the page: screen readers find the title and the description by it.
  func svg(id: String) -> Markup {
    element(
      "svg",
      [
        "viewBox": "0 0 \(SVG.number(width)) \(SVG.number(height))", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc",
      ],
      [
        element("title", ["id": "\(id)-title"], title),
        element("desc", ["id": "\(id)-desc"], description),
      ] + drawing)
  }
}

/// The few shapes that the charts are made of; colours and fonts are the style sheet's.
enum SVG {
  enum Anchor: String {
    case start, middle, end
  }

  /// A coordinate; a number that is none is drawn at 0 rather than written as `nan`.
  static func number(_ value: Double) -> String {
    guard let digits = DecimalDigits(value)?.rounded(toDecimals: 1), !digits.isZero else {
      return "0"
    }
    let text = digits.magnitudeText(decimals: digits.decimals).filter { $0 != "," }
    return digits.isNegative ? "-\(text)" : text
  }

  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String
  ) -> Markup {
    element(
      "line",
      ["x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": name])
  }

  static func rectangle(
    x: Double, y: Double, width: Double, height: Double, class name: String
  ) -> Markup {
    element(
      "rect",
      [
        "x": number(x), "y": number(y), "width": number(max(width, 0)),
        "height": number(max(height, 0)), "class": name,
      ])
  }

  /// A line through points, without a fill.
  static func path(_ points: [(Double, Double)], class name: String) -> Markup {
    let list = points.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
    return element("polyline", ["points": list, "class": name])
  }

  static func circle(_ x: Double, _ y: Double, radius: Double, class name: String) -> Markup {
    element("circle", ["cx": number(x), "cy": number(y), "r": number(radius), "class": name])
  }

  static func polygon(_ points: [(Double, Double)], class name: String) -> Markup {
    let list = points.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
    return element("polygon", ["points": list, "class": name])
  }

  static func text(
    _ words: String, _ x: Double, _ y: Double, anchor: Anchor = .start, class name: String = ""
  ) -> Markup {
    element(
      "text",
      ["x": number(x), "y": number(y), "text-anchor": anchor.rawValue, "class": name], words)
  }
}
