public import Vocabulary

/// In which form a column is wanted.
public enum ColumnForm: Hashable, Sendable {
  /// As numbers: full-width digits and thousands commas are read, anything else is a fault.
  case number
  /// As texts with few distinct values.
  case category
  /// As texts that are mostly distinct.
  case identifier
}

/// A column and the form in which it is wanted.
///
/// The same column may be wanted twice: a school's number is a block (category) and, perhaps, a
/// covariate (number).
public struct ColumnRequest: Hashable, Sendable {
  /// The column's name.
  public var name: String
  /// The form.
  public var form: ColumnForm

  /// Makes a request.
  public init(_ name: String, as form: ColumnForm) {
    self.name = name
    self.form = form
  }
}

extension Condition {
  /// The columns that the condition looks at, each in the form that its test needs.
  public var columnRequests: Set<ColumnRequest> {
    Set(
      clauses.map { ColumnRequest($0.column, as: $0.test.looksAtText ? .category : .number) }
    ).union((alternatives ?? []).joined().flatMap(\.columnRequests))
  }
}
