import Analysis
import Vocabulary

extension ReportFormat {
  /// The report with GitHub's tables, for issues and wikis.
  public static let markdown = ReportFormat(name: "markdown", fileExtension: "md") { report in
    MarkdownWriter(report).text
  }
}

private struct MarkdownWriter {
  let language: Language
  let document: Document

  init(_ report: Report) {
    language = report.language
    document = Document(report.result, in: report.language)
  }

  var text: String {
    let head =
      ["# " + escaped(document.title)]
      + document.warnings.map(warning)
      + [document.facts.map { "- **\(escaped($0.0))**: \(escaped($0.1))" }.joined(separator: "\n")]
    let sections = document.sectionsForReading.flatMap { section in
      ["## " + escaped(section.title)] + section.blocks.compactMap(block)
    }
    return (head + sections).joined(separator: "\n\n") + "\n"
  }

  private func block(_ block: Block) -> String? {
    switch block {
    case .lead(let text): "**\(escaped(text))**"
    case .paragraph(let text): escaped(text)
    case .heading(let text): "### " + escaped(text)
    case .list(let items): items.map { "- " + escaped($0) }.joined(separator: "\n")
    case .definitions(let entries):
      entries.map { "- **\(escaped($0.term))**: \(escaped($0.text))" }.joined(separator: "\n")
    case .table(let table): self.table(table)
    case .figure: nil
    case .verdicts(let cards): cards.isEmpty ? nil : verdicts(cards)
    case .checks(let lines):
      lines.map {
        "- **\(escaped($0.status.word(in: language)))** \(escaped($0.title)): \(escaped($0.detail))"
      }.joined(separator: "\n")
    case .messages(let cards): cards.map(message).joined(separator: "\n\n")
    }
  }

  private func warning(_ text: String) -> String {
    "> **\(escaped(text))**"
  }

  private func verdicts(_ cards: [VerdictCard]) -> String {
    cards.map { card in
      let remarks = card.remarks.map { "  - " + escaped($0) }
      return
        ([
          "- **\(escaped(card.arm)): \(escaped(card.badge))**"
            + (card.sentence.map { " " + escaped($0) } ?? "")
        ] + remarks)
        .joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func message(_ card: MessageCard) -> String {
    var lines = ["### " + escaped(card.arm)]
    let facts = (card.barriers + card.levers + card.facts).map { "- " + escaped($0) }
    if !facts.isEmpty { lines.append(facts.joined(separator: "\n")) }
    if let message = card.message {
      lines.append(
        message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
          .map { "> " + escaped(String($0)) + "  " }.joined(separator: "\n"))
    }
    return lines.joined(separator: "\n\n")
  }

  private func table(_ table: TableBlock) -> String {
    let heads = table.columns.map { escaped($0.title) }
    let rules = table.columns.map { $0.isNumber ? "---:" : "---" }
    let rows = [heads, rules] + table.rows.map { $0.map(escaped) }
    let lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    let notes = (table.notes + [table.legend].compactMap(\.self)).map { "- " + escaped($0) }.joined(
      separator: "\n")
    return ["**\(escaped(table.caption))**", lines, notes].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  /// Text in which nothing is markup, on one line.
  private func escaped(_ text: String) -> String {
    var output = ""
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~":
        output += "\\" + String(character)
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case _ where character.isNewline: output += " "
      default: output.append(character)
      }
    }
    return output
  }
}

extension Document {
  /// Sections as they are read without pictures: the numbers come right after the conclusion.
  var sectionsForReading: [Section] {
    Document.readingOrder.compactMap { topic in sections.first { $0.topic == topic } }
  }

  /// Without pictures the comparison of messages is that of the tables.
  static let readingOrder: [Section.Topic] = [
    .verdict, .certainty, .effects, .combinations, .supplements, .scales, .cohorts, .subgroups,
    .funnel, .flow, .checks, .balance, .messages, .method, .questions, .record,
  ]
}
