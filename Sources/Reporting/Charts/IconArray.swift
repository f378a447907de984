import Analysis
import Vocabulary

/// A hundred people under the control message and a hundred under each other one: a circle a person.
///
/// Dark circles are those with the event. Under another message, those who are more than under the control are squares, and
/// those who are fewer are crossed out: shapes, so that a black-and-white print shows the same.
struct IconArray {
  private let outcome: TrialSummary.OutcomeSummary
  private let index: ResultIndex

  private static let width = 720.0
  private static let perRow = 4
  private static let icon = 13.0
  private static let panelHeight = 202.0

  /// Nil unless the outcome is a rate of which a hundred people show anything.
  init?(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    guard outcome.isBinary else { return nil }
    self.outcome = outcome
    self.index = index
    guard !index.trial.arms.contains(where: { index.isHidden(outcome.id, $0.id) }) else {
      return nil
    }
    let counts = index.trial.arms.map { count($0) }
    guard counts.contains(where: { ($0 ?? 0) > 0 }), Set(counts).count > 1 else { return nil }
  }

  /// People of a hundred; nil where the rate is not known.
  private func count(_ arm: TrialSummary.ArmSummary) -> Int? {
    guard let rate = index.mean(outcome.id, arm.id, ResultIndex.everyone)?.mean,
      (0...1).contains(rate)
    else { return nil }
    return Int((rate * 100).rounded())
  }

  var chart: Chart {
    let arms = index.trial.arms
    let bands = (arms.count + IconArray.perRow - 1) / IconArray.perRow
    return Chart(
      title: index.language.say(
        ja:
          "\(index.outcomeName(outcome.id))：100\(index.units.name)に送った場合（○1個が1\(index.units.name)）",
        en:
          "\(index.outcomeName(outcome.id)): of 100 \(index.units.name) sent each message (one circle each)"
      ),
      description: description, note: note, width: IconArray.width,
      height: Double(max(bands, 1)) * IconArray.panelHeight, drawing: drawing, table: table)
  }

  private var description: String {
    index.trial.arms.map { arm in
      "\(arm.name[index.language]) "
        + (count(arm).map { index.language.say(ja: "\($0)\(index.units.name)", en: "\($0)") }
          ?? NumberStyle.unknown)
    }.joined(separator: index.language.say(ja: "、", en: "; "))
  }

  private var note: String {
    index.language.say(
      ja:
        "●は該当する\(index.units.name)、■は基準の文面より多い\(index.units.name)、×は少ない\(index.units.name)です。数は四捨五入しています。推定の幅は、差の図を見てください。",
      en:
        "Dark circles: \(index.units.name) with the event; squares: more than under the control; crosses: fewer. Rounded; for the "
        + "uncertainty see the chart of differences.")
  }

  private var drawing: [Markup] {
    let arms = index.trial.arms
    let control = index.control.flatMap(count)
    let columns = min(max(arms.count, 1), IconArray.perRow)
    let panel = IconArray.width / Double(max(columns, 3))
    return arms.enumerated().flatMap { place, arm -> [Markup] in
      let left = Double(place % IconArray.perRow) * panel + 6
      let top = Double(place / IconArray.perRow) * IconArray.panelHeight
      let value = count(arm)
      let people =
        value.map { index.language.say(ja: "\($0)\(index.units.name)", en: "\($0) of 100") }
        ?? NumberStyle.unknown
      var marks = [
        SVG.text(
          ChartText.fitted(arm.name[index.language], width: panel - 16), left, top + 20,
          class: "label strong"),
        SVG.text(people, left, top + 38, class: "value"),
      ]
      guard let value else { return marks }
      for person in 0..<100 {
        let x = left + (Double(person % 10) + 0.5) * IconArray.icon
        let y = top + 48 + (Double(person / 10) + 0.5) * IconArray.icon
        marks += icon(person, of: value, control: arm.control ? value : control ?? value, x, y)
      }
      return marks
    }
  }

  private func icon(
    _ person: Int, of value: Int, control: Int, _ x: Double, _ y: Double
  ) -> [Markup] {
    if person < min(value, control) { return [SVG.circle(x, y, radius: 4.6, class: "point")] }
    if person < value {
      return [SVG.rectangle(x: x - 4.8, y: y - 4.8, width: 9.6, height: 9.6, class: "point")]
    }
    let empty = SVG.circle(x, y, radius: 4.6, class: "person")
    guard person < control else { return [empty] }
    return [
      SVG.line(x - 4, y - 4, x + 4, y + 4, class: "whisker"),
      SVG.line(x - 4, y + 4, x + 4, y - 4, class: "whisker"),
    ]
  }

  private var table: TableBlock {
    TableBlock(
      caption: index.language.say(
        ja: "100\(index.units.name)に送った場合に該当する\(index.units.title)",
        en: "Of 100 \(index.units.name) sent each message"),
      columns: [
        .name(index.language.say(ja: "文面", en: "Message")),
        .number(index.language.say(ja: index.units.title, en: "Of 100")),
      ],
      rows: index.trial.arms.map { arm in
        [arm.name[index.language], count(arm).map(String.init) ?? NumberStyle.unknown]
      })
  }
}
