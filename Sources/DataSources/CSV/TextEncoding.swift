/// How the bytes of a text file become letters.
public enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  /// Found from the bytes: a byte order mark or valid UTF-8 means UTF-8, else valid CP932.
  ///
  /// A CP932 file whose only letters beyond ASCII are certain pairs of half-width katakana is also
  /// valid UTF-8; name the encoding for such a file.
  case auto
  /// UTF-8, with or without a byte order mark.
  case utf8 = "utf-8"
  /// Windows-31J, as Japanese Windows and Excel call "Shift_JIS": with ①, ～, 髙 and ﾊﾝｶｸ.
  case cp932
}

/// The encoding of an opened file.
enum FoundEncoding: Hashable, Sendable {
  case utf8
  case cp932

  var name: String {
    switch self {
    case .utf8: TextEncoding.utf8.rawValue
    case .cp932: TextEncoding.cp932.rawValue
    }
  }
}
