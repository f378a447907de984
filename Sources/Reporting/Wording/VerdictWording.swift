import Analysis
import Vocabulary

/// One conclusion, ready to be read.
struct VerdictCard: Hashable {
  var conclusion: Verdict.Conclusion
  /// Whether a change is in the wanted direction; nil unless it changes.
  var isBeneficial: Bool?
  /// The arm's name.
  var arm: String
  var outcome: String
  /// The conclusion in a word or two.
  var badge: String
  /// What to expect, in people; nil where it stands above the card already.
  var sentence: String?
  /// What a careful reader also needs.
  var remarks: [String]
}

extension Verdict.Conclusion {
  /// The conclusion in a word or two; never that there is "no effect".
  func badge(
    of outcome: TrialSummary.OutcomeSummary? = nil, in language: Language
  ) -> String {
    let change = ChangeWords(of: outcome, named: "", in: language)
    return switch self {
    case .increases: change.riseBadge
    case .decreases: change.fallBadge
    case .practicallyUnchanged: language.say(ja: "実質的に変わらない", en: "Practically unchanged")
    case .undecided: language.say(ja: "まだ判断できない", en: "Cannot be decided yet")
    }
  }

  /// A sign that is understood without colour. ▲ and ▼ are avoided: in public accounts ▲ is a minus.
  var symbol: String {
    switch self {
    case .increases: "↑"
    case .decreases: "↓"
    case .practicallyUnchanged: "＝"
    case .undecided: "？"
    }
  }
}

extension Verdict {
  /// The conclusion as a card.
  func card(in index: ResultIndex) -> VerdictCard {
    let frequency =
      index.outcome(outcome)?.isBinary == true
      ? NaturalFrequency(
        control: meanControl, arm: meanArm, outOf: index.denominator(of: outcome)) : nil
    return VerdictCard(
      conclusion: conclusion, isBeneficial: beneficial, arm: index.armName(arm),
      outcome: index.outcomeName(outcome),
      badge: conclusion.badge(of: index.outcome(outcome), in: index.language),
      sentence: frequency.map { sentence($0, in: index) } ?? meansSentence(in: index),
      remarks: remarks(in: index))
  }

  // MARK: - Rates

  private func sentence(_ frequency: NaturalFrequency, in index: ResultIndex) -> String {
    let language = index.language
    let name = index.armName(arm)
    let outcome = index.outcomeName(outcome)
    let people = NumberStyle.text(count: frequency.denominator)
    let unit = index.units.name
    let before = frequency.controlPeople
    let after = frequency.armPeople
    let bounds = intervalText(in: index) { frequency.difference($0) }
    let interval = language.say(
      ja: "（差の\(index.intervalName)：\(bounds)\(unit)）",
      en: " (\(index.intervalName) of the change: \(bounds) \(unit))")
    switch conclusion {
    case .increases, .decreases:
      let verb =
        conclusion == .increases
        ? language.say(ja: "増える", en: "increase") : language.say(ja: "減る", en: "decrease")
      return language.say(
        ja:
          "「\(name)」を\(people)\(unit)に送ると、\(outcome)は約\(before)\(unit)から約\(after)\(unit)に\(verb)と見込まれます\(interval)。",
        en:
          "For every \(people) \(unit) sent “\(name)”, “\(outcome)” is expected to \(verb) from about "
          + "\(before) to about \(after) \(unit)\(interval).")
    case .practicallyUnchanged:
      return language.say(
        ja:
          "「\(name)」を\(people)\(unit)に送っても、\(outcome)は約\(before)\(unit)に対して約\(after)\(unit)で、実質的に変わらないと見込まれます\(interval)。",
        en:
          "For every \(people) \(unit) sent “\(name)”, “\(outcome)” is expected to be about \(after) "
          + "instead of about \(before) \(unit): practically unchanged\(interval).")
    case .undecided:
      return language.say(
        ja:
          "「\(name)」を\(people)\(unit)に送った場合の\(outcome)は、約\(before)\(unit)に対して約\(after)\(unit)と推定されますが、"
          + "増えるか減るかはまだ判断できません\(interval)。",
        en:
          "For every \(people) \(unit) sent “\(name)”, “\(outcome)” is estimated at about \(after) "
          + "instead of about \(before) \(unit), but whether it changes cannot be decided yet\(interval)."
      )
    }
  }

  // MARK: - Means

  private func meansSentence(in index: ResultIndex) -> String {
    let language = index.language
    let name = index.armName(arm)
    let outcome = index.outcomeName(outcome)
    guard let summary = index.outcome(self.outcome),
      estimate != nil || confLow != nil || confHigh != nil
    else {
      if index.isHidden(self.outcome, arm) || index.isHidden(self.outcome, control) {
        return language.say(
          ja: "「\(name)」による\(outcome)の変化の数値は、人数の少ない欄が分かるため公表しません（秘匿）。",
          en:
            "The change of “\(outcome)” under “\(name)” is not published: it would tell of few people."
        )
      }
      return language.say(
        ja: "「\(name)」による\(outcome)の変化は、計算できませんでした（理由は結果の表の注に示します）。",
        en: "The change of “\(outcome)” under “\(name)” could not be computed; the notes below the "
          + "results say why.")
    }
    if summary.measure == MeasureWording.hazardRatio.id {
      return hazardSentence(name: name, outcome: outcome, in: index)
    }
    let style = index.style(of: summary)
    let before = style.mean.text(meanControl)
    let after = style.mean.text(meanArm)
    let change = style.difference.signed(estimate)
    let bounds = intervalText(in: index, number: style.difference.signed)
    let interval = language.say(
      ja: "（差 \(change)、\(index.intervalName)：\(bounds)）",
      en: " (difference \(change), \(index.intervalName) \(bounds))")
    let isTime = summary.kind == "time_to_event"
    let words = ChangeWords(of: summary, named: outcome, in: language)
    let subject = language.say(
      ja: isTime ? "\(outcome)までの平均期間" : "\(outcome)の\(summary.level.ja)",
      en: isTime ? "the mean time to “\(outcome)”" : "the \(summary.level.en) of “\(outcome)”")
    switch conclusion {
    case .increases, .decreases:
      let verb = conclusion == .increases ? words.rises : words.falls
      return language.say(
        ja: "「\(name)」を送ると、\(subject)は\(before)から\(after)に\(verb)と見込まれます\(interval)。",
        en:
          "With “\(name)”, \(subject) is expected to \(verb)\(isTime ? "," : "") from \(before) to \(after)\(interval)."
      )
    case .practicallyUnchanged:
      return language.say(
        ja: "「\(name)」を送っても、\(subject)は\(before)に対して\(after)で、実質的に変わらないと見込まれます\(interval)。",
        en: "With “\(name)”, \(subject) is expected to be \(after) instead of \(before): "
          + "practically unchanged\(interval).")
    case .undecided:
      return language.say(
        ja: "「\(name)」を送った場合の\(subject)は、\(before)に対して\(after)と推定されますが、"
          + "\(words.rises)か\(words.falls)かはまだ判断できません\(interval)。",
        en: "With “\(name)”, \(subject) is estimated at \(after) instead of \(before), "
          + "but whether it changes cannot be decided yet\(interval).")
    }
  }

  // MARK: - Hazards

  private func hazardSentence(name: String, outcome: String, in index: ResultIndex) -> String {
    let language = index.language
    let style = MeasureWording.hazardRatio.style
    let bounds = intervalText(in: index, number: style.text)
    let ratio = language.say(
      ja: "（起きる速さは現行の\(style.text(estimate))倍、\(index.intervalName)：\(bounds)）",
      en: " (\(style.text(estimate)) times as fast as under the control, \(index.intervalName) "
        + "\(bounds))")
    switch conclusion {
    case .increases:
      return language.say(
        ja: "「\(name)」を送ると、\(outcome)までの期間は長くなると見込まれます\(ratio)。",
        en: "With “\(name)”, the time to “\(outcome)” is expected to be longer\(ratio).")
    case .decreases:
      return language.say(
        ja: "「\(name)」を送ると、\(outcome)までの期間は短くなると見込まれます\(ratio)。",
        en: "With “\(name)”, the time to “\(outcome)” is expected to be shorter\(ratio).")
    case .practicallyUnchanged:
      return language.say(
        ja: "「\(name)」を送っても、\(outcome)までの期間は実質的に変わらないと見込まれます\(ratio)。",
        en: "With “\(name)”, the time to “\(outcome)” is expected to be practically "
          + "unchanged\(ratio).")
    case .undecided:
      return language.say(
        ja: "「\(name)」を送ると\(outcome)までの期間が変わるかどうかは、まだ判断できません\(ratio)。",
        en: "Whether “\(name)” changes the time to “\(outcome)” cannot be decided yet\(ratio).")
    }
  }

  private func intervalText(in index: ResultIndex, number: (Double) -> String) -> String {
    interval(in: index).text(in: index.language, number: number)
  }

  /// The interval; why an end is open stands in the notes of the row that the verdict rests on.
  private func interval(in index: ResultIndex) -> IntervalShape {
    let measure = index.outcome(outcome)?.difference.id ?? ""
    let row = index.row(outcome, arm, ResultIndex.everyone, measure)
    return IntervalShape(low: confLow, high: confHigh, notes: row?.notes ?? [])
  }
}

extension ResultIndex {
  /// The denominator on which all messages are told for one outcome.
  ///
  /// It shows every change that the data establish. A difference that they do not establish may be as
  /// small as it likes: it is not worth a denominator of 10,000 for everyone, unless there is no other.
  fileprivate func denominator(of outcome: String) -> Int {
    let verdicts = result.verdicts.filter { $0.outcome == outcome }
    let established = verdicts.filter {
      $0.conclusion == .increases || $0.conclusion == .decreases
    }
    return (established.isEmpty ? verdicts : established).compactMap {
      NaturalFrequency.denominator(control: $0.meanControl, arm: $0.meanArm)
    }.max() ?? 100
  }
}
