import Analysis
import Vocabulary

// What is said of the lock and the drawn list.

extension Check {
  func protocolLock(
    _ hash: String?, _ changes: [String], _ exploratory: [String], in index: ResultIndex
  ) -> String {
    let language = index.language
    guard let hash else {
      return language.say(
        ja: "結果を見る前に計画を確定した記録がありません。次の試験では、割付けの前に nudge lock を実行してください。",
        en: "There is no record that the plan was fixed before the results were seen. "
          + "For the next trial run nudge lock before the draw.")
    }
    var sentences: [String] = []
    if !changes.isEmpty {
      let list = changes.prefix(5).joined(separator: language.say(ja: "、", en: ", "))
      sentences.append(
        language.say(
          ja: "確定した計画と違うところがあり、理由が記録されていません（\(list)）。"
            + "元に戻すか、nudge amend で記録してください。",
          en: "The plan differs from the locked one without a recorded reason (\(list)). "
            + "Undo it, or record it with nudge amend."))
    }
    if !exploratory.isEmpty {
      let names = language.listed(exploratory.map(index.outcomeName))
      sentences.append(
        language.say(
          ja: "\(names)は、群別の結果を見る前の計画どおりではないため、探索的な分析として示します。",
          en: "Not as planned before data by arm were seen, so shown as exploratory: \(names)."))
    }
    if sentences.isEmpty {
      sentences.append(
        language.say(
          ja: "結果を見る前に確定した計画どおりに分析しました。", en: "Analysed as locked before the results were seen."))
    }
    return language.say(ja: "確定時のハッシュ \(hash.prefix(16))…。", en: "Lock \(hash.prefix(16))…. ")
      + sentences.joined(separator: language.say(ja: "", en: " "))
  }

  func drawnList(_ tally: DrawnTally, _ language: Language) -> String {
    func number(_ value: Int) -> String { NumberStyle.text(count: value) }
    let figures = language.say(
      ja: "割り付けた\(number(tally.drawn))人のうち、群が名簿と一致した行\(number(tally.agreeing))、"
        + "違う行\(number(tally.otherArm))、データにない人\(number(tally.absent))。"
        + "名簿にない人の行\(number(tally.notDrawn))。",
      en:
        "Of \(number(tally.drawn)) units drawn: \(number(tally.agreeing)) rows with the drawn arm, "
        + "\(number(tally.otherArm)) with another, \(number(tally.absent)) units not in the data. "
        + "Rows of units never drawn: \(number(tally.notDrawn)).")
    guard tally.otherArm + tally.notDrawn > 0 else { return figures }
    let examples = tally.examples.joined(separator: language.say(ja: "、", en: ", "))
    return figures
      + language.say(
        ja: "割付けどおりでない行があると比較が歪みます。記録を確かめてください（例：\(examples)）。",
        en: " Rows that depart from the draw distort the comparison; look into them "
          + "(such as \(examples)).")
  }
}
