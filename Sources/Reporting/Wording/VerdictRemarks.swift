import Analysis

extension Verdict {
  /// What a careful reader of the conclusion also needs: is it good, is it enough, how sure is it.
  func remarks(in index: ResultIndex) -> [String] {
    [
      direction(in: index), size(in: index), need(in: index), strength(in: index),
      multiplicity(in: index),
    ].compactMap { $0 }
  }

  private func direction(in index: ResultIndex) -> String? {
    beneficial.map {
      $0
        ? index.language.say(ja: "望ましい方向の変化です。", en: "The change is in the wanted direction.")
        : index.language.say(
          ja: "望ましくない方向の変化です。", en: "The change is in the unwanted direction.")
    }
  }

  /// How the interval stands to the smallest effect that would be worth having.
  private func size(in index: ResultIndex) -> String? {
    guard let worthwhile, let low = confLow, let high = confHigh,
      let outcome = index.outcome(outcome)
    else { return nil }
    let language = index.language
    let number = index.style(of: outcome).difference.text(worthwhile)
    let amount = language.say(
      ja: outcome.isBinary ? "\(number)ポイント" : number,
      en: outcome.isBinary ? "\(number) points" : number)
    switch conclusion {
    case .increases, .decreases:
      let nearest = conclusion == .increases ? low : -high
      return nearest >= worthwhile
        ? language.say(
          ja: "信頼区間の全体が、事前に定めた「意味のある差」（\(amount)）以上の変化を示しています。",
          en: "The whole interval is at least the smallest worthwhile effect (\(amount)).")
        : language.say(
          ja: "変化はあるといえますが、事前に定めた「意味のある差」（\(amount)）に届くかどうかは確かではありません。",
          en:
            "There is a change, but whether it reaches the smallest worthwhile effect (\(amount)) "
            + "is uncertain.")
    case .practicallyUnchanged:
      return language.say(
        ja: "差があるとしても、事前に定めた「意味のある差」（\(amount)）より小さいといえます。",
        en: "Any change is smaller than the smallest worthwhile effect (\(amount)).")
    case .undecided:
      let mayGain = high >= worthwhile
      let mayLose = -low >= worthwhile
      guard mayGain || mayLose else { return nil }
      let words =
        switch (mayGain, mayLose) {
        case (true, true): language.say(ja: "増える可能性も減る可能性も", en: "a rise nor a fall")
        case (true, false): language.say(ja: "増える可能性は", en: "a rise")
        default: language.say(ja: "減る可能性は", en: "a fall")
        }
      return language.say(
        ja: "「意味のある差」（\(amount)）以上に\(words)残っています。",
        en: mayGain && mayLose
          ? "Neither \(words) of a worthwhile size (\(amount)) is excluded."
          : "\(words == "a rise" ? "A rise" : "A fall") of a worthwhile size (\(amount)) is still possible."
      )
    }
  }

  /// How many more people would decide it.
  private func need(in index: ResultIndex) -> String? {
    moreUnits.map { more in
      index.language.say(
        ja:
          "判断には、あと全部で約\(CertaintySection.about(more))\(index.units.name)が必要です（意味のある差を80%の確率で見つける場合）。",
        en:
          "About \(CertaintySection.about(more)) more \(index.units.name) in all would decide it (to find a worthwhile effect with 80% "
          + "probability).")
    }
  }

  private func strength(in index: ResultIndex) -> String? {
    guard pValue != nil else { return nil }
    let p = PValueText.statement(pValue, alpha: index.alpha)
    guard pAdjusted != nil else { return p }
    let adjusted = PValueText.statement(pAdjusted, alpha: index.alpha)
    return index.language.say(
      ja: "\(p)（多重性を補正すると \(adjusted)）", en: "\(p) (adjusted for multiplicity: \(adjusted))")
  }

  /// An interval speaks for one comparison; several comparisons together ask for more.
  private func multiplicity(in index: ResultIndex) -> String? {
    guard isDoubtful(alpha: index.alpha) else { return nil }
    return index.language.say(
      ja: "複数の比較を行ったことを考慮すると、偶然による可能性を十分には否定できません。",
      en: "Allowing for the number of comparisons made, chance is not sufficiently excluded.")
  }
}
