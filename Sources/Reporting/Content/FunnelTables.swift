import Analysis
import Vocabulary

/// The funnel as tables: steps in rows, messages in columns.
struct FunnelTables {
  let index: ResultIndex

  /// The arms that the funnel has rows of.
  var arms: [TrialSummary.ArmSummary] {
    let present = Set(index.result.funnel.map(\.arm))
    return index.trial.arms.filter { present.contains($0.id) }
  }

  var tables: [TableBlock] { [reached, passedOn, differences].compactMap { $0 } }

  /// People who reached each step, and their share of everyone in the arm.
  var reached: TableBlock {
    table(
      index.language.say(
        ja: "各段階に達した人数と、送った全員に占める割合",
        en: "People who reached each step, of all who were sent the message"),
      of: arms
    ) { row in
      "\(NumberStyle.text(count: row.events)) (\(FunnelTables.rate.text(row.rateOfAll)))"
    }
  }

  /// The share of those at the step before who went on; needs two steps.
  private var passedOn: TableBlock? {
    guard index.steps.count > 1 else { return nil }
    return table(
      index.language.say(ja: "前の段階から進んだ割合", en: "Share of the step before that went on"), of: arms
    ) { row in FunnelTables.rate.text(row.rateOfPrevious) }
  }

  /// The difference from the control arm; nil where the result has none.
  private var differences: TableBlock? {
    guard index.result.funnel.contains(where: { $0.difference != nil }) else { return nil }
    return table(
      index.language.say(
        ja: "基準の文面との差（ポイント、送った全員に占める割合）と\(index.intervalName)",
        en: "Difference from the control message in points, with \(index.intervalName)"),
      of: arms.filter { !$0.control }
    ) { row in
      let points = NumberStyle(shift: 2, decimals: 1)
      let interval = row.interval.text(in: index.language, number: points.signed)
      guard interval != NumberStyle.unknown else { return points.signed(row.difference) }
      return points.signed(row.difference)
        + index.language.say(ja: "（\(interval)）", en: " (\(interval))")
    }
  }

  static let rate = NumberStyle(shift: 2, decimals: 1, suffix: "%")

  private func table(
    _ caption: String, of arms: [TrialSummary.ArmSummary], cell: (FunnelRow) -> String
  ) -> TableBlock {
    TableBlock(
      caption: caption,
      columns: [.name(index.language.say(ja: "段階", en: "Step"))]
        + arms.map { .number($0.name[index.language]) },
      rows: index.steps.map { step in
        [index.stepName(step)]
          + arms.map { arm in
            index.funnelRow(step, arm.id).map(cell)
              ?? (index.isHidden(step, arm.id, isStep: true) ? index.symbol : NumberStyle.unknown)
          }
      })
  }
}
