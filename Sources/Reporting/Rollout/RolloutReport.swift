public import Analysis
import Spreadsheet
import Trials
public import Vocabulary

/// What a result would mean for each municipality: a page, a workbook and a table.
public struct RolloutReport: TableReport, Sendable {
  private let rollout: RolloutTable
  private let language: Language
  private var words: RolloutWording { RolloutWording(rollout, language) }

  /// Makes the report.
  public init(_ rollout: RolloutTable, language: Language) {
    self.rollout = rollout
    self.language = language
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let lead = (words.warnings.map { "!! " + $0 } + words.sentences + words.assumptions)
      .flatMap { TextLines.wrapped($0, width: 80) }
    let towns =
      [table.caption] + TextTable(table, width: 80).lines
      + table.notes.flatMap { TextLines.wrapped($0, width: 80) }
    return [lead, towns].map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// Everything for programs.
  public func json() throws -> String {
    try PlainJSON.text(of: rollout)
  }

  /// One row a municipality and voltage, for programs.
  public var csv: String {
    let head =
      "rank,code,name,population,people,cost,allocated,allocated_cost,voltage,extra,extra_low,extra_high,cost_per_extra,cost_low,cost_high,"
      + "no_gain,reaches_target,pays_off,resembles"
    let rows = rollout.municipalities.flatMap { town in
      town.outlooks.map { outlook in
        let head = [
          "\(town.rank)", CSVField.text(town.code ?? ""), CSVField.text(town.name),
          "\(town.population)", "\(town.people)", CSVField.number(town.cost),
          town.allocated.map { "\($0)" } ?? "", CSVField.number(town.allocatedCost),
        ]
        let numbers = [
          outlook.voltage, outlook.extra, outlook.extraLow, outlook.extraHigh,
          outlook.costPerExtra, outlook.costLow, outlook.costHigh, outlook.noGain,
          outlook.reachesTarget, outlook.paysOff,
        ].map(CSVField.number)
        return (head + numbers + [town.resembles ? "1" : "0"]).joined(separator: ",")
      }
    }
    return ([head] + rows).joined(separator: "\r\n") + "\r\n"
  }

  /// One page.
  public var html: String {
    HTMLPage(
      document: Document(
        title: rollout.title[language],
        facts: [
          (language.say(ja: "成果指標", en: "Outcome"), rollout.outcome[language]),
          (language.say(ja: "広げる文面", en: "Message"), rollout.arm[language]),
          (language.say(ja: "試験番号", en: "Trial"), rollout.trial),
        ],
        warnings: words.warnings,
        sections: [
          Section(
            topic: .verdict, title: language.say(ja: "広げた場合の見込み", en: "What to expect"),
            blocks: words.sentences.enumerated().map { $0 == 0 ? .lead($1) : .paragraph($1) }),
          Section(
            topic: .method, title: language.say(ja: "前提", en: "Assumptions"),
            blocks: [.list(words.assumptions)]),
          Section(
            topic: .comparison,
            title: language.say(ja: "市町村別の見込み", en: "Municipality by municipality"),
            blocks: [.figure(chart), .table(table)]),
        ]),
      language: language, kind: language.say(ja: "横展開の見込み", en: "Roll-out"),
      pageHead: "\(rollout.trial)  nudge rollout"
    ).text
  }

  /// The workbook: the table, and every voltage a row.
  ///
  /// - Throws: ``Vocabulary/Fault`` where the file cannot be made.
  public func workbook() throws -> [UInt8] {
    let book = Workbook(
      title: rollout.title[language], pageHead: "\(rollout.trial)  nudge rollout",
      sheets: [summarySheet, townSheet])
    do throws(SpreadsheetError) {
      return try book.bytes()
    } catch {
      throw Fault(
        at: SourceLocation(file: "rollout.xlsx"),
        BilingualText(
          ja: "Excel ファイルを作れません（\(error.reason)）",
          en: "the workbook cannot be made (\(error.reason))"))
    }
  }

  // MARK: - Tables

  /// The most municipalities that a chart shows.
  private static let mostDrawn = 40

  private var table: TableBlock {
    let hasTargets = rollout.municipalities.contains { $0.outlooks.first?.reachesTarget != nil }
    let hasWorth = rollout.municipalities.contains { $0.outlooks.first?.paysOff != nil }
    var columns: [TableBlock.Column] = [
      .name(language.say(ja: "市町村", en: "Municipality")),
      .number(language.say(ja: "対象人口", en: "People")),
      .number(language.say(ja: "送る人数", en: "Sent to")),
      .number(language.say(ja: "追加の成果（件）", en: "Additional outcomes")),
      .number(language.say(ja: "予測区間", en: "Prediction interval")),
      .number(language.say(ja: "1件当たり（円）", en: "Yen for one")),
      .number(language.say(ja: "増えない可能性", en: "P(no gain)")),
    ]
    let hasBudget = rollout.budget != nil
    if hasBudget {
      columns.insert(.number(language.say(ja: "予算内で送る", en: "Within budget")), at: 3)
    }
    if hasTargets { columns.append(.number(language.say(ja: "目標に届く確率", en: "P(target)"))) }
    if hasWorth { columns.append(.number(language.say(ja: "見合う確率", en: "P(worth it)"))) }
    let percent = NumberStyle(shift: 2, decimals: 0, suffix: "%")
    var block = TableBlock(
      caption: language.say(
        ja: "効果の歩留まり\(words.voltage(rollout.firstVoltage))の場合",
        en: "If \(words.voltage(rollout.firstVoltage)) of the effect survives"),
      columns: columns,
      rows: rollout.municipalities.map { town in
        let outlook = town.outlooks.first
        var row = [
          town.name + (town.resembles ? "" : "*"), NumberStyle.text(count: town.population),
          NumberStyle.text(count: town.people), outlook.map { words.extra($0.extra) } ?? "",
          outlook.map { words.range($0) } ?? "", words.yen(outlook?.costPerExtra),
          percent.text(outlook?.noGain),
        ]
        if hasBudget { row.insert(town.allocated.map(NumberStyle.text(count:)) ?? "", at: 3) }
        if hasTargets { row.append(percent.text(outlook?.reachesTarget)) }
        if hasWorth { row.append(percent.text(outlook?.paysOff)) }
        return row
      })
    block.notes = words.notes
    return block
  }

  private var chart: Chart {
    let shown = rollout.municipalities.filter { $0.people > 0 }.prefix(RolloutReport.mostDrawn)
    return RangePlot(
      title: language.say(
        ja: "市町村別の追加の成果（件）", en: "Additional outcomes by municipality"),
      description: words.sentences.joined(separator: " "),
      note: language.say(
        ja: "■ 見込み、線は予測区間です。"
          + (rollout.municipalities.count > shown.count ? "費用当たりの効果の高い順に\(shown.count)市町村。" : ""),
        en: "Squares: expected; lines: prediction intervals."
          + (rollout.municipalities.count > shown.count
            ? " The first \(shown.count) by what a yen brings." : "")),
      axisTitle: language.say(ja: "追加の成果（件）", en: "Additional outcomes"), scale: 1,
      rows: shown.map { town in
        let outlook = town.outlooks.first
        return EffectRange(
          town.name, outlook?.extra, outlook?.extraLow, outlook?.extraHigh,
          text: outlook.map { "\(words.extra($0.extra))（\(words.range($0))）" } ?? "",
          marker: .square)
      }, table: table
    ).chart
  }

  private var summarySheet: Sheet {
    let lines =
      words.warnings.map { (language.say(ja: "注意", en: "Warning"), $0) }
      + words.sentences.map { (language.say(ja: "見込み", en: "Expected"), $0) }
      + words.assumptions.map { (language.say(ja: "前提", en: "Assumption"), $0) }
      + words.notes.map { (language.say(ja: "注", en: "Note"), $0) }
    return Sheet(
      language.say(ja: "概要", en: "Summary"), heading: [rollout.title[language]],
      columns: [
        .text(language.say(ja: "項目", en: "Item"), width: 14),
        .text(language.say(ja: "内容", en: "Content"), width: 100),
      ], rows: lines.map { [.text($0.0), .text($0.1)] })
  }

  private var townSheet: Sheet {
    let share = CellStyle.percent(decimals: 0)
    let level = NumberStyle(shift: 2, decimals: 0).text(rollout.level) + "%"
    return Sheet(
      language.say(ja: "横展開", en: "Roll-out"),
      columns: [
        .number(language.say(ja: "順位", en: "Rank"), width: 6),
        .text(language.say(ja: "団体コード", en: "Code"), width: 11),
        .text(language.say(ja: "市町村", en: "Municipality"), width: 16),
        .number(language.say(ja: "対象人口（人）", en: "People"), width: 11),
        .number(language.say(ja: "送る人数（人）", en: "Sent to (people)"), width: 11),
        .number(language.say(ja: "費用（円）", en: "Cost (yen)"), width: 12),
        .number(language.say(ja: "予算内で送る人数（人）", en: "Within the budget (people)"), width: 12),
        .number(language.say(ja: "歩留まり", en: "Voltage"), width: 9),
        .number(language.say(ja: "追加の成果（件）", en: "Additional outcomes"), width: 11),
        .number(language.say(ja: "\(level)予測区間の下限（件）", en: "\(level) PI, low"), width: 13),
        .number(language.say(ja: "\(level)予測区間の上限（件）", en: "\(level) PI, high"), width: 13),
        .number(language.say(ja: "1件当たりの費用（円）", en: "Yen for one"), width: 12),
        .number(language.say(ja: "同・最も良い場合（円）", en: "Yen for one, best"), width: 12),
        .number(language.say(ja: "同・最も悪い場合（円）", en: "Yen for one, worst"), width: 12),
        .number(language.say(ja: "増えない可能性", en: "P(no gain)"), width: 10),
        .number(language.say(ja: "目標に届く確率", en: "P(target)"), width: 10),
        .number(language.say(ja: "費用に見合う確率", en: "P(worth it)"), width: 10),
        .text(language.say(ja: "試験と似た町か", en: "Like the trial's"), width: 12),
      ],
      rows: rollout.municipalities.flatMap { town in
        town.outlooks.map { outlook in
          [
            .count(town.rank), .text(town.code ?? ""), .text(town.name), .count(town.population),
            .count(town.people), .number(town.cost, .count), .count(town.allocated),
            .number(outlook.voltage, share), .number(outlook.extra, .decimal(1)),
            .number(outlook.extraLow, .decimal(1)), .number(outlook.extraHigh, .decimal(1)),
            .optional(outlook.costPerExtra, .count), .optional(outlook.costLow, .count),
            .optional(outlook.costHigh, .count), .optional(outlook.noGain, share),
            .optional(outlook.reachesTarget, share), .optional(outlook.paysOff, share),
            .text(
              town.resembles
                ? language.say(ja: "はい", en: "yes")
                : language.say(ja: "いいえ（外挿）", en: "no (extrapolated)")),
          ]
        }
      }, frozenColumns: 3,
      notes: [
        language.say(
          ja: "「最も悪い場合」が空欄なのは、予測区間の下端で成果が増えず、いくらかけても1件に届かないためです。",
          en:
            "An empty worst case: nothing is gained at the lower end of the interval, and no amount is enough."
        )
      ])
  }
}

extension RolloutTable {
  /// The voltage of the first row of every municipality.
  var firstVoltage: Double { municipalities.first?.outlooks.first?.voltage ?? 1 }
}
