extension Chart {
  /// The chart as a file of its own, with the styles that a page would give it.
  var standalone: String {
    let style = """
      text { font-family: "Noto Sans CJK JP", "Yu Gothic", sans-serif; font-size: 13px; fill: #1b2733; }
      .strong { font-weight: 700; } .tick, .axis-title { fill: #4a5763; font-size: 12px; }
      .grid { stroke: #e4e8ec; } .zero { stroke: #1b2733; stroke-width: 1.25; }
      .reference { stroke: #4a5763; stroke-dasharray: 4 4; }
      .whisker { stroke: #1f5a96; stroke-width: 2; } .dashed { stroke-dasharray: 6 4; }
      .point { fill: #1f5a96; } .hollow { fill: #fff; stroke: #1f5a96; stroke-width: 2; }
      """
    let picture = svg(id: "chart")
    guard case .element(let name, let attributes, let children) = picture else { return "" }
    // A page would print the note below the picture.
    let lines = TextLines.wrapped(note, width: 96).enumerated().map { place, line in
      SVG.text(line, 12, height + 14 + Double(place) * 17, class: "tick")
    }
    let tall = height + 10 + Double(lines.count) * 17
    let root = Markup.element(
      name,
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("width", SVG.number(width)),
        ("height", SVG.number(tall)),
        ("viewBox", "0 0 \(SVG.number(width)) \(SVG.number(tall))"),
      ] + attributes.filter { $0.0 != "viewBox" },
      [.element("style", [], [.verbatim(style)])] + children + lines)
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.rendered + "\n"
  }
}
