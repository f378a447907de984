/// Looking for YAML's anchors and aliases before the file is parsed.
///
/// A few lines of `a: &a [*b, *b]` stand for billions of values, and parsing alone may already walk all
/// of them (keys are compared with each other). Trials do not need aliases, so none gets that far.
enum AliasScan {
  /// The first alias whose anchor stands somewhere in the text.
  ///
  /// Quotation marks and comments are not understood here: `*x` in a message is taken for an alias
  /// when `&x` also occurs. That is rare, and the way out is easy; missing one would not be.
  static func firstAlias(in text: String) -> (name: String, place: Written.Place)? {
    let anchors = Set(names(after: UInt8(ascii: "&"), in: text).map(\.name))
    guard !anchors.isEmpty else { return nil }
    return names(after: UInt8(ascii: "*"), in: text).first { anchors.contains($0.name) }
  }

  private static func names(
    after sign: UInt8, in text: String
  ) -> [(name: String, place: Written.Place)] {
    var found: [(name: String, place: Written.Place)] = []
    var place = Written.Place(line: 1, column: 1)
    var start: (index: String.Index, place: Written.Place)?
    func finish(at index: String.Index) {
      guard let opened = start else { return }
      let name = text.utf8[opened.index..<index]
      if !name.isEmpty { found.append((String(Substring(name)), opened.place)) }
      start = nil
    }
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if !isNameLetter(byte) { finish(at: index) }
      if byte == sign { start = (text.utf8.index(after: index), place) }
      if byte == UInt8(ascii: "\n") {
        place = Written.Place(line: place.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
    }
    finish(at: text.utf8.endIndex)
    return found
  }

  private static func isNameLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
