import Statistics
import Vocabulary

/// The second reading of regressions as one query: a row of the answer is a regression.
public struct LeverageQuery: Sendable {
  private let relation: SQLRelation
  private let request: LeverageRequest
  private let numbers: [String]

  /// Prepares the query; nil where a regression names a column that the tally does not.
  public init?(_ request: LeverageRequest, from relation: SQLRelation) {
    self.relation = relation
    self.request = request
    numbers = request.tally.numberColumns
    for regression in request.regressions {
      let (k, pass) = (regression.set.columns.count - 1, regression.pass)
      guard k >= 0, pass.centres.count == k, pass.slopes.count == k,
        pass.factor.count == (k + 1) * (k + 2) / 2,
        regression.set.columns.allSatisfy(numbers.contains),
        !request.tally.texts.isEmpty, condition.sql(regression.condition) != nil
      else { return nil }
    }
  }

  private var dialect: SQLDialect { relation.dialect }
  private var condition: SQLCondition {
    SQLCondition(dialect: dialect, texts: request.tally.texts, numbers: numbers)
  }

  /// How many covariates the largest regression has.
  static func width(_ request: LeverageRequest) -> Int {
    request.regressions.map(\.pass.centres.count).max() ?? 0
  }

  /// The query.
  public var sql: String {
    let width = LeverageQuery.width(request)
    let parts = request.regressions.enumerated().map { sql($1, number: $0 + 1, width: width) }
    return """
      WITH \(TallyQuery(request.tally, from: relation).rows)
      \(parts.joined(separator: "\nUNION ALL\n"))
      """
  }

  private func sum(_ coefficients: some Sequence<Double>, of names: [String]) -> String {
    zip(coefficients, names).map { "\(dialect.number($0)) * \($1)" }.joined(separator: " + ")
  }

  private func sql(
    _ regression: LeverageRequest.Regression, number: Int, width: Int
  ) -> String {
    let (pass, k) = (regression.pass, regression.pass.centres.count)
    let columns = regression.set.columns.map { "x_\((numbers.firstIndex(of: $0) ?? 0) + 1)" }
    let arm = "key_1 = \(dialect.quoted(text: trimmed(regression.arm)))"
    let wanted =
      [arm] + columns.map { "\($0) IS NOT NULL" }
      + (regression.condition.isEmpty ? [] : [condition.sql(regression.condition) ?? "1 = 0"])
    let centred = pass.centres.enumerated().map { place, centre in
      "\(columns[place + 1]) - \(dialect.number(centre)) AS z_\(place + 1)"
    }
    let names = (0..<k).map { "z_\($0 + 1)" }
    // The last of z is one: its coefficient stands alone.
    let shares = (0...k).map { row in
      let triangle = pass.factor[(row * (row + 1) / 2)...].prefix(row + 1)
      let varying = sum(triangle.prefix(min(row + 1, k)), of: names)
      let constant = row == k ? [dialect.number(triangle.last ?? 0)] : []
      return ((varying.isEmpty ? [] : [varying]) + constant).joined(separator: " + ")
        + " AS q_\(row + 1)"
    }
    let slopes = zip(pass.slopes, names).map { " - \(dialect.number($0)) * \($1)" }.joined()
    let residual = "y - \(dialect.number(pass.intercept))\(slopes) AS e"
    let leverage = (0...k).map { "q_\($0 + 1) * q_\($0 + 1)" }.joined(separator: " + ")
    let all = (0...k).map { "q_\($0 + 1)" }.joined(separator: ", ")
    let divided = String(repeating: " / f", count: pass.correction.rawValue)
    var sums = [
      "\(dialect.quoted(text: request.fingerprint)) AS request", "\(number) AS regression",
      "COUNT(*) AS n", "MIN(1 - h) AS least_freedom", "SUM(e * e) AS squared_residuals",
      "SUM(own * e * e\(divided)) AS variance",
      "SUM((own - own / f * h) * (own + own / f * h)) AS diagonal",
    ]
    for row in 0...width {
      for column in 0...row {
        let product =
          row <= k
          ? "SUM(own / f * q_\(row + 1) * q_\(column + 1))" : "CAST(NULL AS \(dialect.double))"
        sums.append("\(product) AS product_\(row + 1)_\(column + 1)")
      }
    }
    return """
      SELECT
        \(sums.joined(separator: ",\n  "))
      FROM (
        SELECT e, h, own, NULLIF(1 - h, 0) AS f, \(all) FROM (
          SELECT e, \(leverage) AS h, q_\(k + 1) * q_\(k + 1) AS own, \(all) FROM (
            SELECT \(([residual] + shares).joined(separator: ", ")) FROM (
              SELECT \((["\(columns[0]) AS y"] + centred).joined(separator: ", "))
              FROM nudge_rows
              WHERE \(wanted.joined(separator: " AND "))
            ) AS a
          ) AS b
        ) AS c
      ) AS r
      """
  }
}
