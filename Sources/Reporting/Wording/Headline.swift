import Analysis
import Vocabulary

extension ResultIndex {
  /// One sentence an outcome that says which messages do what.
  var headlines: [String] {
    guard !result.verdicts.isEmpty else {
      if !trial.isRandomised {
        return [
          language.say(
            ja: "くじで分けていないため、効果についての結論は示しません。下の差は、効果の大きさではありません。",
            en:
              "Nobody was drawn by lot, so there is no conclusion about an effect. The differences below are not effects."
          )
        ]
      }
      return [
        language.say(
          ja: "主要な成果指標が定められていないため、結論は示しません。",
          en: "The trial has no primary outcome, so there is no conclusion.")
      ]
    }
    var seen = Set<String>()
    return result.verdicts.map(\.outcome).filter { seen.insert($0).inserted }.map { outcome in
      Headline.allCases.compactMap { headline in
        let arms = result.verdicts
          .filter { $0.outcome == outcome && Headline($0, alpha: alpha) == headline }
          .map { armName($0.arm) }
        return arms.isEmpty
          ? nil
          : headline.sentence(
            self.outcome(outcome), named: outcomeName(outcome), language.listed(arms), language)
      }.joined(separator: language.say(ja: "", en: " "))
    }
  }
}

/// What the first sentence of a report says of a message.
///
/// One comparison alone may say "increases" while all comparisons together allow for chance; the
/// headline then does not promise what the adjusted p-value withholds.
enum Headline: CaseIterable {
  case increases, decreases, mayIncrease, mayDecrease, unchanged, undecided

  init(_ verdict: Verdict, alpha: Double) {
    let isDoubtful = verdict.isDoubtful(alpha: alpha)
    self =
      switch verdict.conclusion {
      case .increases: isDoubtful ? .mayIncrease : .increases
      case .decreases: isDoubtful ? .mayDecrease : .decreases
      case .practicallyUnchanged: .unchanged
      case .undecided: .undecided
      }
  }

  func sentence(
    _ outcome: TrialSummary.OutcomeSummary?, named name: String, _ arms: String,
    _ language: Language
  ) -> String {
    let change = ChangeWords(of: outcome, named: name, in: language)
    let what = change.subject
    switch self {
    case .increases:
      return language.say(
        ja: "\(arms)を送ると、\(what)が\(change.rises)と見込まれます。",
        en: "With \(arms), \(what) is expected to \(change.rises).")
    case .decreases:
      return language.say(
        ja: "\(arms)を送ると、\(what)が\(change.falls)と見込まれます。",
        en: "With \(arms), \(what) is expected to \(change.falls).")
    case .mayIncrease:
      return language.say(
        ja: "\(arms)では\(what)が\(change.rose)が、複数の文面を比べたことを考慮すると、確かとまではいえません。",
        en:
          "With \(arms), \(what) \(change.rose), but not surely so, given the number of comparisons."
      )
    case .mayDecrease:
      return language.say(
        ja: "\(arms)では\(what)が\(change.fell)が、複数の文面を比べたことを考慮すると、確かとまではいえません。",
        en:
          "With \(arms), \(what) \(change.fell), but not surely so, given the number of comparisons."
      )
    case .unchanged:
      return language.say(
        ja: "\(arms)を送っても、\(what)は実質的に変わらないと見込まれます。",
        en: "With \(arms), \(what) is practically unchanged.")
    case .undecided:
      return language.say(
        ja: "\(arms)を送った場合に\(what)が\(change.rises)か\(change.falls)かは、まだ判断できません。",
        en: "With \(arms), whether \(what) changes cannot be decided yet.")
    }
  }
}

/// How a change of an outcome is said: numbers rise and fall, times become longer and shorter.
struct ChangeWords {
  /// What changes.
  let subject: String
  /// 増える
  let rises: String
  /// 減る
  let falls: String
  /// 増えました
  let rose: String
  /// 減りました
  let fell: String
  /// For a badge.
  let riseBadge: String
  /// For a badge.
  let fallBadge: String

  init(of outcome: TrialSummary.OutcomeSummary?, named name: String, in language: Language) {
    if outcome?.kind == "time_to_event" {
      subject = language.say(ja: "\(name)までの期間", en: "the time to “\(name)”")
      rises = language.say(ja: "長くなる", en: "be longer")
      falls = language.say(ja: "短くなる", en: "be shorter")
      rose = language.say(ja: "長くなりました", en: "was longer")
      fell = language.say(ja: "短くなりました", en: "was shorter")
      riseBadge = language.say(ja: "長くなる", en: "Longer")
      fallBadge = language.say(ja: "短くなる", en: "Shorter")
    } else {
      subject = language.say(ja: name, en: "“\(name)”")
      rises = language.say(ja: "増える", en: "increase")
      falls = language.say(ja: "減る", en: "decrease")
      rose = language.say(ja: "増えました", en: "increased")
      fell = language.say(ja: "減りました", en: "decreased")
      riseBadge = language.say(ja: "増える", en: "Increases")
      fallBadge = language.say(ja: "減る", en: "Decreases")
    }
  }
}

extension Verdict {
  /// Whether one comparison alone says "changes" while all of them together do not.
  func isDoubtful(alpha: Double) -> Bool {
    guard conclusion == .increases || conclusion == .decreases, let pAdjusted else { return false }
    return pAdjusted >= alpha
  }
}
