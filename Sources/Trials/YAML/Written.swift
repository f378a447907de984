/// One value of a trial file, as it was written and where.
///
/// Deciding what a value means (a number, a date, a yes) is left to the reader of each key: YAML's own
/// guesses turn `no` into false and `0o10` into 8.
struct Written: Sendable {
  indirect enum Shape: Sendable {
    /// A text; plain when it had no quotation marks around it.
    case text(String, isPlain: Bool)
    case list([Written])
    case mapping([Entry])
  }

  struct Entry: Sendable {
    var key: String
    var keyPlace: Place
    var value: Written
  }

  /// A line and a column, both counted from 1.
  struct Place: Hashable, Sendable {
    var line: Int
    var column: Int
  }

  var shape: Shape
  /// Where the value begins; for a key without a value, where the key begins.
  var place: Place
  /// The keys that lead here, such as `outcomes[0].column`.
  var path: String

  /// Whether nothing was written after the key, or one of YAML's words for nothing.
  var isNothing: Bool {
    guard case .text(let text, isPlain: true) = shape else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
