import Statistics

/// A tally as one query: the sums of what is left of every number after a centre near it is taken off, and of its
/// products.
///
/// Only differences from a centre are squared, and the sums are corrected for where the mean really is (Chan,
/// Golub & LeVeque 1983, doi:10.1080/00031305.1983.10483115), in any engine that adds doubles. The centres are
/// given, near most of the data: one reading. Or they are the means, part by part: two readings, and a mean of
/// 10⁹ with a standard deviation of 1 keeps its digits wherever it lies.
public struct TallyQuery: Sendable {
  private let relation: SQLRelation
  private let request: TallyRequest
  private let numbers: [String]
  private let centres: [Double]?

  /// Prepares the query of a request.
  ///
  /// - Parameters:
  ///   - request: what is added up.
  ///   - relation: where the rows are.
  ///   - centres: a value near each of the request's numbers; nil for the means of each part.
  public init(_ request: TallyRequest, from relation: SQLRelation, centres: [Double]? = nil) {
    self.relation = relation
    self.request = request
    self.centres = centres
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

  /// A common table of each row's texts, read in some way, and numbers.
  private func rows(_ text: (String) -> String) -> String {
    let texts = request.texts.enumerated().map { "\(text($1)) AS key_\($0 + 1)" }
    let values = numbers.enumerated().map { "\(relation.number($1)) AS x_\($0 + 1)" }
    return """
      nudge_rows \(dialect.inlined) (
        SELECT
          \(listed(texts + values, deep: true))
        FROM \(relation.from) AS d
      )
      """
  }

  /// The rows, their texts as an analysis knows them.
  var rows: String { rows(relation.text) }

  /// Which of the numbers are whole, so that their sums are exact.
  var areWhole: [Bool] {
    numbers.map { relation.integers.contains($0) || request.binaries.contains($0) }
  }

  /// A value near each number: the mean of a few rows, rounded where that keeps whole numbers whole.
  var nearby: String {
    let means = areWhole.enumerated().map { place, isWhole in
      let mean = "AVG(x_\(place + 1))"
      return "\(isWhole ? "ROUND(\(mean))" : mean) AS centre_\(place + 1)"
    }
    let values = numbers.enumerated().map { "\(relation.number($1)) AS x_\($0 + 1)" }
    return """
      SELECT
        \(listed(means))
      FROM (
        SELECT
          \(listed(values, deep: true))
        FROM \(relation.from) AS d
        LIMIT 1000
      ) AS few
      """
  }

  /// The answers to the tests, and whether every value is one that may stand there.
  ///
  /// Texts are compared as they are stored: tidied row by row they would cost more than all the sums, and the
  /// answer is tidied instead.
  private var parts: String {
    let texts = request.texts.indices.map { "key_\($0 + 1)" }
    let tests = request.tests.enumerated().map { place, test in
      let holds = condition.sql(test.test, on: test.column) ?? "1 = 0"
      return "CASE WHEN \(holds) THEN 1 ELSE 0 END AS test_\(place + 1)"
    }
    let values = numbers.indices.map { "x_\($0 + 1)" }
    return """
      nudge_parts \(dialect.inlined) (
        SELECT
          \(listed(texts + tests + values + [notNumbers, notBinaries], deep: true))
        FROM nudge_rows
      )
      """
  }

  /// NaN lies above every number to some engines and in no range to the others.
  private var notNumbers: String {
    let finite = numbers.filter { !relation.integers.contains($0) }.map {
      "(\(value($0)) IS NULL OR ABS(\(value($0))) <= \(dialect.number(1e308)))"
    }
    let strange =
      finite.isEmpty ? "0" : "CASE WHEN \(finite.joined(separator: " AND ")) THEN 0 ELSE 1 END"
    return strange + " AS not_numbers"
  }

  /// Whole numbers show by their sums whether they are zeros and ones.
  private var notBinaries: String {
    let others = numbers.filter {
      request.binaries.contains($0) && !relation.integers.contains($0)
    }.map { "\(value($0)) NOT IN (\(dialect.number(0)), \(dialect.number(1)))" }
    let strange =
      others.isEmpty ? "0" : "CASE WHEN \(others.joined(separator: " OR ")) THEN 1 ELSE 0 END"
    return strange + " AS not_binaries"
  }

  // MARK: - Sums

  private func place(_ column: String) -> Int { (numbers.firstIndex(of: column) ?? 0) + 1 }
  private func value(_ column: String) -> String { "x_\(place(column))" }

  private var groups: String {
    keys.isEmpty ? "" : "\n  GROUP BY " + keys.joined(separator: ", ")
  }

  private var means: String {
    let averages = numbers.indices.map { "AVG(x_\($0 + 1)) AS mean_\($0 + 1)" }
    return """
      nudge_means AS (
        SELECT
          \(listed(keys + averages + ["COUNT(*) AS n_rows"], deep: true))
        FROM nudge_parts\(groups)
      )
      """
  }

  private var deviations: String {
    let others = ["not_numbers", "not_binaries"]
    guard let centres else {
      // Joined, not windowed: two hashed readings and no sort.
      let joined =
        keys.isEmpty ? "1 = 1" : keys.map { "p.\($0) = m.\($0)" }.joined(separator: " AND ")
      let values = numbers.indices.map { "p.x_\($0 + 1) - m.mean_\($0 + 1) AS d_\($0 + 1)" }
      let means = numbers.indices.map { "m.mean_\($0 + 1) AS centre_\($0 + 1)" }
      let columns = (keys + others).map { "p.\($0) AS \($0)" } + values + means
      return """
        nudge_deviations AS (
          SELECT
            \(listed(columns, deep: true))
          FROM nudge_parts AS p JOIN nudge_means AS m ON \(joined)
        )
        """
    }
    let values = centres.enumerated().map {
      $1 == 0 ? "x_\($0 + 1) AS d_\($0 + 1)" : "x_\($0 + 1) - \(dialect.number($1)) AS d_\($0 + 1)"
    }
    return """
      nudge_deviations \(dialect.inlined) (
        SELECT
          \(listed(keys + others + values, deep: true))
        FROM nudge_parts
      )
      """
  }

  /// A sum over the rows in which a set is complete; what is added is missing where one of its own columns is.
  private func sum(_ term: String, of own: Set<String>, in set: VariableSet) -> String {
    let others = set.columns.filter { !own.contains($0) }
      .map { "d_\(place($0)) IS NOT NULL" }.joined(separator: " AND ")
    return others.isEmpty ? "SUM(\(term))" : "SUM(CASE WHEN \(others) THEN \(term) END)"
  }

  private var sums: String {
    var columns = keys + ["COUNT(*) AS n_rows"]
    columns += ["not_numbers", "not_binaries"].map { "SUM(\($0)) AS \($0)" }
    if centres == nil {
      columns += numbers.indices.map { "MIN(centre_\($0 + 1)) AS centre_\($0 + 1)" }
    }
    for (number, set) in request.sets.enumerated() {
      let complete =
        set.columns.isEmpty
        ? "1 = 1" : set.columns.map { "d_\(place($0)) IS NOT NULL" }.joined(separator: " AND ")
      columns.append("COUNT(CASE WHEN \(complete) THEN 1 END) AS n_\(number + 1)")
      for (i, column) in set.columns.enumerated() {
        let own = "d_\(place(column))"
        columns.append("\(sum(own, of: [column], in: set)) AS s_\(number + 1)_\(i + 1)")
        for (j, other) in set.columns[...i].enumerated() {
          let product = sum("\(own) * d_\(place(other))", of: [column, other], in: set)
          columns.append("\(product) AS c_\(number + 1)_\(i + 1)_\(j + 1)")
        }
      }
    }
    return """
      nudge_sums AS (
        SELECT
          \(listed(columns, deep: true))
        FROM nudge_deviations\(groups)
      )
      """
  }

  /// The query.
  public var sql: String {
    let tables = [rows(relation.storedText), parts] + (centres == nil ? [means] : [])
    return """
      WITH \((tables + [deviations, sums]).joined(separator: ",\n"))
      SELECT
        \(listed(answers))
      FROM nudge_sums
      """
  }

  private var answers: [String] {
    var columns = ["\(dialect.quoted(text: request.fingerprint)) AS request"]
    columns += request.texts.indices.map {
      "\(relation.tidy("key_\($0 + 1)")) AS key_\($0 + 1)"
    }
    columns += request.tests.indices.map { "test_\($0 + 1)" }
    columns += ["n_rows", "not_numbers", "not_binaries"]
    for (number, set) in request.sets.enumerated() {
      let n = "NULLIF(n_\(number + 1), 0)"
      columns.append("n_\(number + 1)")
      for (i, column) in set.columns.enumerated() {
        let own = "\(number + 1)_\(i + 1)"
        let centre =
          centres.map { dialect.number($0[place(column) - 1]) } ?? "centre_\(place(column))"
        columns.append("\(centre) + s_\(own) / \(n) AS mean_\(own)")
      }
      for i in set.columns.indices {
        let own = "\(number + 1)_\(i + 1)"
        for j in 0...i {
          let product = "c_\(own)_\(j + 1) - s_\(own) * s_\(number + 1)_\(j + 1) / \(n)"
          columns.append("\(product) AS product_\(own)_\(j + 1)")
        }
      }
    }
    return columns
  }

  private func listed(_ columns: [String], deep: Bool = false) -> String {
    columns.joined(separator: deep ? ",\n    " : ",\n  ")
  }
}
