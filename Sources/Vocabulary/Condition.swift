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
  /// Of each list one must hold, too, such as two rules of age that depend on schooling; nil for none.
  public var alternatives: [[Condition]]?

  /// Makes a condition from its clauses and lists of which one must hold.
  public init(_ clauses: [Clause] = [], alternatives: [[Condition]] = []) {
    self.clauses = clauses
    self.alternatives = alternatives.isEmpty ? nil : alternatives
  }

  /// Whether it holds for every row.
  public var isEmpty: Bool { clauses.isEmpty && alternatives == nil }

  /// Every column that it looks at, each once, in the order in which it names them.
  public var columns: [String] {
    var seen: Set<String> = []
    let all = clauses.map(\.column) + (alternatives ?? []).joined().flatMap(\.columns)
    return all.filter { seen.insert($0).inserted }
  }

  /// What holds where both conditions hold.
  public func and(_ other: Condition) -> Condition {
    Condition(
      clauses + other.clauses,
      alternatives: (alternatives ?? []) + (other.alternatives ?? []))
  }

  /// Whether it holds for a single row whose values are known as texts and as the numbers that they are.
  public func holds(_ value: (String) -> (text: String, number: Double?)) -> Bool {
    clauses.allSatisfy { clause in
      let (text, number) = value(clause.column)
      return clause.test.holds(of: text, number: number)
    } && (alternatives ?? []).allSatisfy { choices in choices.contains { $0.holds(value) } }
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
