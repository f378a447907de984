public import Trials
import Vocabulary

/// What a programme planned and reached, indicator by indicator: the KPI 検証シート.
///
/// Reaching a KPI is no effect: nobody knows what would have been reached without the programme. The sheet therefore holds no
/// estimate; where a trial is named its conclusions stand apart.
public struct KPISheet: Codable, Hashable, Sendable {
  /// What a reader of an indicator's name should ask before comparing or adding it.
  public enum Remark: String, Codable, Hashable, Sendable {
    /// The name speaks of cases and the unit of people, or the other way round.
    case unitUnlikeName = "unit_unlike_name"
    /// 延べ: the same person counts each time.
    case countsEvents = "counts_events"
  }

  /// One indicator.
  public struct Row: Codable, Hashable, Sendable {
    /// What the plan says.
    public var plan: KPIPlan.Row
    /// What was reached of what was planned, year by year; nil where either is not known, or nothing was planned.
    public var attainment: [Double?]
    /// The sum of the planned years; 「-」 adds nothing.
    public var plannedTotal: Double
    /// Whether the plan's own total is that sum; nil where it states none.
    public var totalAgrees: Bool?
    /// The sum of what is known to be reached; nil where nothing is.
    public var reached: Double?
    /// The years of which it is known what was reached.
    public var knownYears: Int
    /// Of what was planned for those years, how much was reached; nil where nothing was planned for them.
    public var reachedShare: Double?
    /// Of the whole plan, how much is reached by now.
    public var progress: Double?
    /// What to ask before comparing or adding it.
    public var remarks: [Remark] = []
  }

  /// The plan.
  public var plan: KPIPlan
  /// The indicators.
  public var rows: [Row]
  /// What a trial found, apart from the sheet; nil where none is named.
  public var result: TrialResult?

  /// Makes the sheet.
  public init(_ plan: KPIPlan, result: TrialResult? = nil) {
    self.plan = plan
    self.result = result
    rows = plan.rows.map { Row($0) }
  }

  /// Whether every stated total is the sum of its years.
  public var totalsAgree: Bool { rows.allSatisfy { $0.totalAgrees ?? true } }
}

extension KPISheet.Row {
  init(_ row: KPIPlan.Row) {
    plan = row
    attainment = zip(row.plan, row.actual).map { planned, actual in
      guard let planned, let actual, planned > 0 else { return nil }
      return actual / planned
    }
    plannedTotal = row.plan.compactMap(\.self).reduce(0, +)
    totalAgrees = row.total.map { [plannedTotal] in abs($0 - plannedTotal) < 1e-6 * max(1, abs($0))
    }
    let known = zip(row.plan, row.actual).filter { $1 != nil }
    knownYears = known.count
    let sum = known.compactMap(\.1).reduce(0, +)
    reached = known.isEmpty ? nil : sum
    let planned = known.compactMap(\.0).reduce(0, +)
    reachedShare = planned > 0 && !known.isEmpty ? sum / planned : nil
    progress = plannedTotal > 0 && !known.isEmpty ? sum / plannedTotal : nil
    if row.name.contains("延べ") { remarks.append(.countsEvents) }
    let namesCases = row.name.contains("件数")
    let namesPeople = ["人数", "者数"].contains(where: row.name.contains)
    // 「延べ件数」 in 人 says both; that it counts events is then the thing to know.
    if namesCases != namesPeople, row.unit == (namesCases ? "人" : "件") {
      remarks.append(.unitUnlikeName)
    }
  }
}
