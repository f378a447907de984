import Vocabulary

/// Conditions as SQL over the columns of a common table: `key_i` for texts, `x_j` for numbers.
///
/// A missing number is NULL and a missing text empty; neither satisfies a test, and nothing is negated.
struct SQLCondition {
  let dialect: SQLDialect
  let texts: [String]
  let numbers: [String]

  /// The condition; nil where it looks at a column that is neither.
  func sql(_ condition: Condition) -> String? {
    var parts: [String] = []
    for clause in condition.clauses {
      guard let part = sql(clause.test, on: clause.column) else { return nil }
      parts.append(part)
    }
    for choices in condition.alternatives ?? [] {
      var alternatives: [String] = []
      for choice in choices {
        guard let part = sql(choice) else { return nil }
        alternatives.append("(\(part))")
      }
      parts.append(
        alternatives.isEmpty ? "1 = 0" : "(" + alternatives.joined(separator: " OR ") + ")")
    }
    return parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ")
  }

  /// A test; nil where the column is not among those of its form.
  func sql(_ test: Condition.Test, on column: String) -> String? {
    if test.looksAtText {
      guard let place = texts.firstIndex(of: column) else { return nil }
      return text(test, "key_\(place + 1)")
    }
    guard let place = numbers.firstIndex(of: column) else { return nil }
    return number(test, "x_\(place + 1)")
  }

  private func text(_ test: Condition.Test, _ value: String) -> String {
    switch test {
    case .among(let texts):
      let wanted = Set(texts.map(trimmed)).subtracting([""])
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return oneOf(wanted.map(dialect.quoted(text:)), value)
    case .any(let tests): return any(tests.map { text($0, value) })
    case .range, .numbers: return "1 = 0"
    }
  }

  private func number(_ test: Condition.Test, _ value: String) -> String {
    switch test {
    case .range(let from, let to):
      // A bound that is no number is satisfied by nothing, as where rows are read.
      if from?.isNaN ?? false || to?.isNaN ?? false || from == .infinity || to == -.infinity {
        return "1 = 0"
      }
      var parts: [String] = []
      if let from, from.isFinite { parts.append("\(value) >= \(dialect.number(from))") }
      if let to, to.isFinite { parts.append("\(value) <= \(dialect.number(to))") }
      return parts.isEmpty ? "\(value) IS NOT NULL" : "(" + parts.joined(separator: " AND ") + ")"
    case .numbers(let wanted): return oneOf(wanted.filter(\.isFinite).map(dialect.number), value)
    case .any(let tests): return any(tests.map { number($0, value) })
    case .among: return "1 = 0"
    }
  }

  private func oneOf(_ values: [String], _ value: String) -> String {
    values.isEmpty ? "1 = 0" : "\(value) IN (\(values.joined(separator: ", ")))"
  }

  private func any(_ tests: [String]) -> String {
    tests.isEmpty ? "1 = 0" : "(" + tests.joined(separator: " OR ") + ")"
  }
}
