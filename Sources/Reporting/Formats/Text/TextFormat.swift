import Analysis
import Vocabulary

extension ReportFormat {
  /// The report for a terminal or a plain e-mail: no line is wider than 80 columns.
  public static let text = ReportFormat(name: "text", fileExtension: "txt") { report in
    TextWriter(report).text
  }

  /// The conclusion alone, for a terminal: title, warnings and verdicts.
  public static let brief = ReportFormat(name: "brief", fileExtension: "txt") { report in
    TextWriter(report, topics: [.verdict]).text
  }
}

private struct TextWriter {
  let language: Language
  let usesColour: Bool
  let document: Document
  /// The sections that are shown; nil is all.
  let topics: Set<Section.Topic>?

  init(_ report: Report, topics: Set<Section.Topic>? = nil) {
    self.topics = topics
    language = report.language
    usesColour = report.colour
    document = Document(report.result, in: report.language)
  }

  static let width = 80

  var text: String {
    var parts = [
      styled(wrapped(document.title), .bold)
        + [String(repeating: "=", count: TextWriter.width)]
        + document.facts.flatMap(fact)
    ]
    parts += document.warnings.map { styled(wrapped("!! " + $0, indent: 3), .red) }
    for section in document.sectionsForReading
    where section.topic != .messages && topics?.contains(section.topic) ?? true {
      let blocks = section.blocks.compactMap(lines)
      guard !blocks.isEmpty else { continue }
      let title =
        styled(wrapped(section.title), .bold) + [String(repeating: "-", count: TextWriter.width)]
      // The heading stays with what follows it.
      parts.append(title + (blocks.first ?? []))
      parts += blocks.dropFirst()
    }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func fact(_ name: String, _ value: String) -> [String] {
    let label = name + language.say(ja: "：", en: ": ")
    return wrapped(label + value, indent: displayWidth(of: label))
  }

  private func lines(_ block: Block) -> [String]? {
    switch block {
    case .lead(let text): styled(wrapped(text), .bold)
    case .paragraph(let text): wrapped(text)
    case .heading(let text): styled(wrapped(text), .bold)
    case .list(let items): items.flatMap { wrapped("- " + $0, indent: 2) }
    case .definitions(let entries):
      entries.flatMap { wrapped("\($0.term): \($0.text)", indent: 2) }
    case .table(let table): self.table(table)
    case .verdicts(let cards): cards.isEmpty ? nil : cards.flatMap(verdict)
    case .checks(let checks): checks.flatMap(check)
    case .figure, .messages: nil
    }
  }

  private func verdict(_ card: VerdictCard) -> [String] {
    let colour: Colour? =
      switch card.isBeneficial {
      case true?: .green
      case false?: .red
      case nil: nil
      }
    return styled(wrapped("[\(card.badge)] \(card.arm)", indent: 2), colour)
      + (card.sentence.map { wrapped($0, indent: 2, first: 2) } ?? [])
      + card.remarks.flatMap { wrapped("- " + $0, indent: 4, first: 2) }
  }

  private func check(_ line: CheckLine) -> [String] {
    let colour: Colour =
      switch line.status {
      case .pass: .green
      case .warn: .yellow
      case .fail: .red
      }
    return styled(wrapped("[\(line.status.word(in: language))] \(line.title)", indent: 2), colour)
      + wrapped(line.detail, indent: 2, first: 2)
  }

  private func table(_ table: TableBlock) -> [String] {
    styled(wrapped(table.caption), .bold) + TextTable(table, width: TextWriter.width).lines
      + table.notes.flatMap { wrapped("* " + $0, indent: 2) }
  }

  private func wrapped(_ text: String, indent: Int = 0, first: Int = 0) -> [String] {
    // A hanging indent never takes more than half the line.
    let indent = min(indent, TextWriter.width / 2)
    return TextLines.wrapped(text, width: TextWriter.width, first: first, rest: indent)
  }

  // MARK: - Colour

  private enum Colour: String {
    case bold = "1"
    case red = "31"
    case green = "32"
    case yellow = "33"
  }

  private func styled(_ lines: [String], _ colour: Colour?) -> [String] {
    guard usesColour, let colour else { return lines }
    return lines.map { "\u{1B}[\(colour.rawValue)m\($0)\u{1B}[0m" }
  }
}
