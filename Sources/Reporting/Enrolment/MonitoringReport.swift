public import Analysis
public import Vocabulary

/// A running trial in words and tables for a terminal.
public struct MonitoringReport: Sendable {
  private let monitoring: Monitoring
  private let language: Language
  /// Longer breakdowns show their largest and name the rest.
  private static let mostRows = 40

  /// Makes the report.
  public init(_ monitoring: Monitoring, language: Language) {
    self.monitoring = monitoring
    self.language = language
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let parts = [summary, gaps, days] + groups + [looks, looked]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// Everything for programs.
  public func json() throws -> String {
    try PlainJSON.text(of: monitoring)
  }

  /// The boundary of the planned looks as an SVG file; nil for a trial without looks.
  public var boundary: String? {
    monitoring.looks.map {
      BoundaryChart($0, of: monitoring, language: language).chart.standalone
    }
  }

  private func count(_ value: Int) -> String { NumberStyle.text(count: value) }

  private func mark(_ isSound: Bool) -> String { isSound ? "○ " : "× " }

  private var summary: [String] {
    var lines = [
      language.say(
        ja: "\(monitoring.trial)：\(count(monitoring.rows))行、うち対象\(count(monitoring.units))行",
        en:
          "\(monitoring.trial): \(count(monitoring.rows)) rows, \(count(monitoring.units)) in the population"
      )
    ]
    if let information = monitoring.information {
      let share = NumberStyle(shift: 2, decimals: 1).text(information.fraction)
      lines.append(
        language.say(
          ja:
            "主要な成果指標が分かった人：\(count(information.known))／計画\(count(information.planned))（\(share)%）",
          en:
            "Primary outcome known: \(count(information.known)) of \(count(information.planned)) planned (\(share)%)"
        ))
    }
    lines += [drawn, sampleRatio, duplicates, withoutArm, crossovers].compactMap(\.self)
    return lines.flatMap { TextLines.wrapped($0, width: 80, rest: 2) }
  }

  private var drawn: String? {
    guard let tally = monitoring.drawn else { return nil }
    return mark(tally.otherArm + tally.notDrawn == 0)
      + language.say(
        ja: "割付け名簿との照合：名簿\(count(tally.drawn))人、一致\(count(tally.agreeing))、"
          + "群が違う\(count(tally.otherArm))、名簿にない\(count(tally.notDrawn))、"
          + "まだデータにない\(count(tally.absent))",
        en: "Drawn list: \(count(tally.drawn)) units; \(count(tally.agreeing)) agree, "
          + "\(count(tally.otherArm)) have another arm, \(count(tally.notDrawn)) were never drawn, "
          + "\(count(tally.absent)) not in the data yet")
  }

  private var sampleRatio: String? {
    guard let watch = monitoring.sampleRatio else { return nil }
    let p = PValueText.statement(watch.pValue, alpha: 0.001)
    return mark(watch.firstAlarm == nil)
      + language.say(
        ja: "群の比率：いつ何度見ても有効な検定で \(p)"
          + (watch.firstAlarm.map { "。計画の比率から外れています" + ($0.isEmpty ? "" : "（最初は\($0)）") } ?? ""),
        en: "Sample ratio: \(p) by a test that may be read at any time"
          + (watch.firstAlarm.map {
            ". The arms depart from the plan" + ($0.isEmpty ? "" : " (first on \($0))")
          } ?? ""))
  }

  private var duplicates: String? {
    mark(monitoring.duplicates == 0)
      + language.say(
        ja: "同じ人の重複：\(count(monitoring.duplicates))行",
        en: "Repeated units: \(count(monitoring.duplicates)) rows")
  }

  private var withoutArm: String? {
    guard monitoring.withoutArm > 0 else { return nil }
    return mark(false)
      + language.say(
        ja: "どの文面か分からない行：\(count(monitoring.withoutArm))行",
        en: "Rows without an arm: \(count(monitoring.withoutArm))")
  }

  private var crossovers: String? {
    guard let found = monitoring.crossovers else { return nil }
    return mark(found.crossed == 0)
      + language.say(
        ja: "割り付けと違う文面を受け取った人：\(count(found.crossed))／\(count(found.known))人",
        en: "Received another message than drawn: \(count(found.crossed)) of \(count(found.known))")
  }

  private var gaps: [String] {
    let block = TableBlock(
      caption: "",
      columns: [
        .name(language.say(ja: "成果指標", en: "Outcome")),
        .number(language.say(ja: "対象", en: "Units")),
        .number(language.say(ja: "欠測", en: "Missing")),
        .number(language.say(ja: "欠測率", en: "Share")),
      ],
      rows: monitoring.missing.map {
        [$0.outcome, count($0.units), count($0.missing), share($0.missing, of: $0.units)]
      })
    return TextTable(block, width: 80).lines
  }

  private func share(_ part: Int, of whole: Int) -> String {
    whole > 0
      ? NumberStyle(shift: 2, decimals: 1, suffix: "%").text(Double(part) / Double(whole))
      : NumberStyle.unknown
  }

  private var days: [String] {
    guard !monitoring.days.isEmpty else { return [] }
    return table(
      of: monitoring.days.suffix(Self.mostRows), head: language.say(ja: "日", en: "Day"),
      hidden: monitoring.days.count - Self.mostRows)
  }

  private var groups: [[String]] {
    monitoring.groups.map { group in
      table(
        of: group.counts.prefix(Self.mostRows), head: group.column,
        hidden: group.counts.count - Self.mostRows)
    }
  }

  private func table(
    of counts: some Sequence<Monitoring.Count>, head: String, hidden: Int
  ) -> [String] {
    let block = TableBlock(
      caption: "",
      columns: [
        .name(head), .number(language.say(ja: "行", en: "Rows")),
        .number(language.say(ja: "欠測", en: "Missing")),
        .number(language.say(ja: "欠測率", en: "Share")),
      ],
      rows: counts.map {
        [$0.name, count($0.rows), count($0.missing), share($0.missing, of: $0.rows)]
      }
    )
    let rest =
      hidden > 0
      ? [language.say(ja: "（ほかに\(count(hidden))件）", en: "(and \(count(hidden)) more)")] : []
    return TextTable(block, width: 80).lines + rest
  }

  private var looks: [String] {
    guard let schedule = monitoring.looks else { return [] }
    let planned = BoundaryChart(schedule, of: monitoring, language: language)
      .table
    let prices = TableBlock(
      caption: language.say(ja: "途中で見ることの代価", en: "The price of looking"),
      columns: [
        .name(language.say(ja: "方法", en: "Method")),
        .number(language.say(ja: "最後の境界値 |z|", en: "Final critical |z|")),
        .number(language.say(ja: "必要な人数（見ない場合＝1）", en: "Largest sample (1 = no looks)")),
      ],
      rows: schedule.prices.map {
        [
          name(of: $0.method), NumberStyle(decimals: 3).text($0.finalCritical),
          NumberStyle(decimals: 3).text($0.inflation),
        ]
      })
    return [planned.caption] + TextTable(planned, width: 80).lines + ["", prices.caption]
      + TextTable(prices, width: 80).lines
  }

  private func name(of method: String) -> String {
    switch method {
    case "fixed": language.say(ja: "最後に一度だけ", en: "Once, at the end")
    case "obrien-fleming": language.say(ja: "オブライエン・フレミング型", en: "O'Brien–Fleming type")
    case "pocock": language.say(ja: "ポコック型", en: "Pocock type")
    default: language.say(ja: "いつでも見てよい信頼区間", en: "Confidence sequence (any time)")
    }
  }

  private var looked: [String] {
    guard let look = monitoring.look else {
      return TextLines.wrapped(
        monitoring.looks == nil
          ? language.say(ja: "群ごとの結果は伏せてあります。", en: "Results by arm are hidden.")
          : language.say(
            ja: "群ごとの結果は伏せてあります。計画した時点になったら --look N で見ます（台帳に記録されます）。",
            en: "Results by arm are hidden. At a planned look use --look N, which is recorded."),
        width: 80)
    }
    let block = TableBlock(
      caption: "",
      columns: [
        .name(language.say(ja: "成果指標", en: "Outcome")), .name(language.say(ja: "群", en: "Arm")),
        .number("z"), .name(language.say(ja: "判断", en: "Decision")),
      ],
      rows: look.comparisons.map {
        [
          $0.outcome, $0.arm, NumberStyle(decimals: 3).signed($0.z),
          $0.stops
            ? language.say(ja: "境界を越えた", en: "beyond the boundary")
            : language.say(ja: "続ける", en: "go on"),
        ]
      })
    return [
      language.say(
        ja: "\(look.number)回目の分析（台帳に記録しました）", en: "Look \(look.number) (recorded in the ledger)")
    ] + TextTable(block, width: 80).lines
  }
}
