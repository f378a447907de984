/// Turns the content of fields into text; one for each thread, because a converter keeps a state.
struct TextDecoder: ~Copyable {
  private let view: ByteView
  private let converter: CP932Converter?

  init(_ view: ByteView, _ encoding: FoundEncoding) {
    self.view = view
    converter = encoding == .cp932 ? CP932Converter() : nil
  }

  /// The text of a range; nil when it holds a character without a counterpart in Unicode.
  borrowing func text(of range: Range<Int>) -> String? {
    let bytes = view.buffer(range)
    if converter == nil || view.isASCII(range) { return String(decoding: bytes, as: UTF8.self) }
    guard let converted = converter?.convert(bytes) else { return nil }
    return String(decoding: converted, as: UTF8.self)
  }

  /// The text of a field, without doubled quotes and without spaces around it.
  borrowing func trimmedText(of field: Field) -> String? {
    guard let text = text(of: field.content) else { return nil }
    return trimmed(field.isQuoted ? undoubled(text) : text)
  }
}

/// The text without spaces (half- and full-width), tabs and line breaks at its ends.
func trimmed(_ text: String) -> String {
  func isSpace(_ character: Character) -> Bool {
    switch character {
    case " ", "\t", "\n", "\r", "\r\n", "\u{3000}", "\u{A0}": true
    default: false
    }
  }
  guard let first = text.first, let last = text.last, isSpace(first) || isSpace(last) else {
    return text
  }
  let start = text.drop(while: isSpace)
  guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
  return String(start[...end])
}

/// `""` within quotes is one quote.
private func undoubled(_ text: String) -> String {
  guard text.utf8.contains(Byte.quote) else { return text }
  var kept = ""
  var isFirst = false
  for scalar in text.unicodeScalars {
    isFirst = scalar == "\"" && !isFirst
    if scalar != "\"" || isFirst { kept.unicodeScalars.append(scalar) }
  }
  return kept
}
