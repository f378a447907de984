/// An element tree of HTML or SVG, in which no text can become markup.
///
/// What is written is at once HTML and well-formed XML, so that a strict parser can check it.
indirect enum Markup {
  case element(String, [(String, String)], [Markup])
  case text(String)
  /// Written as it stands: only for the style sheet, which is our own.
  case verbatim(String)

  /// The elements that HTML never closes.
  private static let voids: Set = ["meta", "br", "line", "rect", "circle", "path", "polygon"]

  /// The markup as text.
  var rendered: String {
    var output = ""
    write(into: &output)
    return output
  }

  private func write(into output: inout String) {
    switch self {
    case .text(let text):
      output += Markup.escaped(text)
    case .verbatim(let text):
      output += text
    case .element(let name, let attributes, let children):
      output += "<\(name)"
      for (key, value) in attributes {
        output += " \(key)=\"\(Markup.escaped(value))\""
      }
      if children.isEmpty, Markup.voids.contains(name) {
        output += "/>"
        return
      }
      output += ">"
      for child in children { child.write(into: &output) }
      output += "</\(name)>"
      if Markup.endsLine.contains(name) { output += "\n" }
    }
  }

  /// Where a line break cannot be seen, for those who read the file itself.
  private static let endsLine: Set = [
    "head", "header", "main", "section", "footer", "table", "thead", "tr", "svg", "p", "h1", "h2",
    "h3", "li", "style", "div", "g", "title", "figure",
  ]

  /// Text in which nothing is markup: the five characters of XML, and none that XML forbids.
  static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case "\n", "\t": output.unicodeScalars.append(scalar)
      case "\r": break
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

/// One element; an attribute without a value is left out.
func element(
  _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []
) -> Markup {
  .element(name, attributes.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }, children)
}

/// One element around a text.
func element(
  _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ text: String
) -> Markup {
  element(name, attributes, [.text(text)])
}
