/// The name of a table or view of a database, such as `participants` or `trials.participants`.
///
/// A part that holds a dot itself stands in double quotes: `"survey.2026"`.
public struct TableName: Hashable, Sendable {
  /// The parts of the name, such as schema and table.
  public let parts: [String]

  /// Reads a name; nil where a part is empty, a quote is not closed or a character is zero.
  public init?(_ written: String) {
    var parts: [String] = []
    var rest = written.unicodeScalars[...]
    repeat {
      var part = String.UnicodeScalarView()
      if rest.first == "\"" {
        rest.removeFirst()
        while true {
          guard let next = rest.popFirst() else { return nil }
          if next == "\"" {
            guard rest.first == "\"" else { break }
            rest.removeFirst()
          }
          part.append(next)
        }
      } else {
        while let next = rest.first, next != "." {
          part.append(next)
          rest.removeFirst()
        }
      }
      guard !part.isEmpty, !part.contains("\0") else { return nil }
      parts.append(String(part))
      guard let dot = rest.first else { break }
      guard dot == "." else { return nil }
      rest.removeFirst()
    } while true
    self.parts = parts
  }

  /// The name of the table itself.
  public var name: String { parts.last ?? "" }

  /// The schema or the like; nil where the name has none.
  public var schema: String? { parts.count > 1 ? parts[parts.count - 2] : nil }
}
