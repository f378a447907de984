import Vocabulary

extension Language {
  /// One of two texts; the other is never made.
  func say(ja: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
    switch self {
    case .japanese: ja()
    case .english: en()
    }
  }

  /// A name of the trial's own as it stands within a sentence.
  func quoted(_ name: String) -> String {
    say(ja: "「\(name)」", en: "“\(name)”")
  }

  /// Names in a row within a sentence.
  func listed(_ names: [String]) -> String {
    switch self {
    case .japanese: names.map(quoted).joined()
    case .english:
      names.count < 2
        ? names.map(quoted).joined()
        : names.dropLast().map(quoted).joined(separator: ", ") + " and "
          + names.suffix(1).map(quoted).joined()
    }
  }
}

extension String {
  /// The first letter made large, as a heading or a column begins.
  var startingSentence: String { prefix(1).uppercased() + dropFirst() }
}
