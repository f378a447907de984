import Analysis

/// How the numbers of one outcome are printed: means and differences with the same decimals, chosen
/// from how precisely the data know them.
struct OutcomeStyle {
  /// Rates in percent, or means.
  let mean: NumberStyle
  /// Differences, in percentage points or in the outcome's own measure.
  let difference: NumberStyle

  init(_ outcome: TrialSummary.OutcomeSummary, in index: ResultIndex) {
    let rows = index.rows(of: outcome.id).filter {
      $0.cohort == ResultIndex.everyone
        && $0.measure == outcome.difference.id
    }
    let means = Array(index.means(of: outcome.id))
    let narrowest = (rows.map(\.interval) + means.map(\.interval))
      .compactMap(\.halfWidth).filter { $0 > 0 }.min()
    if outcome.isBinary {
      let decimals =
        narrowest.map { NumberStyle.decimals(forHalfWidth: $0, shift: 2, atLeast: 1) } ?? 1
      mean = NumberStyle(shift: 2, decimals: decimals, suffix: "%")
      difference = NumberStyle(shift: 2, decimals: decimals)
    } else {
      let largest = means.compactMap(\.mean).filter(\.isFinite).map(\.magnitude).max() ?? 0
      let readable = NumberStyle.decimals(forMagnitude: largest, significant: 3)
      let decimals =
        narrowest.map { NumberStyle.decimals(forHalfWidth: $0, shift: 0, atLeast: readable) }
        ?? readable
      mean = NumberStyle(decimals: decimals)
      difference = mean
    }
  }
}

extension ResultIndex {
  /// One effect and its interval in figures.
  func text(_ row: ResultRow?, as measure: MeasureWording, style: NumberStyle)
    -> (estimate: String, interval: String)
  {
    guard let row else { return (NumberStyle.unknown, NumberStyle.unknown) }
    guard !row.notes.contains(.withheld) else { return (symbol, symbol) }
    let number = { (value: Double) in measure.isSigned ? style.signed(value) : style.text(value) }
    let estimate =
      row.notes.contains(.infiniteEstimate)
      ? language.say(ja: "無限大", en: "infinite")
      : row.estimate.map(number) ?? NumberStyle.unknown
    return (estimate, row.interval.text(in: language, number: number))
  }

  /// A row's p-value in figures.
  func pValue(_ value: Double?, of row: ResultRow?) -> String {
    row?.notes.contains(.withheld) == true ? symbol : PValueText.text(value, alpha: alpha)
  }
}
