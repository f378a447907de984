import Analysis
import Vocabulary

extension Certainty.Level {
  func word(in language: Language) -> String {
    switch self {
    case .high: language.say(ja: "高", en: "high")
    case .moderate: language.say(ja: "中", en: "moderate")
    case .low: language.say(ja: "低", en: "low")
    case .veryLow: language.say(ja: "非常に低", en: "very low")
    }
  }
}

extension Certainty.Reason {
  func words(in language: Language) -> String {
    switch self {
    case .failedCheck:
      language.say(ja: "データの確認で不合格の項目がある", en: "a check of the data failed")
    case .unevenGaps:
      language.say(
        ja: "結果が分からない人の割合が文面によって異なる", en: "outcomes are missing unevenly between the arms")
    case .lateDeviation:
      language.say(
        ja: "群ごとの結果を見た後に計画から外れた点がある", en: "something departed from the plan after arms were seen")
    case .notLocked:
      language.say(ja: "結果を見る前に計画を確定した記録がない", en: "the plan was not locked beforehand")
    case .imprecise:
      language.say(
        ja: "推定の幅が広く、意味のある差かどうか決められない",
        en: "the interval does not decide whether the effect is worthwhile")
    case .veryImprecise:
      language.say(
        ja: "大きな増加も大きな減少も否定できない", en: "neither a worthwhile rise nor a worthwhile fall is excluded")
    }
  }
}

/// How sure the conclusions are, what could change them, and what a council may ask.
struct CertaintySection {
  let views: [ResultIndex]

  private var index: ResultIndex { views[0] }
  private var language: Language { index.language }

  var blocks: [Block] {
    let verdicts = views.flatMap { view in view.result.verdicts.map { (view, $0) } }
    guard !verdicts.isEmpty else { return [] }
    return [
      .heading(language.say(ja: "結論の確実性（GRADE）", en: "Certainty (GRADE)")),
      .list(verdicts.map { certainty($1, in: $0) }),
      .heading(language.say(ja: "この結論を変えうる事情", en: "What could change this")),
      .list(circumstances),
    ]
  }

  private func certainty(_ verdict: Verdict, in view: ResultIndex) -> String {
    let name =
      view.outcomeName(verdict.outcome) + language.say(ja: "・", en: ", ")
      + view.armName(verdict.arm)
      + language.say(ja: "：", en: ": ")
    if view.isHidden(verdict.outcome, verdict.arm)
      || view.isHidden(verdict.outcome, verdict.control)
    {
      return name
        + language.say(
          ja: "根拠となる数値を公表しないため、示しません（秘匿）。",
          en: "not stated: the numbers behind it are not published.")
    }
    guard let certainty = index.result.certainty(of: verdict) else {
      return name
        + language.say(ja: "模擬データのため評価しません。", en: "not rated: the data are simulated.")
    }
    let reasons = certainty.reasons.map { $0.words(in: language) }
      .joined(separator: language.say(ja: "、", en: "; "))
    return name + certainty.level.word(in: language)
      + (reasons.isEmpty
        ? language.say(ja: "（無作為割付けで、下げる理由がない）", en: " (randomised, and nothing lowers it)")
        : language.say(ja: "（\(reasons)）", en: " (\(reasons))"))
  }

  private var circumstances: [String] {
    var lines = [
      language.say(
        ja: "対象者、時期、送り方が異なる町では、効果も異なりえます（nudge rollout の予測区間を見てください）。",
        en:
          "Where people, season or channel differ, so may the effect (see the prediction intervals of nudge rollout)."
      ),
      language.say(
        ja: "同じ文面を送り続けると、効果が薄れることがあります。",
        en: "An effect may fade when the same message is sent again and again."),
    ]
    let undecided = views.flatMap { view in
      view.result.verdicts.filter { $0.conclusion == .undecided }.map { ($0, view) }
    }
    for (verdict, view) in undecided {
      guard let more = verdict.moreUnits else { continue }
      lines.append(
        language.say(
          ja:
            "「\(view.armName(verdict.arm))」は、あと約\(Self.about(more))\(view.units.name)を加えれば、意味のある差を80%の確率で見つけられます。",
          en:
            "With about \(Self.about(more)) more \(view.units.name), a worthwhile effect of “\(view.armName(verdict.arm))” would be found "
            + "with 80% probability."))
    }
    return lines
  }

  /// Two digits are all that such a number is worth.
  static func about(_ value: Int) -> String {
    var unit = 1
    while value / unit >= 100 { unit *= 10 }
    return NumberStyle.text(count: value / unit * unit + (value % unit > 0 ? unit : 0))
  }

  /// Questions that are asked in a council, with the answers of this trial.
  var questions: [(term: String, text: String)] {
    let verdicts = views.flatMap(\.result.verdicts)
    guard let first = verdicts.first else { return [] }
    let n = NumberStyle.text(count: index.result.input.units)
    let isLocked = index.result.lock != nil
    let p = verdicts.compactMap { $0.pAdjusted ?? $0.pValue }.min()
    let cost = index.treatments.compactMap(\.cost).max()
    return [
      (
        language.say(ja: "偶然の結果ではないのか", en: "Could it be chance?"),
        language.say(
          ja: "送る文面はくじで決めたため、文面以外の違いは偶然だけです。偶然でも起こりうる程度は p 値で示しており、最も小さいものは "
            + "\(PValueText.text(p, alpha: index.alpha)) です（5%未満を目安とします）。",
          en:
            "Messages were drawn by lot, so that nothing but chance differs beside them. How far chance explains the results is the "
            + "p-value; the smallest is \(PValueText.text(p, alpha: index.alpha)).")
      ),
      (
        language.say(ja: "都合の良い結果だけを選んでいないか", en: "Were convenient results picked?"),
        isLocked
          ? language.say(
            ja: "成果指標と分析方法は結果を見る前に確定し、その記録（ハッシュ）をこの報告書に載せています。計画にない分析は「探索的」と明示しています。",
            en:
              "Outcomes and analysis were locked beforehand; the hash is in this report, and what was not planned is marked."
          )
          : language.say(
            ja: "計画を事前に確定した記録はありません。主要な成果指標は試験の定義ファイルに書かれたものです。",
            en:
              "There is no record of a locked plan; the primary outcome is the one in the trial's file."
          )
      ),
      (
        language.say(ja: "前年と比べてどうか", en: "And compared with last year?"),
        language.say(
          ja: "前年との比較では、景気や季節など他の変化の影響を除けません。この報告書は、同じ時期にくじで分けた\(n)人を比べています。",
          en:
            "A comparison with last year mixes in everything else that changed. This one is of \(n) people divided by lot at the same "
            + "time.")
      ),
      (
        language.say(ja: "費用に見合うのか", en: "Is it worth its cost?"),
        cost.map { yen in
          language.say(
            ja:
              "一人当たりの費用は最大\(NumberStyle.text(count: Int(yen.rounded())))円です。町ごとの費用と見込みは nudge rollout で表にできます。",
            en:
              "A person costs at most \(NumberStyle.text(count: Int(yen.rounded()))) yen; nudge rollout makes a table for each town."
          )
        }
          ?? language.say(
            ja: "費用は試験の定義にありません。町ごとの費用と見込みは nudge rollout で表にできます。",
            en: "The file names no cost; nudge rollout makes a table for each town.")
      ),
      (
        language.say(ja: "わが町でも同じ効果があるのか", en: "Will it work in our town?"),
        language.say(
          ja: "この試験の区間は「この対象者の平均」の不確かさです。別の町の見込みは、町による違いを加えた予測区間で示します。"
            + "まずは小さく試し、結果を持ち寄ってまとめる（nudge pool）ことを勧めます。",
          en:
            "The interval is about the average of these people. What another town may expect is wider; try it on a small scale there and "
            + "pool the results.")
      ),
      (
        language.say(ja: "効果がなかったのか", en: "So it did nothing?"),
        first.conclusion == .undecided || verdicts.contains { $0.conclusion == .undecided }
          ? language.say(
            ja: "「まだ判断できない」は「効果がない」とは異なります。差があってもなくても起こりうる結果だったという意味です。",
            en: "“Cannot be decided yet” is not “no effect”: the result is what either would give.")
          : language.say(
            ja: "結論は「増える（減る）」「実質的に変わらない」「まだ判断できない」の三つに分けており、差が見つからないことを「効果なし」とはしません。",
            en:
              "There are three conclusions, and not finding a difference is never called no effect."
          )
      ),
    ]
  }
}
