/// Why an answer cannot be read as Arrow columns.
enum ArrowProblem: Error, Hashable, Sendable {
  /// Which part of the bytes contradicts itself.
  enum Part: Hashable, Sendable {
    /// The bytes end before they should.
    case truncated
    /// Offsets or lengths lead outside of the message.
    case metadata
    /// A column's values are fewer than its rows, or lie outside of the message.
    case values
    /// A text is no UTF-8.
    case text
  }

  /// The bytes are not what the format promises.
  case damaged(Part)
  /// A column has a type that no query of ours asks for.
  case unsupportedType(column: String, type: String)
  /// A feature of the format that Spark does not use unless it is told to, such as compression.
  case unsupportedFeature(String)
}
