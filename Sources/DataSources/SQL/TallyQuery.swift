import Statistics

/// A tally as one query: means part by part, then sums of products around them.
///
/// The sums are corrected for what rounding took from the means (Chan, Golub & LeVeque 1983,
/// doi:10.1080/00031305.1983.10483115), so that a mean of 10⁹ with a standard deviation of 1 keeps its digits
/// in any engine that adds doubles. The means are joined, not windowed: two hashed passes and no sort.
public struct TallyQuery: Sendable {
  private let relation: SQLRelation
  private let request: TallyRequest
  private let numbers: [String]

  /// Prepares the query of a request.
  public init(_ request: TallyRequest, from relation: SQLRelation) {
    self.relation = relation
    self.request = request
    numbers = request.numberColumns
  }

  private var dialect: SQLDialect { relation.dialect }
  private var condition: SQLCondition {
    SQLCondition(dialect: dialect, texts: request.texts, numbers: numbers)
  }
  private var keys: [String] {
    request.texts.indices.map { "key_\($0 + 1)" } + request.tests.indices.map { "test_\($0 + 1)" }
  }

  // MARK: - Rows

  /// The first common table: each row's texts and numbers.
  var rows: String {
    let texts = request.texts.enumerated().map { "\(relation.text($1)) AS key_\($0 + 1)" }
    let values = numbers.enumerated().map { "\(relation.number($1)) AS x_\($0 + 1)" }
    return """
      nudge_rows \(dialect.inlined) (
        SELECT
          \((texts + values).joined(separator: ",\n    "))
        FROM \(relation.from) AS d
      )
      """
  }

  /// The second: the answers to the tests, and whether every number is one.
  private var parts: String {
    let texts = request.texts.indices.map { "key_\($0 + 1)" }
    let tests = request.tests.enumerated().map { place, test in
      let holds = condition.sql(test.test, on: test.column) ?? "1 = 0"
      return "CASE WHEN \(holds) THEN 1 ELSE 0 END AS test_\(place + 1)"
    }
    let values = numbers.indices.map { "x_\($0 + 1)" }
    // NaN lies above every number to some engines and in no range to the others.
    let finite = values.map { "(\($0) IS NULL OR ABS(\($0)) <= \(dialect.number(1e308)))" }
    let strange =
      finite.isEmpty ? "0" : "CASE WHEN \(finite.joined(separator: " AND ")) THEN 0 ELSE 1 END"
    return """
      nudge_parts \(dialect.inlined) (
        SELECT
          \((texts + tests + values + ["\(strange) AS not_number"]).joined(separator: ",\n    "))
        FROM nudge_rows
      )
      """
  }

  // MARK: - Sums

  private func value(_ column: String) -> String {
    "x_\((numbers.firstIndex(of: column) ?? 0) + 1)"
  }

  /// Whether a row has every number of a set.
  func complete(_ set: VariableSet) -> String {
    set.columns.isEmpty
      ? "1 = 1" : set.columns.map { "\(value($0)) IS NOT NULL" }.joined(separator: " AND ")
  }

  private var groups: String {
    keys.isEmpty ? "" : "\n  GROUP BY " + keys.joined(separator: ", ")
  }

  private func joined(_ left: String, _ right: String) -> String {
    keys.isEmpty
      ? "1 = 1" : keys.map { "\(left).\($0) = \(right).\($0)" }.joined(separator: " AND ")
  }

  private var means: String {
    var columns = keys + ["COUNT(*) AS n_rows", "SUM(not_number) AS not_numbers"]
    for (place, set) in request.sets.enumerated() {
      columns.append("COUNT(CASE WHEN \(complete(set)) THEN 1 END) AS n_\(place + 1)")
      for (i, column) in set.columns.enumerated() {
        columns.append(
          "AVG(CASE WHEN \(complete(set)) THEN \(value(column)) END) AS mean_\(place + 1)_\(i + 1)")
      }
    }
    return """
      nudge_means AS (
        SELECT
          \(columns.joined(separator: ",\n    "))
        FROM nudge_parts\(groups)
      )
      """
  }

  private var deviations: String {
    var columns = keys.map { "p.\($0)" }
    for (place, set) in request.sets.enumerated() {
      let all = set.columns.map { "p.\(value($0)) IS NOT NULL" }.joined(separator: " AND ")
      for (i, column) in set.columns.enumerated() {
        let name = "\(place + 1)_\(i + 1)"
        columns.append("CASE WHEN \(all) THEN p.\(value(column)) - m.mean_\(name) END AS d_\(name)")
      }
    }
    if columns.isEmpty { columns = ["1 AS nothing"] }
    return """
      nudge_deviations AS (
        SELECT
          \(columns.joined(separator: ",\n    "))
        FROM nudge_parts AS p JOIN nudge_means AS m ON \(joined("p", "m"))
      )
      """
  }

  private var sums: String {
    var columns = keys
    for (place, set) in request.sets.enumerated() {
      for i in set.columns.indices {
        let own = "\(place + 1)_\(i + 1)"
        columns.append("SUM(d_\(own)) AS s_\(own)")
        for j in 0...i {
          columns.append("SUM(d_\(own) * d_\(place + 1)_\(j + 1)) AS c_\(own)_\(j + 1)")
        }
      }
    }
    if columns.isEmpty { columns = ["COUNT(*) AS nothing"] }
    return """
      nudge_sums AS (
        SELECT
          \(columns.joined(separator: ",\n    "))
        FROM nudge_deviations\(groups)
      )
      """
  }

  /// The query.
  public var sql: String {
    var columns = ["\(dialect.quoted(text: request.fingerprint)) AS request"]
    columns += (keys + ["n_rows", "not_numbers"]).map { "m.\($0) AS \($0)" }
    for (place, set) in request.sets.enumerated() {
      let n = "NULLIF(m.n_\(place + 1), 0)"
      columns.append("m.n_\(place + 1) AS n_\(place + 1)")
      for i in set.columns.indices {
        let own = "\(place + 1)_\(i + 1)"
        columns.append("m.mean_\(own) + s.s_\(own) / \(n) AS mean_\(own)")
      }
      for i in set.columns.indices {
        let own = "\(place + 1)_\(i + 1)"
        for j in 0...i {
          let product = "s.c_\(own)_\(j + 1) - s.s_\(own) * s.s_\(place + 1)_\(j + 1) / \(n)"
          columns.append("\(product) AS product_\(own)_\(j + 1)")
        }
      }
    }
    return """
      WITH \([rows, parts, means, deviations, sums].joined(separator: ",\n"))
      SELECT
        \(columns.joined(separator: ",\n  "))
      FROM nudge_means AS m JOIN nudge_sums AS s ON \(joined("m", "s"))
      """
  }
}
