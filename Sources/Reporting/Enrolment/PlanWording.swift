import Analysis
import Trials
import Vocabulary

/// The words of a plan's numbers.
struct PlanWording {
  private let plan: PowerPlan
  private let language: Language

  init(_ plan: PowerPlan, _ language: Language) {
    self.plan = plan
    self.language = language
  }

  /// An effect that is wanted, given by its size: with the sign of a fall where less is better.
  func effect(_ size: Double) -> String { difference(plan.isFall ? -size : size) }

  /// The size of an effect that is wanted, for "or more".
  private func size(_ size: Double) -> String {
    plan.isRate
      ? NumberStyle(shift: 2, decimals: 2).text(size) + language.say(ja: "ポイント", en: " points")
      : NumberStyle(decimals: NumberStyle.decimals(forMagnitude: size, significant: 3)).text(size)
  }

  /// A difference with its sign: in points for rates.
  func difference(_ value: Double) -> String {
    plan.isRate
      ? NumberStyle(shift: 2, decimals: 2).signed(value) + language.say(ja: "ポイント", en: " points")
      : NumberStyle(decimals: NumberStyle.decimals(forMagnitude: value, significant: 3))
        .signed(value)
  }

  /// A rate of all.
  func rate(_ value: Double) -> String {
    NumberStyle(shift: 2, decimals: 1, suffix: "%").text(value)
  }

  func count(_ value: Int) -> String { NumberStyle.text(count: value) }

  /// A number of people that is an estimate: two or three digits are all that it is worth.
  func about(_ value: Int) -> String {
    guard value < 1_000_000_000_000_000 else { return count(value) }
    var unit = 1
    while value / unit >= 1000 { unit *= 10 }
    let rounded = value / unit * unit + (value % unit > 0 ? unit : 0)
    return language.say(ja: "約\(count(rounded))", en: "about \(count(rounded))")
  }

  /// The answer to what was asked.
  var answer: String {
    let power = NumberStyle(shift: 2, decimals: 0, suffix: "%").text(plan.assumptions.power)
    let name = plan.outcomeName[language]
    let units = count(plan.units)
    switch plan.solved {
    case .effect:
      guard let detectable = plan.detectable else {
        return language.say(
          ja: "\(units)人では、「\(name)」のどのような効果も\(power)の確率では見つけられません。",
          en: "With \(units) units no effect on “\(name)” is found with \(power) power.")
      }
      if plan.isFall {
        return language.say(
          ja: "\(units)人の試験が\(power)の確率で見つけられる「\(name)」の効果は、\(size(detectable))以上の低下です。",
          en:
            "With \(units) units, falls of “\(name)” by \(size(detectable)) or more are found with "
            + "\(power) power.")
      }
      return language.say(
        ja: "\(units)人の試験が\(power)の確率で見つけられる「\(name)」の効果は、\(effect(detectable))以上です。",
        en:
          "With \(units) units, effects on “\(name)” of \(effect(detectable)) or more are found with "
          + "\(power) power.")
    case .units, .budget:
      let cost = plan.budget.map { language.say(ja: "（費用\(yen($0))）", en: " (\(yen($0)))") } ?? ""
      return language.say(
        ja: "「\(name)」の\(effect(plan.target))の効果を\(power)の確率で見つけるには、"
          + "全部で\(units)人が必要です\(cost)。",
        en: "To find an effect of \(effect(plan.target)) on “\(name)” with \(power) power, "
          + "\(units) units in all are needed\(cost).")
    case .power:
      guard let power = plan.power else {
        return language.say(
          ja: "\(units)人ではまとまりが少なすぎ、検定ができません。",
          en: "With \(units) units there are too few clusters for a test.")
      }
      let found = NumberStyle(shift: 2, decimals: 1, suffix: "%").text(power)
      return language.say(
        ja: "\(units)人の試験が「\(name)」の\(effect(plan.target))の効果を見つける確率は\(found)です。",
        en: "With \(units) units an effect of \(effect(plan.target)) on “\(name)” is found with "
          + "probability \(found).")
    }
  }

  private func yen(_ value: Double) -> String {
    let whole = value < 1e15 ? Int(value.rounded(.up)) : Int.max
    return language.say(ja: "\(count(whole))円", en: "\(count(whole)) yen")
  }

  /// Whether the outcome can carry the trial, and which earlier step can.
  var judgement: [String] {
    let name = plan.outcomeName[language]
    let wanted = plan.worthwhile ?? (plan.isRate ? PowerPlan.nudgeUnitAverage : plan.target)
    let meaning =
      plan.worthwhile == nil && plan.isRate
      ? language.say(ja: "ナッジ・ユニットの平均", en: "the nudge-unit average")
      : language.say(ja: "意味のある差", en: "the worthwhile effect")
    if plan.carries {
      return [
        language.say(
          ja: "「\(name)」は、この人数の試験で確かめられる指標です（\(meaning) \(effect(wanted))を見つけられます）。",
          en:
            "“\(name)” can carry a trial of this size: \(meaning), \(effect(wanted)), would be found."
        )
      ]
    }
    var lines = [
      language.say(
        ja: "「\(name)」だけでは、この人数の試験の結論を出せません。\(meaning)（\(effect(wanted))）は、"
          + "あっても見逃すおそれが大きいためです。",
        en:
          "“\(name)” cannot carry a trial of this size: \(meaning) (\(effect(wanted))) could well be "
          + "missed.")
    ]
    if plan.target == wanted, let needed = plan.unitsForTarget, needed > plan.units {
      lines.append(
        language.say(
          ja: "「\(name)」で確かめるには、全部で\(about(needed))人が必要です。",
          en: "For “\(name)”, \(about(needed)) units in all would be needed."))
    }
    if let step = plan.steps.first(where: \.carries) {
      let found = step.detectable.map(effect) ?? ""
      lines.append(
        language.say(
          ja: "手前の「\(step.name[language])」（現在\(rate(step.baseline))）なら確かめられます。増えた人が今と同じ割合で"
            + "先へ進むとすれば\(effect(step.needed))に当たり、見つけられる最小の差は\(found)です。",
          en:
            "The earlier step “\(step.name[language])” (now \(rate(step.baseline))) can: were those "
            + "gained to go on as others do, it would rise by \(effect(step.needed)), and \(found) is found."
        ))
    } else if !plan.steps.isEmpty {
      lines.append(
        language.say(
          ja: "手前のどの段階でも、この人数では確かめられません。人数を増やすか、より強い働きかけを考えてください。",
          en: "No earlier step can either: draw more people, or think of a stronger message."))
    }
    return lines
  }

  /// The yardstick.
  var yardstick: String? {
    guard plan.isRate else { return nil }
    return language.say(
      ja: "目安：二つのナッジ・ユニットの126試験の効果は平均+1.4ポイントでした（DellaVigna & Linos 2022）。"
        + "これより大きい効果を前提にするときは、理由を書いておきましょう。",
      en: "Yardstick: 126 trials of two nudge units raised rates by 1.4 points on average "
        + "(DellaVigna & Linos 2022). Say why if you assume more.")
  }
}
