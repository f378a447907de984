import Analysis
import Vocabulary

/// The words of a roll-out.
struct RolloutWording {
  private let rollout: RolloutTable
  private let language: Language

  init(_ rollout: RolloutTable, _ language: Language) {
    self.rollout = rollout
    self.language = language
  }

  func yen(_ value: Double?) -> String {
    guard let value, value < 1e15 else { return NumberStyle.unknown }
    return NumberStyle.text(count: Int(value.rounded()))
  }

  /// A number of outcomes: to one decimal while they are few.
  func extra(_ value: Double) -> String {
    NumberStyle(decimals: abs(value) < 10 ? 1 : 0).text(value)
  }

  func range(_ outlook: RolloutTable.Outlook) -> String {
    "\(extra(outlook.extraLow))～\(extra(outlook.extraHigh))"
  }

  func voltage(_ value: Double) -> String {
    NumberStyle(shift: 2, decimals: 0, suffix: "%").text(value)
  }

  private var level: String { NumberStyle(shift: 2, decimals: 0).text(rollout.level) + "%" }

  private func effect(_ value: Double) -> String {
    rollout.isRate
      ? NumberStyle(shift: 2, decimals: 2).signed(value) + language.say(ja: "ポイント", en: " points")
      : NumberStyle(decimals: NumberStyle.decimals(forMagnitude: value, significant: 3)).signed(
        value)
  }

  var warnings: [String] {
    rollout.simulated
      ? [
        language.say(
          ja: "この表のもとになった効果は模擬データによるものです。実際の試験の結果ではありません。",
          en:
            "The effect behind this table comes from simulated data. It is not the result of a real trial."
        )
      ] : []
  }

  /// What to expect in all, and in one town.
  var sentences: [String] {
    let total = rollout.total(voltage: rollout.firstVoltage)
    let places = rollout.municipalities.count { ($0.allocated ?? $0.people) > 0 }
    let name = rollout.outcome[language]
    let least = rollout.municipalities.first?.outlooks.last.map(\.voltage) ?? 1
    let low = rollout.total(voltage: least)
    var lines = [
      language.say(
        ja: (rollout.budget.map { "予算\(yen($0))円の範囲で、" } ?? "")
          + "「\(rollout.arm[language])」を\(places)市町村の\(NumberStyle.text(count: total.people))人に送ると"
          + "（費用 \(yen(total.cost))円）、「\(name)」は約\(extra(total.extra))件多くなると見込まれます"
          + (least < rollout.firstVoltage
            ? "（効果が\(voltage(least))にとどまれば約\(extra(low.extra))件）。" : "。"),
        en:
          "Sent to \(NumberStyle.text(count: total.people)) people in \(places) municipalities (for \(yen(total.cost)) yen), "
          + "“\(rollout.arm[language])” is expected to bring about \(extra(total.extra)) more of “\(name)”"
          + (least < rollout.firstVoltage
            ? "; \(extra(low.extra)) if only \(voltage(least)) of the effect survives." : "."))
    ]
    lines.append(
      language.say(
        ja: "一つの町での効果は\(effect(rollout.basis.effect))、その予測区間は"
          + "\(effect(rollout.basis.predLow))～\(effect(rollout.basis.predHigh))です（\(level)）。",
        en:
          "In one town the effect is expected to be \(effect(rollout.basis.effect)); its prediction interval is "
          + "\(effect(rollout.basis.predLow)) to \(effect(rollout.basis.predHigh)) (\(level))."))
    return lines
  }

  /// What the table rests on.
  var assumptions: [String] {
    let basis = rollout.basis
    var lines: [String] = []
    if let count = basis.pooled, count < 3 {
      lines.append(
        language.say(
          ja: "\(count)件の試験をまとめた平均（\(effect(basis.estimate))）によります。町による効果の違い（標準偏差）は、"
            + "\(count)件では推定できないため、rollout.tau の\(effect(basis.tau))としました。",
          en:
            "It rests on the average of \(count) trials (\(effect(basis.estimate))). \(count) cannot tell how much effects differ "
            + "between towns; rollout.tau says \(effect(basis.tau))."))
    } else if let count = basis.pooled {
      lines.append(
        language.say(
          ja:
            "\(count)件の結果をまとめた平均（\(effect(basis.estimate))）と、町による違い（標準偏差 \(effect(basis.tau))）によります。",
          en:
            "It rests on the average of \(count) results (\(effect(basis.estimate))) and on how much places differ "
            + "(standard deviation \(effect(basis.tau)))."))
    } else {
      let share = NumberStyle(shift: 2, decimals: 0, suffix: "%").text(basis.reliability)
      lines.append(
        language.say(
          ja: "一つの試験の推定値（\(effect(basis.estimate))、標準誤差 \(effect(basis.stdError))）を、"
            + (rollout.isRate ? "ナッジ・ユニット126試験の平均（+1.4ポイント）" : "0")
            + "に近づけて使っています（試験の値を\(share)信じる計算）。",
          en:
            "One trial's estimate (\(effect(basis.estimate)), standard error \(effect(basis.stdError))) is drawn towards "
            + (rollout.isRate ? "the average of 126 nudge-unit trials (+1.4 points)" : "0")
            + "; the trial counts for \(share)."))
      lines.append(
        basis.isTauAssumed
          ? language.say(
            ja: "町による効果の違い（標準偏差）は分からないため、推定値の半分（\(effect(basis.tau))）と仮定しました。"
              + "根拠のある値があれば rollout.tau に書いてください。",
            en:
              "How much effects differ between towns is not known; half of the estimate (\(effect(basis.tau))) was assumed. "
              + "Write a better value as rollout.tau.")
          : language.say(
            ja: "町による効果の違い（標準偏差）は\(effect(basis.tau))としました。",
            en:
              "Effects are taken to differ between towns by a standard deviation of \(effect(basis.tau))."
          ))
    }
    lines.append(
      language.say(
        ja: "費用は一人\(yen(rollout.costPerPerson))円"
          + (rollout.fixedCost > 0 ? "、一市町村\(yen(rollout.fixedCost))円" : "")
          + (rollout.budget.map { "、予算は全体で\(yen($0))円" } ?? "") + "です。",
        en: "A person costs \(yen(rollout.costPerPerson)) yen"
          + (rollout.fixedCost > 0 ? ", a municipality \(yen(rollout.fixedCost))" : "")
          + (rollout.budget.map { "; \(yen($0)) yen are there in all" } ?? "") + "."))
    return lines
  }

  /// What a reader of single rows must know.
  var notes: [String] {
    var lines = [
      language.say(
        ja: "見込みは、対象者全員（その町の予算があれば、その範囲）に送った場合です。並び順は、1円当たりの効果の高い順です"
          + (rollout.budget == nil ? "。" : "（「予算内で送る」は、全体の予算をこの順に配った人数）。"),
        en:
          "Expected if sent to everyone there (or as many as the town's own budget allows), in the order of what a yen brings"
          + (rollout.budget == nil
            ? "." : "; “within budget” spends the budget for all in that order."))
    ]
    if rollout.municipalities.contains(where: { !$0.resembles }) {
      lines.append(
        language.say(
          ja: "* は、試験に参加した地域と条件が異なる町です。効果が同じとは限りません（外挿）。",
          en: "*: unlike the places of the trial; the effect there may differ (extrapolated)."))
    }
    if !rollout.withoutPopulation.isEmpty {
      let names = rollout.withoutPopulation.prefix(5).joined(
        separator: language.say(ja: "、", en: ", "))
      lines.append(
        language.say(
          ja: "対象人口が分からない市町村（\(rollout.withoutPopulation.count)、\(names)など）は含みません。",
          en:
            "Without those whose people are not known (\(rollout.withoutPopulation.count), such as \(names))."
        ))
    }
    lines.append(
      language.say(
        ja: "広げる前の問い：偶然の結果ではないか。対象者は試験と似ているか。担当者や時期など、試験だけの条件はないか。"
          + "他の人への影響はないか。費用は同じか（List 2022）。",
        en:
          "To ask before: may it have been chance? Are the people alike? Was something special about who did it, or when? "
          + "Does it touch others? Does it cost the same? (List 2022)"))
    return lines
  }
}
