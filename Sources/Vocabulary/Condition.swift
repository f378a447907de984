/// A rule over the columns of one row: the `where:` of populations, cohorts and outcomes.
///
/// Every clause must hold. A row whose column is missing satisfies no clause on that column.
public struct Condition: Codable, Hashable, Sendable {
  /// One column and what its value must be.
  public struct Clause: Codable, Hashable, Sendable {
    /// The column's name in the data.
    public var column: String
    /// What the value must satisfy.
    public var test: Test

    /// Makes a clause.
    public init(column: String, _ test: Test) {
      self.column = column
      self.test = test
    }
  }

  /// What a value must satisfy.
  public enum Test: Codable, Hashable, Sendable {
    /// A number within bounds, both inclusive; nil is unbounded.
    case range(from: Double?, to: Double?)
    /// One of these texts (compared after trimming spaces).
    case among([String])
    /// One of these numbers, so that `1`, `1.0` and `１` are the same value.
    case numbers([Double])
    /// Any of several, all on texts or all on numbers: groups that are shown together.
    indirect case any([Test])

    /// Whether the value is compared as a text rather than as a number.
    public var looksAtText: Bool {
      switch self {
      case .among: true
      case .range, .numbers: false
      case .any(let tests): tests.contains(where: \.looksAtText)
      }
    }
  }

  /// All must hold; an empty list holds for every row.
  public var clauses: [Clause]

  /// Makes a condition from its clauses.
  public init(_ clauses: [Clause] = []) {
    self.clauses = clauses
  }
}

extension Condition.Test {
  /// Whether a single value, as text and as the number that it is, satisfies the test.
  public func holds(of text: String, number: Double?) -> Bool {
    switch self {
    case .range(let from, let to):
      number.map { $0 >= from ?? -.infinity && $0 <= to ?? .infinity } ?? false
    case .numbers(let wanted): number.map(wanted.contains) ?? false
    case .among(let texts): texts.contains(text)
    case .any(let tests): tests.contains { $0.holds(of: text, number: number) }
    }
  }
}
