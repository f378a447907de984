public import Analysis
import Spreadsheet
import Trials
public import Vocabulary

/// The KPI 検証シート as a page, a workbook and a table; a trial's conclusions stand apart from it.
public struct KPIReport: TableReport, Sendable {
  private let sheet: KPISheet
  private let language: Language

  /// Makes the report.
  public init(_ sheet: KPISheet, language: Language) {
    self.sheet = sheet
    self.language = language
  }

  /// Everything, at most 80 columns wide.
  public var text: String {
    let head = [title] + facts.map { "\($0.0)\(language.say(ja: "：", en: ": "))\($0.1)" }
    var parts = [head, lines(plan), lines(reached)]
    if !effects.isEmpty {
      let rule = String(repeating: "=", count: 80)
      parts.append([rule] + ([effectTitle] + effects).flatMap { TextLines.wrapped($0, width: 80) })
    }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func lines(_ block: TableBlock) -> [String] {
    [block.caption] + TextTable(block, width: 80).lines
      + block.notes.flatMap { TextLines.wrapped($0, width: 80) }
  }

  /// The sheet for programs; without the trial's result, which has a file of its own.
  public func json() throws -> String {
    var plain = sheet
    plain.result = nil
    return try PlainJSON.text(of: plain)
  }

  /// One row an indicator and year, for programs.
  public var csv: String {
    let head = "owner,code,programme,indicator,unit,fiscal_year,plan,actual,attainment"
    let rows = sheet.rows.flatMap { row in
      sheet.plan.years.indices.map { year in
        [
          CSVField.text(sheet.plan.owner), CSVField.text(sheet.plan.code ?? ""),
          CSVField.text(sheet.plan.programme), CSVField.text(row.plan.name),
          CSVField.text(row.plan.unit), "\(sheet.plan.years[year].year)",
          CSVField.number(row.plan.plan[year]), CSVField.number(row.plan.actual[year]),
          CSVField.number(row.attainment[year]),
        ].joined(separator: ",")
      }
    }
    return ([head] + rows).joined(separator: "\r\n") + "\r\n"
  }

  /// One page: the sheet first, the trial's conclusions below a heading of their own.
  public var html: String {
    var sections = [
      Section(topic: .checks, title: plan.caption, blocks: [.table(plan)]),
      Section(topic: .effects, title: reached.caption, blocks: [.table(reached)]),
    ]
    if !effects.isEmpty {
      sections.append(
        Section(
          topic: .verdict, title: effectTitle, blocks: effects.map(Block.paragraph)))
    }
    return HTMLPage(
      document: Document(title: title, facts: facts, warnings: warnings, sections: sections),
      language: language, kind: language.say(ja: "KPI検証シート", en: "KPI sheet"),
      pageHead: "nudge kpi"
    ).text
  }

  /// The workbook.
  ///
  /// - Throws: ``Vocabulary/Fault`` where the file cannot be made.
  public func workbook() throws -> [UInt8] {
    var columns: [SheetColumn] = [
      .text(language.say(ja: "指標", en: "Indicator"), width: 44),
      .text(language.say(ja: "単位", en: "Unit"), width: 6),
    ]
    for year in sheet.plan.years {
      let name = year.text(in: language)
      columns += [
        .number(language.say(ja: "\(name) 計画", en: "\(name) plan"), width: 14),
        .number(language.say(ja: "\(name) 実績", en: "\(name) actual"), width: 14),
        .number(language.say(ja: "\(name) 達成率", en: "\(name) attained"), width: 14),
      ]
    }
    columns += [
      .number(language.say(ja: "累計 計画", en: "Plan, total"), width: 11),
      .number(language.say(ja: "累計 実績", en: "Actual, total"), width: 11),
      .number(language.say(ja: "計画全体に対する進み", en: "Of the whole plan"), width: 12),
      .text(language.say(ja: "注", en: "Note"), width: 40),
    ]
    let share = CellStyle.percent(decimals: 1)
    let rows = sheet.rows.map { row -> [CellValue] in
      let years = sheet.plan.years.indices.flatMap { year -> [CellValue] in
        [
          row.plan.plan[year].map { .number($0, .count) } ?? .text("-"),
          row.plan.actual[year].map { .number($0, .count) } ?? .text("-"),
          .optional(row.attainment[year], share),
        ]
      }
      return [.text(row.plan.name), .text(row.plan.unit)] + years
        + [
          .number(row.plannedTotal, .count), .optional(row.reached, .count),
          .optional(row.progress, share), .text(notes(of: row).joined(separator: " ")),
        ]
    }
    var sheets = [
      Sheet(
        language.say(ja: "KPI検証シート", en: "KPI"),
        heading: [title] + facts.map { "\($0.0)：\($0.1)" }, columns: columns, rows: rows,
        notes: warnings + [caution])
    ]
    if !effects.isEmpty {
      sheets.append(
        Sheet(
          language.say(ja: "効果検証（別）", en: "Trial (apart)"), heading: [effectTitle],
          columns: [.text(language.say(ja: "内容", en: "Content"), width: 100)],
          rows: effects.map { [.text($0)] }))
    }
    let book = Workbook(
      title: title, author: sheet.plan.owner, pageHead: "nudge kpi", sheets: sheets)
    do throws(SpreadsheetError) {
      return try book.bytes()
    } catch {
      throw Fault(
        at: SourceLocation(file: "kpi.xlsx"),
        BilingualText(
          ja: "Excel ファイルを作れません（\(error.reason)）",
          en: "the workbook cannot be made (\(error.reason))"))
    }
  }

  /// Stated totals that are not the sums of their years, in words.
  public var warnings: [String] {
    sheet.rows.filter { $0.totalAgrees == false }.map { row in
      language.say(
        ja:
          "「\(row.plan.name)」の累計（\(number(row.plan.total))）が、各年度の合計（\(number(row.plannedTotal))）と一致しません。",
        en:
          "The total of “\(row.plan.name)” (\(number(row.plan.total))) is not the sum of its years "
          + "(\(number(row.plannedTotal))).")
    }
  }

  // MARK: - Words

  private var title: String { sheet.plan.programme }

  private var facts: [(String, String)] {
    let plan = sheet.plan
    let facts: [(String, String?)] = [
      (language.say(ja: "実施主体", en: "Owner"), plan.owner),
      (language.say(ja: "団体コード", en: "Code"), plan.code),
      (
        language.say(ja: "事業費（千円）", en: "Cost (thousand yen)"),
        plan.cost.map { number($0) }
      ),
    ]
    return facts.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Whole where it is whole; ▲ for what is below zero, as in public accounts.
  private func number(_ value: Double?) -> String {
    guard let value else { return "-" }
    let isWhole = value == value.rounded() && abs(value) < 1e15
    let text =
      isWhole
      ? NumberStyle.text(count: Int(abs(value))) : NumberStyle(decimals: 1).text(abs(value))
    return (value < 0 ? "▲" : "") + text
  }

  private var percent: NumberStyle { NumberStyle(shift: 2, decimals: 1, suffix: "%") }

  private var caution: String {
    language.say(
      ja: "「-」は計画や実績がないことを示し、0ではありません。KPI の達成は、その事業の効果を示すものではありません"
        + "（事業がなかった場合との比較ではないためです）。",
      en:
        "A dash means that there is none, not 0. Reaching a KPI is no effect of the programme: nothing is compared with what "
        + "would have been without it.")
  }

  private func notes(of row: KPISheet.Row) -> [String] {
    var notes = [row.plan.note].compactMap(\.self)
    if row.totalAgrees == false {
      notes.append(
        language.say(
          ja: "記載の累計は\(number(row.plan.total))です。",
          en: "The stated total is \(number(row.plan.total))."))
    }
    return notes + row.remarks.map { words(for: $0, row.plan.unit) }
  }

  private func words(for remark: KPISheet.Remark, _ unit: String) -> String {
    switch remark {
    case .unitUnlikeName:
      language.say(
        ja: unit == "人" ? "名称は「件数」、単位は「人」です。何を数えるかを確かめてください。" : "名称は人の数、単位は「件」です。何を数えるかを確かめてください。",
        en: "The name and the unit (\(unit)) speak of different things; see what is counted.")
    case .countsEvents:
      language.say(
        ja: "延べの数は、同じ人を来るたびに数えます。新規の数（人）とは足さず、率の分母にもしません。",
        en:
          "This counts the same person each time. It is not added to numbers of people, nor is it the base of a rate."
      )
    }
  }

  private var plan: TableBlock {
    var block = TableBlock(
      caption: language.say(ja: "計画（増加分）", en: "Plan (increases)"),
      columns: [
        .name(language.say(ja: "指標", en: "Indicator")), .name(language.say(ja: "単位", en: "Unit")),
      ] + sheet.plan.years.map { .number($0.text(in: language)) }
        + [.number(language.say(ja: "累計", en: "Total"))],
      rows: sheet.rows.map { row in
        [row.plan.name, row.plan.unit] + row.plan.plan.map(number) + [number(row.plannedTotal)]
      })
    block.notes =
      warnings
      + sheet.rows.flatMap { row in
        notes(of: row).map { "\(row.plan.name)\(language.say(ja: "：", en: ": "))\($0)" }
      }
    return block
  }

  private var reached: TableBlock {
    var block = TableBlock(
      caption: language.say(ja: "実績と達成率", en: "Reached"),
      columns: [.name(language.say(ja: "指標", en: "Indicator"))]
        + sheet.plan.years.map { .number($0.text(in: language)) }
        + [
          .number(language.say(ja: "累計", en: "Total")),
          .number(language.say(ja: "計画全体に対する進み", en: "Of the whole plan")),
        ],
      rows: sheet.rows.map { row in
        let years = zip(row.plan.actual, row.attainment).map { actual, attained in
          number(actual)
            + (attained.map {
              language.say(ja: "（\(percent.text($0))）", en: " (\(percent.text($0)))")
            } ?? "")
        }
        return [row.plan.name] + years + [number(row.reached), percent.text(row.progress)]
      })
    block.notes = [caution]
    return block
  }

  private var effectTitle: String {
    language.say(
      ja: "効果検証の結果（KPI とは別の、比較による推定）", en: "What a trial found (apart from the KPIs: a comparison)")
  }

  /// The trial's conclusions in sentences; none where no trial is named.
  private var effects: [String] {
    guard let result = sheet.result else { return [] }
    let views = ResultIndex(result: result, language: language).views
    let cards = views.flatMap { view in view.result.verdicts.map { $0.card(in: view) } }
    let simulated =
      result.trial.simulated
      ? [
        language.say(
          ja: "この結果は模擬データによるものです。", en: "These are results of simulated data.")
      ] : []
    return [result.trial.title[language]] + simulated
      + cards.map { "【\($0.badge)】" + ($0.sentence ?? $0.arm) }
  }
}
