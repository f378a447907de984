/// The two languages in which everything for people is written.
public enum Language: String, Codable, CaseIterable, Hashable, Sendable {
  case japanese = "ja"
  case english = "en"
}

/// A text in both languages.
///
/// Where an author gave a single string, both fields hold it.
public struct BilingualText: Codable, Hashable, Sendable {
  /// 日本語.
  public var ja: String
  /// English.
  public var en: String

  /// Makes a text from its two versions.
  public init(ja: String, en: String) {
    self.ja = ja
    self.en = en
  }

  /// Makes a text that reads the same in both languages, such as a proper name.
  public init(_ text: String) {
    self.init(ja: text, en: text)
  }

  /// The version in one language.
  public subscript(language: Language) -> String {
    switch language {
    case .japanese: ja
    case .english: en
    }
  }
}
