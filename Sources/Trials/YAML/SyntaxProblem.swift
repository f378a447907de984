/// What the YAML parser may complain of, told apart by what the author has to do about it.
enum SyntaxProblem: Hashable, Sendable {
  /// A tab where spaces are wanted.
  case tab
  /// A full-width space where spaces are wanted.
  case fullWidthSpace
  /// A full-width colon after a key.
  case fullWidthColon
  /// A value that begins with a sign of YAML's own.
  case reservedLetter(String)
  /// A second `:` in one value, or a key that is indented too far.
  case strayColon
  /// A key without `:`.
  case missingColon
  /// Neighbours that are not indented alike.
  case indentation
  /// `[`, `{` or a quotation mark without its partner, or a missing comma.
  case unclosed(String)
  /// A backslash before a letter that needs none.
  case escape
  /// An alias to an anchor that is nowhere.
  case undefinedAlias
  /// Lists within lists beyond any sensible depth.
  case tooDeep
  /// Anything else, in the parser's own words.
  case other(String)

  /// Classifies the parser's message, with the line that it points at.
  init(message: String, line: Substring, column: Int) {
    let letters = line.unicodeScalars
    let indentation = letters.prefix { $0.properties.isWhitespace }
    let offending = letters.dropFirst(max(0, column - 1)).first
    if message.contains("nesting level") {
      self = .tooDeep
    } else if offending == "\t" || indentation.contains("\t") || message.contains("tab character") {
      self = .tab
    } else if indentation.contains("\u{3000}") {
      self = .fullWidthSpace
    } else if letters.contains("：") && !line.contains(": ") && !line.hasSuffix(":") {
      self = .fullWidthColon
    } else if message.contains("cannot start any token") || message.contains("expected alphabetic")
    {
      self = .reservedLetter(offending.map(String.init) ?? "")
    } else if message.contains("mapping values are not allowed") {
      self = .strayColon
    } else if message.contains("expected ':'") {
      self = .missingColon
    } else if message.contains("',' or ']'") {
      self = .unclosed("[")
    } else if message.contains("',' or '}'") {
      self = .unclosed("{")
    } else if message.contains("unexpected end of stream") {
      self = .unclosed("\"")
    } else if message.contains("expected key") || message.contains("'-' indicator")
      || message.contains("entries are not allowed") || message.contains("document start")
    {
      self = .indentation
    } else if message.contains("escape") {
      self = .escape
    } else if message.contains("undefined alias") {
      self = .undefinedAlias
    } else {
      self = .other(message)
    }
  }
}
