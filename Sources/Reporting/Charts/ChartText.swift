import Vocabulary

/// Texts beside a drawing, for which SVG knows no line breaks.
enum ChartText {
  /// The text, cut so that it takes at most so many columns (a full-width letter takes two).
  static func fitted(_ text: String, columns: Int) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard displayWidth(of: line) > columns else { return line }
    var kept = ""
    var width = 0
    for character in line {
      width += displayWidth(of: String(character))
      if width > columns - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
