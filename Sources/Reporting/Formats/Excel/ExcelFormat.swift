import Analysis
import Spreadsheet
import Vocabulary

extension ReportFormat {
  /// `report.xlsx`: the result for people who go on working in Excel; the numbers are numbers, not texts.
  public static let excel = ReportFormat(name: "xlsx", fileExtension: "xlsx") { report in
    do throws(SpreadsheetError) {
      return try ResultWorkbook(report).workbook.bytes()
    } catch {
      throw Fault(
        at: SourceLocation(file: "report.xlsx"),
        BilingualText(
          ja: "Excel ファイルを作れません（\(error.reason)）。一時フォルダの空きを確かめてください",
          en:
            "the workbook cannot be made (\(error.reason)); check the room in the temporary folder")
      )
    }
  }
}

/// The sheets of one result.
struct ResultWorkbook {
  private let index: ResultIndex
  private let document: Document
  private var language: Language { index.language }

  init(_ report: Report) {
    index = ResultIndex(result: report.result, language: report.language)
    document = Document(report.result, in: report.language)
  }

  var workbook: Workbook {
    let sheets = [
      summary, EffectSheets(index: index).effects, EffectSheets(index: index).groups,
      EffectSheets(index: index).funnel, checks, data,
    ]
    return Workbook(
      title: document.title, author: index.trial.owner?[language] ?? "",
      pageHead: "\(index.trial.id)  SHA-256 \(index.result.input.sha256.prefix(16))",
      sheets: sheets.compactMap(\.self))
  }

  /// What a reader of one page must know.
  private var summary: Sheet {
    var rows: [[CellValue]] = document.facts.map { [.text($0.0), .text($0.1)] }
    let warning = language.say(ja: "注意", en: "Warning")
    rows += document.warnings.map { [.text(warning), .text($0)] }
    for section in document.sections where section.topic == .verdict {
      for block in section.blocks {
        switch block {
        case .lead(let text):
          rows.append([.text(language.say(ja: "結論", en: "Conclusion")), .text(text)])
        case .verdicts(let cards): rows += cards.flatMap(Self.rows)
        default: break
        }
      }
    }
    for section in document.sections where section.topic == .record {
      for case .definitions(let entries) in section.blocks {
        rows += entries.map { [.text($0.term), .text($0.text)] }
      }
    }
    return Sheet(
      language.say(ja: "概要", en: "Summary"), heading: [document.title],
      columns: [
        SheetColumn.text(language.say(ja: "項目", en: "Item"), width: 26),
        SheetColumn.text(language.say(ja: "内容", en: "Content"), width: 90),
      ], rows: rows)
  }

  private static func rows(of card: VerdictCard) -> [[CellValue]] {
    let lines = [card.badge] + [card.sentence].compactMap(\.self) + card.remarks
    return lines.enumerated().map { place, line in
      [.text(place == 0 ? "\(card.outcome)：\(card.arm)" : ""), .text(line)]
    }
  }

  private var checks: Sheet {
    Sheet(
      language.say(ja: "データの確認", en: "Checks"),
      columns: [
        SheetColumn.text(language.say(ja: "判定", en: "Status"), width: 10),
        SheetColumn.text(language.say(ja: "確認したこと", en: "What was checked"), width: 32),
        SheetColumn.text(language.say(ja: "内容", en: "Detail"), width: 90),
      ],
      rows: index.result.checks.map { check in
        let line = check.line(in: index)
        return [
          .text(line.status.word(in: language)), .text(line.title), .text(line.detail),
        ]
      })
  }

  /// The result table as programs read it: the columns of results.csv.
  private var data: Sheet {
    Sheet(
      language.say(ja: "結果データ", en: "Results"),
      columns: ResultTable.columns.map { SheetColumn.data($0) },
      rows: index.result.everyRow.map { row in
        let names = [
          row.outcome, row.role, row.arm, row.control, row.cohort, row.estimand, row.measure,
          row.estimator,
        ].map(CellValue.text)
        let numbers = [
          row.estimate, row.stdError, row.statistic, row.df, row.pValue, row.pAdjusted,
          row.confLow, row.confHigh, row.confLevel,
        ].map { CellValue.optional($0, .general) }
        let counts = [row.nArm, row.nControl, row.eventsArm, row.eventsControl]
          .map { CellValue.optional($0.map(Double.init), .general) }
        let notes = row.notes.map(index.words).joined(separator: " ")
        return names + numbers + counts + [.text(row.seType ?? ""), .text(notes)]
          + [row.confLowAdjusted, row.confHighAdjusted].map { .optional($0, .general) }
      }, frozenColumns: 3)
  }
}
