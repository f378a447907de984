/// Which fields of a record are wanted, and what the rows share.
struct RowLayout: Sendable {
  /// One wanted column in one form; numbers only, so that a row's loop counts no references.
  struct Wanted: Sendable {
    /// The position of the field in the record.
    var field: Int
    var form: ColumnForm
    /// The position among the wanted columns of the same form.
    var slot: Int
  }

  /// In the order of the fields.
  let wanted: [Wanted]
  /// What was asked for, in the order of `wanted`.
  let requests: [ColumnRequest]
  /// How many fields each record must have.
  let fieldCount: Int
  let missing: MissingTexts
  /// How many levels a category may have.
  let mostLevels: Int

  init(
    _ requests: [(field: Int, request: ColumnRequest)], fieldCount: Int, missing: MissingTexts,
    mostLevels: Int = Int(Int32.max)
  ) {
    var slots: [ColumnForm: Int] = [:]
    let ordered = requests.sorted { $0.field < $1.field }
    wanted = ordered.map { field, request in
      defer { slots[request.form, default: 0] += 1 }
      return Wanted(field: field, form: request.form, slot: slots[request.form, default: 0])
    }
    self.requests = ordered.map(\.request)
    self.fieldCount = fieldCount
    self.missing = missing
    self.mostLevels = mostLevels
  }

  func count(of form: ColumnForm) -> Int {
    wanted.count { $0.form == form }
  }

  /// Where the row after blank lines begins, or `position` itself.
  ///
  /// A line of nothing but spaces is no row, except where rows have a single field: there it is a
  /// missing value.
  @inline(__always)
  func afterBlankLines(at position: Int, in view: ByteView) -> Int {
    var position = position
    while fieldCount > 1, position < view.count, view[position] <= Byte.space,
      let next = view.afterBlankLine(at: position)
    { position = next }
    return position
  }
}

/// The wanted columns over some rows.
struct ColumnParts: Sendable {
  var rowCount = 0
  var numbers: [[Double]]
  var categories: [CategoryPart]
  var identifiers: [IdentifierPart]
  var flaws = Flaws()

  init(_ layout: RowLayout) {
    numbers = Array(repeating: [], count: layout.count(of: .number))
    categories = Array(repeating: CategoryPart(), count: layout.count(of: .category))
    identifiers = Array(repeating: IdentifierPart(), count: layout.count(of: .identifier))
  }
}

/// Codes and their levels, in the order in which these rows first show them.
struct CategoryPart: Hashable, Sendable {
  var codes: [Int32] = []
  var levels: [String] = []
}

/// Identifiers as bytes, and where each ends.
struct IdentifierPart: Hashable, Sendable {
  var bytes: [UInt8] = []
  var ends: [Int] = []
}
