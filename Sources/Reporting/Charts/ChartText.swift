import Vocabulary

/// Texts beside a drawing, for which SVG knows no line breaks.
enum ChartText {
  /// The font size of the drawings, in their own units.
  private static let size = 13.0
  /// The advance of a bold Latin letter, on average, and of a full-width one.
  private static let narrow = 0.55 * size
  private static let wide = 1.03 * size

  /// The text, cut so that it takes at most so much width.
  static func fitted(_ text: String, width limit: Double) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard width(of: line) > limit else { return line }
    var kept = ""
    var used = wide
    for character in line {
      used += width(of: String(character))
      if used > limit { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// About how wide a text is drawn.
  static func width(of text: String) -> Double {
    text.reduce(0) { sum, character in
      switch displayWidth(of: String(character)) {
      case 0: sum
      case 1: sum + narrow
      default: sum + wide
      }
    }
  }
}
