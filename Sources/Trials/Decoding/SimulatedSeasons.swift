import Vocabulary

extension TrialReader {
  private static let weekdays: [String: Int] = [
    "月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
  ]

  /// How a level follows the calendar: factors by weekday and by month.
  func season(
    _ written: Written, columns: [SimulationPlan.Column]
  ) -> SimulationPlan.Step.Season? {
    let name = "season"
    guard let section = section(written, name: name, keys: ["column", "weekdays", "months"]) else {
      return nil
    }
    let days = columns.filter { if case .dates = $0.source { true } else { false } }.map(\.name)
    let columnWritten = required("column", in: section, named: name)
    let column = columnWritten.flatMap { text($0) }
    if let column, let columnWritten, !days.contains(column) {
      report(.unknownName(.columnOfDays, column, accepted: days), at: columnWritten)
      return nil
    }
    let weekdays = section["weekdays"].map {
      factors($0, count: 7, accepted: ["月", "火", "水", "木", "金", "土", "日"]) {
        Self.weekdays[$0.lowercased()]
      }
    }
    let months = section["months"].map {
      factors($0, count: 12, accepted: (1...12).map(String.init)) { name in
        Int(name).flatMap { (1...12).contains($0) ? $0 - 1 : nil }
      }
    }
    guard let column, let weekdays = weekdays ?? [Double](repeating: 1, count: 7),
      let months = months ?? [Double](repeating: 1, count: 12)
    else { return nil }
    return SimulationPlan.Step.Season(column: column, weekdays: weekdays, months: months)
  }

  /// Factors by name; what is not written is as usual.
  private func factors(
    _ written: Written, count: Int, accepted: [String], place: (String) -> Int?
  ) -> [Double]? {
    guard let section = freeSection(written) else { return nil }
    var factors = [Double](repeating: 1, count: count)
    var isWhole = true
    for entry in section.entries {
      guard let place = place(entry.key) else {
        report(.unknownName(.partOfCalendar, entry.key, accepted: accepted), at: entry.keyPlace)
        isWhole = false
        continue
      }
      guard let factor = number(entry.value, .notNegative) else {
        isWhole = false
        continue
      }
      factors[place] = factor
    }
    return isWhole ? factors : nil
  }
}
