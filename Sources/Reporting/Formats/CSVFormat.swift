import Analysis
import Vocabulary

extension ReportFormat {
  /// `results.csv`: the tidy result table, which pandas and R read without arguments.
  ///
  /// RFC 4180; doubles in the shortest form that reads back as the same number; empty where unknown.
  /// There is no byte-order mark: with one, R would call the first column `X.U.FEFF.outcome`.
  public static let csv = ReportFormat(name: "csv", fileExtension: "csv") { report in
    ResultTable(report).text
  }
}

/// The columns of `results.csv`.
struct ResultTable {
  private let index: ResultIndex

  init(_ report: Report) {
    index = ResultIndex(result: report.result, language: report.language)
  }

  /// The header is a contract: columns may be added at the end, never renamed.
  static let columns = [
    "outcome", "role", "arm", "control", "cohort", "estimand", "measure", "estimator", "estimate",
    "std_error", "statistic", "df", "p_value", "p_adjusted", "conf_low", "conf_high", "conf_level",
    "n_arm", "n_control", "events_arm", "events_control", "se_type", "note",
    "conf_low_adjusted", "conf_high_adjusted",
  ]

  var text: String {
    let rows = index.result.everyRow.map(fields)
    return ([ResultTable.columns] + rows)
      .map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private func fields(_ row: ResultRow) -> [String] {
    let names = [
      row.outcome, row.role, row.arm, row.control, row.cohort, row.estimand, row.measure,
      row.estimator,
    ].map(CSVField.text)
    let numbers = [
      row.estimate, row.stdError, row.statistic, row.df, row.pValue, row.pAdjusted, row.confLow,
      row.confHigh, row.confLevel,
    ].map(CSVField.number)
    let counts = [row.nArm, row.nControl, row.eventsArm, row.eventsControl]
      .map { $0.map(String.init) ?? "" }
    let notes = row.notes.map(index.words).joined(separator: " ")
    return names + numbers + counts + [CSVField.text(row.seType ?? ""), CSVField.text(notes)]
      + [row.confLowAdjusted, row.confHighAdjusted].map(CSVField.number)
  }
}

/// One field of a CSV file.
enum CSVField {
  /// A text, quoted where RFC 4180 asks for it.
  ///
  /// A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers do not
  /// come this way, so a negative number stays a number.
  static func text(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    let needsQuotes = safe.unicodeScalars.contains { ["\"", ",", "\n", "\r"].contains($0) }
    guard needsQuotes else { return safe }
    return "\""
      + safe.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// The shortest text that reads back as the same number; empty where there is none.
  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
