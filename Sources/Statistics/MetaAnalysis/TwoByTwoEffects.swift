import GSL

// A table with an empty cell has an infinite logarithm or a variance of zero. The usual remedy adds
// ½ to all four cells of that table, and of no other. It biases rare events towards no effect;
// Mantel and Haenszel's ratio needs no such addition.

extension StudyEffect {
  /// The logarithm of the risk ratio, log(p₁/p₂), with variance 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂.
  ///
  /// In a table with an empty cell ½ is added to all four. Where an arm has only events, and so does
  /// the other, this still is a number, of little worth. R: `metafor::escalc("RR", …)`.
  public static func logRiskRatio(of table: TwoByTwoTable) -> StudyEffect {
    let (a, c) = cells(of: table)
    // 1/x − 1/n = (n − x)/(x·n): no difference of nearly equal numbers where nearly all have the event.
    return StudyEffect(
      value: Elementary.logarithm(a.events / a.count * (c.count / c.events)),
      variance: a.nonEvents / (a.events * a.count) + c.nonEvents / (c.events * c.count))
  }

  /// The logarithm of the odds ratio, with variance 1/x₁ + 1/(n₁ − x₁) + 1/x₂ + 1/(n₂ − x₂) (Woolf).
  ///
  /// In a table with an empty cell ½ is added to all four. R: `metafor::escalc("OR", …)`.
  public static func logOddsRatio(of table: TwoByTwoTable) -> StudyEffect {
    let (a, c) = cells(of: table)
    return StudyEffect(
      value: Elementary.logarithm(a.events / a.nonEvents * (c.nonEvents / c.events)),
      variance: 1 / a.events + 1 / a.nonEvents + 1 / c.events + 1 / c.nonEvents)
  }

  /// The risk difference p₁ − p₂, with variance p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂.
  ///
  /// In a table with an empty cell ½ is added to all four, which keeps the variance above zero but
  /// moves the difference a little. R: `metafor::escalc("RD", …)`.
  public static func riskDifference(of table: TwoByTwoTable) -> StudyEffect {
    let (a, c) = cells(of: table)
    return StudyEffect(
      value: a.events / a.count - c.events / c.count,
      variance: a.events / a.count * (a.nonEvents / a.count) / a.count
        + c.events / c.count * (c.nonEvents / c.count) / c.count)
  }

  private struct Cells {
    var events: Double
    var nonEvents: Double
    var count: Double { events + nonEvents }
  }

  private static func cells(of table: TwoByTwoTable) -> (arm: Cells, control: Cells) {
    let arms = [table.arm, table.control]
    let isSparse = arms.contains { $0.events == 0 || $0.nonEvents == 0 }
    let added = isSparse ? 0.5 : 0
    func cells(_ arm: TwoByTwoTable.Arm) -> Cells {
      Cells(events: Double(arm.events) + added, nonEvents: Double(arm.nonEvents) + added)
    }
    return (cells(table.arm), cells(table.control))
  }
}
