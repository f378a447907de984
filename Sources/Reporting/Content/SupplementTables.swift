import Analysis
import Vocabulary

/// The planned comparison beside the same by other methods: drawn again, as a posterior, at any time.
struct SupplementTables {
  let index: ResultIndex

  /// Methods × arms; nil where the trial asks for none.
  func table(of outcome: TrialSummary.OutcomeSummary) -> TableBlock? {
    let rows = index.result.results.filter {
      $0.outcome == outcome.id && MethodWording.supplements.contains($0.estimator)
    }
    guard !rows.isEmpty else { return nil }
    let language = index.language
    let style = OutcomeStyle(outcome, in: index)
    var block = TableBlock(
      caption: index.outcomeName(outcome.id),
      columns: [
        .name(language.say(ja: "文面", en: "Message")),
        .name(language.say(ja: "方法", en: "Method")),
        .number(outcome.difference.name[language]),
        .number(language.say(ja: "区間", en: "Interval")),
        .number(language.say(ja: "p値", en: "p-value")),
      ],
      rows: [])
    block.rowHeads = 2
    for row in rows {
      let effect = index.text(row, as: .named(row.measure), style: style.difference)
      let name = MethodWording.shortEstimator(row.estimator, language)
      block.rows.append([
        index.armName(row.arm), name, effect.estimate, effect.interval,
        row.pValue == nil ? "" : PValueText.text(row.pValue, alpha: index.alpha),
      ])
      let label = "\(index.armName(row.arm))\(language.say(ja: "・", en: ", "))\(name)"
      block.notes += row.notes.map {
        label + language.say(ja: "：", en: ": ") + index.words($0)
      }
    }
    return block
  }
}
