import Analysis
import Vocabulary

/// One check in words.
struct CheckLine: Hashable {
  var status: Check.Status
  /// What was checked, as a question.
  var title: String
  /// What was found, and what to do about it.
  var detail: String
}

extension Check.Status {
  /// The status in one word.
  func word(in language: Language) -> String {
    switch self {
    case .pass: language.say(ja: "合格", en: "Pass")
    case .warn: language.say(ja: "注意", en: "Warning")
    case .fail: language.say(ja: "不合格", en: "Fail")
    }
  }
}

extension Check {
  /// The check in words.
  func line(in index: ResultIndex) -> CheckLine {
    CheckLine(status: status, title: title(in: index), detail: detail(in: index))
  }

  private func title(in index: ResultIndex) -> String {
    let language = index.language
    return switch kind {
    case .sampleRatio:
      language.say(ja: "割り付けた\(index.units.title)の比率", en: "Sample ratio")
    case .missingness(let outcome, _, _, _, _):
      language.say(
        ja: "「\(index.outcomeName(outcome))」の欠測",
        en: "Missing values of “\(index.outcomeName(outcome))”")
    case .duplicateUnits:
      language.say(ja: "対象者の重複", en: "Duplicate units")
    case .rowsWithoutArm:
      language.say(ja: "文面の記録がない行", en: "Rows without a message")
    case .rowsOutsidePopulation:
      language.say(ja: "対象外の行", en: "Rows outside the population")
    case .simulatedData:
      language.say(ja: "模擬データ", en: "Simulated data")
    case .notRandomised:
      language.say(ja: "無作為割付け", en: "Randomisation")
    case .clustersIgnored:
      language.say(ja: "まとまりでの割り付け", en: "Assignment of whole groups")
    case .funnelOrder(let step, _):
      language.say(
        ja: "段階の順序（\(index.stepName(step))）", en: "Order of the steps (\(index.stepName(step)))")
    case .protocolLock: language.say(ja: "計画の確定", en: "Locked protocol")
    case .drawnList: language.say(ja: "割付け名簿との照合", en: "Drawn list")
    case .deviation: language.say(ja: "計画からの逸脱", en: "Deviation from the plan")
    }
  }

  private func detail(in index: ResultIndex) -> String {
    let language = index.language
    switch kind {
    case .sampleRatio(let observed, let shares, let pValue, let method, let ofClusters):
      return sampleRatio(observed, shares, pValue, method, ofClusters: ofClusters, in: index)
    case .missingness(_, let missing, let units, let pValue, let method):
      return missingness(missing, units, pValue, method, in: index)
    case .duplicateUnits(let count, let examples):
      let some = examples.isEmpty ? "" : examples.joined(separator: language.say(ja: "、", en: ", "))
      return count == 0
        ? language.say(
          ja: "同じ対象者が2回以上現れる行はありません。", en: "Every unit stands in the data once.")
        : language.say(
          ja: "同じ対象者が2回以上現れています（\(number(count))件"
            + "\(some.isEmpty ? "" : "。例：\(some)")）。どの行を残すかを決め、データを直してください。",
          en: "\(number(count)) units stand in the data more than once"
            + "\(some.isEmpty ? "" : " (such as \(some))"). Decide which row counts, and mend the data."
        )
    case .rowsWithoutArm(let count):
      return count == 0
        ? language.say(
          ja: "すべての行に、どの文面を送ったかの記録があります。", en: "Every row says which message was sent.")
        : language.say(
          ja: "どの文面を送ったか分からない行が\(number(count))行あり、分析から除きました。",
          en: "\(number(count)) rows do not say which message was sent; they were left out.")
    case .rowsOutsidePopulation(let count):
      return count == 0
        ? language.say(
          ja: "すべての行が対象者の条件に合っています。", en: "Every row belongs to the population.")
        : language.say(
          ja: "対象者の条件に合わない行が\(number(count))行あり、分析から除きました。",
          en: "\(number(count)) rows do not belong to the population; they were left out.")
    case .simulatedData:
      return language.say(
        ja: "このデータは乱数で作った模擬データです。実際に行った試験の結果ではありません。",
        en: "The data were made with random numbers. They are not the result of a real trial.")
    case .notRandomised:
      return language.say(
        ja: "くじで分けた比較ではありません（前年との比較、手を挙げた町との比較など）。差には、文面のほかに、時期や相手の違いも含まれます。"
          + "効果として示すことはできません。次は対象者をくじで分けてください。",
        en:
          "Nobody was drawn by lot (last year against this, towns that volunteered against others). The difference holds the time and "
          + "the people as well as the message. It cannot be shown as an effect; draw the next one by lot."
      )
    case .clustersIgnored(let column):
      return language.say(
        ja: "まとまり\(column.map { "（\($0)）" } ?? "")ごとに割り付けましたが、データが集計表のため、"
          + "まとまりを考慮できません。信頼区間は実際より狭く、p値は小さく出ています。対象者ごとのデータで分析してください。",
        en:
          "Whole groups\(column.map { " (\($0))" } ?? "") were assigned, but the data are counts, which "
          + "cannot show them. Intervals are too narrow and p-values too small; use one row a unit."
      )
    case .funnelOrder(_, let count):
      return count == 0
        ? language.say(
          ja: "前の段階を経ずにこの段階に達した人はいません。",
          en: "Nobody reached this step without the step before.")
        : language.say(
          ja: "前の段階を経ずにこの段階に達した人が\(number(count))人います。記録の取り方を確かめてください。",
          en:
            "\(number(count)) units reached this step without the step before. See how it is recorded."
        )
    case .protocolLock(let hash, let changes, let exploratory):
      return protocolLock(hash, changes, exploratory, in: index)
    case .drawnList(let tally):
      return drawnList(tally, language)
    case .deviation(let text, let time, let late):
      let moment =
        late
        ? language.say(ja: "群別の結果を見た後", en: "after data by arm were seen")
        : language.say(ja: "群別の結果を見る前", en: "before data by arm were seen")
      return language.say(
        ja: "\(text)（記録 \(time)、\(moment)）。", en: "\(text) (noted \(time), \(moment)).")
    }
  }

  private func sampleRatio(
    _ observed: [String: Int], _ shares: [String: Int], _ pValue: Double?, _ method: String,
    ofClusters: Bool, in index: ResultIndex
  ) -> String {
    let language = index.language
    let counts = index.inOrder(observed).map { arm, count in
      let size =
        ofClusters
        ? language.say(ja: "\(number(count))集団", en: "\(number(count)) clusters")
        : index.units.counted(count)
      return "\(index.armName(arm)) \(size)"
    }.joined(separator: language.say(ja: "、", en: ", "))
    let planned = index.inOrder(shares).map { String($0.1) }.joined(separator: ":")
    let p = PValueText.statement(pValue, alpha: 0.001)
    let test =
      method == "multinomial"
      ? language.say(ja: "多項分布による正確検定", en: "exact multinomial test")
      : language.say(ja: "カイ二乗検定", en: "chi-squared test")
    let figures = language.say(
      ja: "予定の比率 \(planned)に対して、\(counts)（\(test)、\(p)）。",
      en: "Planned \(planned); observed \(counts) (\(test), \(p)).")
    let isFixed = [
      "complete", "blocked", "clustered", "matched_pairs", "rerandomized", "factorial",
    ].contains(index.trial.assignmentMethod)
    return figures
      + (status == .pass
        ? isFixed
          ? language.say(
            ja: "大きな偏りはありません。数を先に決める割り付けなので、この検定は目安です（割り付け名簿との照合はしていません）。",
            en: " No large imbalance. The sizes were fixed by design, so the test is only a guide; "
              + "there is no drawn list to compare with.")
          : language.say(
            ja: "偏りは偶然の範囲です。", en: " The difference is within chance.")
        : language.say(
          ja: "偶然では説明しにくい偏りです。送付漏れや記録の誤りを調べるまで、結果を判断に用いないでください。",
          en: " Chance hardly explains this. Until you know which letters or records were lost, "
            + "do not act on the results."))
  }

  private func missingness(
    _ missing: [String: Int], _ units: [String: Int], _ pValue: Double?, _ method: String?,
    in index: ResultIndex
  ) -> String {
    let language = index.language
    guard missing.values.contains(where: { $0 > 0 }) else {
      return language.say(ja: "欠測はありません。", en: "No value is missing.")
    }
    let counts = index.inOrder(missing).map { arm, count in
      let all = units[arm].map { "/" + number($0) } ?? ""
      return "\(index.armName(arm)) \(number(count))\(all)"
    }.joined(separator: language.say(ja: "、", en: ", "))
    let p = PValueText.statement(pValue, alpha: 0.05) + attritionTest(method, language)
    return language.say(ja: "欠測 \(counts)（\(p)）。", en: "Missing: \(counts) (\(p)).")
      + (status == .pass
        ? language.say(
          ja: "文面による偏りは見られません。", en: " There is no sign that it depends on the message.")
        : language.say(
          ja: "文面によって欠測の割合が異なり、比較が歪んでいるおそれがあります。欠測の理由を確かめてください。",
          en: " It differs between messages, which can distort the comparison. Find out why."))
  }

  /// How the gaps were tested, where that follows the draw.
  private func attritionTest(_ method: String?, _ language: Language) -> String {
    switch method {
    case "mantel_haenszel":
      language.say(ja: "、層の中で比べた検定", en: ", compared within blocks")
    case "randomization":
      language.say(ja: "、まとまりごとの引き直しによる検定", en: ", by re-drawn clusters")
    default: ""
    }
  }

  private func number(_ value: Int) -> String { NumberStyle.text(count: value) }
}
