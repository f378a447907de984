import Statistics
import Vocabulary

// The phrases that the words of faults are put together from.

/// A text in both languages, Japanese first.
func both(_ ja: String, _ en: String) -> BilingualText {
  BilingualText(ja: ja, en: en)
}

/// Names in a row; beyond twenty, how many more there are.
func list(_ names: [String], _ language: Language) -> String {
  let limit = 20
  let shown = names.prefix(limit)
  let rest = names.count - shown.count
  switch language {
  case .japanese:
    let text = shown.map { "「\($0)」" }.joined()
    return rest > 0 ? "\(text)など\(names.count)個" : text
  case .english:
    let text = shown.joined(separator: ", ")
    return rest > 0 ? "\(text) and \(rest) more" : text
  }
}

/// "Did you mean…", or nothing where no name is near.
func guess(_ name: String, _ accepted: [String], _ language: Language) -> String {
  // Comparing with more names than anyone writes would make a hostile file slow.
  guard accepted.count <= 1000, let near = nearestName(to: name, among: accepted) else {
    return ""
  }
  switch language {
  case .japanese: return "「\(near)」の誤りではありませんか。"
  case .english: return " Did you mean '\(near)'?"
  }
}

/// A number as people write it: 1 rather than 1.0.
func plain(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension WantedShape {
  var words: BilingualText {
    switch self {
    case .mapping:
      both("ここには「項目: 値」の組を書いてください。", "Keys and values ('key: value') are wanted here.")
    case .list:
      both(
        "ここには一覧を書いてください（例 [a, b]、又は「- 」で始まる行）。",
        "A list is wanted here: [a, b], or lines that begin with '- '.")
    case .text:
      both("ここには一つの値を書いてください。", "A single value is wanted here.")
    case .bilingualText:
      both(
        "ここには文を書いてください。日英の両方を書くときは「{ja: 日本語, en: English}」とします。",
        "A text is wanted here, or {ja: 日本語, en: English}.")
    case .condition:
      both(
        "条件は、値、「{in: [a, b]}」、「{from: 40, to: 49}」のいずれかで書いてください。",
        "A condition is a value, {in: [a, b]} or {from: 40, to: 49}.")
    case .estimator:
      both(
        "推定方法の名前を一つ書いてください（例 \(AnalysisPlan.defaults.estimator.name)）。",
        "The name of one estimator is wanted here, such as \(AnalysisPlan.defaults.estimator.name)."
      )
    }
  }
}

extension Vocable {
  var words: BilingualText {
    switch self {
    case .arm: both("群", "arm")
    case .outcome: both("成果指標", "outcome")
    case .cohort: both("集団", "cohort")
    case .period: both("時期（periods）", "period")
    case .factor: both("因子（factors）", "factor")
    case .level: both("水準（levels）", "level")
    case .insight: both("知見（insights）", "insight")
    case .funnelStep: both("段階", "funnel step")
    case .simulatedColumn: both("模擬データの列", "simulated column")
    case .columnOfDays: both("模擬データの日付の列", "simulated column of days")
    case .columnOfCategories: both("模擬データの区分の列", "simulated column of categories")
    case .partOfCalendar: both("曜日・月", "weekday or month")
    case .estimator: both("推定方法", "estimator")
    case .method: both("割付方法", "method of assignment")
    case .role: both("成果指標の役割", "role")
    case .kind: both("成果指標の種類", "kind of outcome")
    case .direction: both("望ましい方向", "direction")
    case .east: both("EASTの要素", "EAST principle")
    case .shape: both("データの形", "shape of data")
    case .encoding: both("文字コード", "encoding")
    case .multiplicity: both("多重比較の調整方法", "multiplicity adjustment")
    case .inference: both("推論の方法", "kind of inference")
    case .subgroup: both("区分の列", "subgroup")
    case .spending: both("過誤の配分方法", "spending function")
    case .framework: both("検証の枠組み", "framework")
    case .smallGroups: both("小さい区分の扱い", "treatment of small groups")
    case .primaryOutcome: both("主要な成果指標", "primary outcome")
    case .setting(let name): both("設定「\(name)」の値", "value of '\(name)'")
    }
  }
}

extension NumberRange {
  var words: BilingualText {
    switch self {
    case .any: both("数", "any number")
    case .notNegative: both("0以上の数", "0 or more")
    case .positive: both("0より大きい数", "more than 0")
    case .confidenceLevel:
      both("0.5より大きく1より小さい数（95%は「0.95」）", "between 0.5 and 1 (95% is 0.95)")
    case .probability: both("0から1までの数", "0 to 1")
    case .openProbability: both("0より大きく1より小さい数", "more than 0 and less than 1")
    case .percentage: both("0から100までの百分率", "a percentage from 0 to 100")
    case .atLeastOne: both("1以上の数", "1 or more")
    case .positiveShare: both("0より大きく1以下の数", "more than 0 and at most 1")
    case .coin: both("0.5より大きく1以下の数", "more than 0.5 and at most 1")
    case .lossShare: both("0以上1未満の数", "0 or more and less than 1")
    case .correlation: both("-1より大きく1未満の数", "between -1 and 1, both excluded")
    case .informationShare: both("0より大きく1以下の数", "more than 0 and at most 1")
    case .whole(let from, let to):
      both("\(from)から\(to)までの整数", "a whole number from \(from) to \(to)")
    case .seed: both("0以上の整数（15桁まで）", "a whole number of at most 15 digits, not negative")
    }
  }
}
