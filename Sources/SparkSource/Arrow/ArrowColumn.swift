/// The values of one column in one batch of rows.
struct ArrowColumn: Hashable, Sendable {
  /// The values; what stands where a value is missing means nothing.
  enum Values: Hashable, Sendable {
    /// Missing in every row.
    case none
    /// True or false.
    case booleans([Bool])
    /// Whole numbers.
    case integers([Int64])
    /// Numbers; Spark knows NaN as a value of its own, apart from missing.
    case numbers([Double])
    /// UTF-8 in `bytes`, from each offset to the next.
    case texts(bytes: ArraySlice<UInt8>, offsets: [Int])
  }

  /// The values.
  let values: Values
  /// In which rows there is a value; nil when in all.
  let presence: [Bool]?

  /// Whether a row has a value.
  func isPresent(_ row: Int) -> Bool {
    if case .none = values { return false }
    guard let presence else { return true }
    return presence.indices.contains(row) && presence[row]
  }

  /// A row's text; nil where it is missing or the column holds no texts.
  func text(_ row: Int) -> String? {
    guard case .texts(let bytes, let offsets) = values, isPresent(row),
      offsets.indices.contains(row), offsets.indices.contains(row + 1)
    else { return nil }
    return String(decoding: bytes[offsets[row]..<offsets[row + 1]], as: UTF8.self)
  }
}
