import Analysis
import Vocabulary

/// Pieces of a report as HTML.
struct HTMLWriter {
  let language: Language
  /// Charts so far, so that each has its own identifiers.
  private var charts = 0

  init(language: Language) {
    self.language = language
  }

  mutating func markup(_ block: Block) -> Markup {
    switch block {
    case .lead(let text): element("p", ["class": "lead"], text)
    case .paragraph(let text): element("p", [:], text)
    case .heading(let text): element("h3", [:], text)
    case .list(let items): element("ul", [:], items.map { element("li", [:], $0) })
    case .definitions(let entries): definitions(entries)
    case .table(let block): table(block)
    case .figure(let chart): figure(chart)
    case .verdicts(let cards): element("div", ["class": "cards"], cards.map(verdict))
    case .checks(let lines): element("ul", ["class": "checks-list"], lines.map(check))
    case .messages(let cards): element("div", ["class": "cards wide"], cards.map(message))
    }
  }

  private func definitions(_ entries: [(term: String, text: String)]) -> Markup {
    element(
      "dl", ["class": "definitions"],
      entries.map { entry in
        // Together, so that no page break parts a term from its text.
        element("div", [:], [element("dt", [:], entry.term), element("dd", [:], entry.text)])
      })
  }

  // MARK: - Tables and figures

  private func table(_ block: TableBlock) -> Markup {
    let head = block.columns.map { column in
      element("th", ["scope": "col", "class": column.isNumber ? "number" : ""], column.title)
    }
    let rows = block.rows.map { row in
      element(
        "tr", [:],
        zip(row, block.columns).enumerated().map { position, cell in
          position < block.rowHeads
            ? element("th", ["scope": "row", "class": cell.1.isMark ? "mark" : ""], cell.0)
            : element(
              "td", ["class": cell.1.isNumber ? "number" : cell.1.isMark ? "mark" : ""], cell.0)
        })
    }
    let grid = element(
      "table", [:],
      [
        element("caption", [:], block.caption),
        element("thead", [:], [element("tr", [:], head)]),
        element("tbody", [:], rows),
      ])
    let lines = block.notes + [block.legend].compactMap(\.self)
    let notes =
      lines.isEmpty ? [] : [element("ul", ["class": "notes"], lines.map { element("li", [:], $0) })]
    // On a narrow screen the table scrolls in its frame, which the keyboard must reach.
    return element(
      "div", ["class": "block"],
      [
        element(
          "div",
          ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": block.caption],
          [grid])
      ] + notes)
  }

  private mutating func figure(_ chart: Chart) -> Markup {
    charts += 1
    let summary = language.say(ja: "図の数値を表で見る", en: "The numbers of this chart as a table")
    return element(
      "figure", [:],
      [
        element("figcaption", [:], chart.title),
        element("div", ["class": "chart"], [chart.svg(id: "chart-\(charts)")]),
        element("p", ["class": "chart-note"], chart.note),
        element("details", [:], [element("summary", [:], summary), table(chart.table)]),
      ])
  }

  // MARK: - Cards

  private func verdict(_ card: VerdictCard) -> Markup {
    let tone =
      switch card.isBeneficial {
      case true?: "good"
      case false?: "bad"
      case nil: "neutral"
      }
    return element(
      "div", ["class": "card verdict-card \(tone)"],
      [
        element("p", ["class": "card-outcome"], card.outcome),
        element("h3", [:], card.arm),
        element(
          "p", ["class": "badge"],
          [
            element("span", ["aria-hidden": "true", "class": "symbol"], card.conclusion.symbol),
            .text(card.badge),
          ]),
      ] + (card.sentence.map { [element("p", [:], $0)] } ?? [])
        + [element("ul", ["class": "remarks"], card.remarks.map { element("li", [:], $0) })])
  }

  private func check(_ line: CheckLine) -> Markup {
    element(
      "li", ["class": line.status.rawValue],
      [
        element("strong", ["class": "status"], line.status.word(in: language)),
        element(
          "div", [:],
          [element("h3", [:], line.title), element("p", [:], line.detail)]),
      ])
  }

  /// Insight, barrier, lever, message: from why to what.
  private func message(_ card: MessageCard) -> Markup {
    var parts = [element("h3", [:], card.arm)]
    if card.isControl {
      parts.append(
        element(
          "p", ["class": "levers"],
          [
            element("span", [:], language.say(ja: "比較の基準", en: "Control"))
          ]))
    }
    if !card.barriers.isEmpty {
      parts.append(
        element("p", ["class": "term"], language.say(ja: "行動の壁", en: "Barrier")))
      parts += card.barriers.map { element("p", [:], $0) }
    }
    if !card.levers.isEmpty {
      parts.append(element("p", ["class": "term"], language.say(ja: "働きかけ", en: "Lever")))
      parts.append(
        element("p", ["class": "levers"], card.levers.map { element("span", [:], $0) }))
    }
    if let message = card.message {
      parts.append(element("p", ["class": "term"], language.say(ja: "文面", en: "Message")))
      parts.append(element("blockquote", [:], [element("p", [:], message)]))
    }
    if !card.facts.isEmpty {
      parts.append(
        element(
          "p", ["class": "facts-line"],
          card.facts.joined(separator: language.say(ja: "・", en: ", "))))
    }
    return element("div", ["class": "card message-card"], parts)
  }
}
