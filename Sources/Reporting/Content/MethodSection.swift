import Analysis
import Trials
import Vocabulary

/// How the numbers were made, in words that need no statistics, with the papers for those who have it.
struct MethodSection {
  let index: ResultIndex

  var section: Section {
    Section(
      topic: .method, title: index.language.say(ja: "方法と用語", en: "Methods and terms"),
      blocks: [
        .definitions(methods),
        .heading(index.language.say(ja: "用語", en: "Terms")),
        .definitions(terms),
        .heading(index.language.say(ja: "参考文献", en: "References")),
        .list(references.map(\.rawValue)),
      ])
  }

  // MARK: - Methods

  private var methods: [(term: String, text: String)] {
    let language = index.language
    let trial = index.trial
    return [
      (
        language.say(ja: "割り付け", en: "Assignment"),
        MethodWording.assignment(trial.assignmentMethod, language) + blocksAndClusters
      ),
      (
        language.say(ja: "推定したもの", en: "Estimand"),
        trial.isRandomised
          ? language.say(
            ja: "送った全員を、読んだかどうかにかかわらず、割り付けられた文面どおりに比べた差（ITT）。",
            en: "Intention to treat (ITT): everyone counts under the assigned message, read or not."
          )
          : language.say(
            ja: "群どうしの差。くじで分けていないため、効果ではありません。",
            en: "The difference between the groups; nobody was drawn, so it is no effect.")
      ),
      (
        language.say(ja: "推定方法", en: "Estimator"),
        unique(trial.outcomes.map(\.estimator)).map { MethodWording.estimator($0, language) }
          .joined(separator: language.say(ja: "。", en: "; ")) + language.say(ja: "。", en: ".")
      ),
      (
        language.say(ja: "調整したもの", en: "Adjusted for"), adjustments
      ),
      (
        language.say(ja: "検定と信頼区間", en: "Tests and intervals"),
        (effectMethods + meanMethods).map(\.0).joined(separator: language.say(ja: "", en: " "))
          + language.say(
            ja: "いずれも両側、信頼水準は\(index.level)。",
            en: " All are two-sided, at the \(index.level) level.")
      ),
      (
        language.say(ja: "多重性の補正", en: "Multiplicity"),
        MethodWording.multiplicity(trial.multiplicity, language).0
          + language.say(
            ja: "副次・探索的な指標と区分別の結果は補正の対象ではなく、参考として読みます。",
            en: " Secondary and exploratory outcomes and groups are not adjusted; they are for "
              + "orientation.")
      ),
      (
        language.say(ja: "結論の出し方", en: "How conclusions are drawn"),
        language.say(
          ja: "差の\(index.intervalName)の全体が、事前に定めた「意味のある差」より小さい範囲に収まれば「実質的に変わらない」、"
            + "そうでなく、全体が0より上なら「増える」、下なら「減る」、いずれでもなければ「まだ判断できない」とします。"
            + "複数の比較を補正したp値が基準に届かないときは、「増える」「減る」とはしません。"
            + "差が見つからないことは、効果がないことの証明ではありません。",
          en: "If the whole \(index.intervalName) of the difference is smaller than the smallest "
            + "worthwhile effect, the outcome is practically unchanged; else above zero, it "
            + "increases; below zero, it decreases; otherwise it cannot be decided yet. Without a "
            + "small enough p-value after the adjustment for several comparisons, nothing is said "
            + "to increase or decrease. Finding no difference does not prove that there is none.")
      ),
      (
        language.say(ja: "端数", en: "Rounding"),
        language.say(
          ja: "四捨五入のため、合計や差が一致しない場合があります。",
          en: "Sums and differences may not agree because of rounding.")
      ),
    ]
  }

  /// What each outcome's planned comparison adjusts for, outcomes alike in one sentence.
  private var adjustments: String {
    let language = index.language
    let comma = language.say(ja: "、", en: ", ")
    var said: [(what: String, outcomes: [String])] = []
    for outcome in index.trial.outcomes {
      let columns = (outcome.adjustedFor ?? []).filter { !blocks.contains($0) }
      let parts = [
        blocks.isEmpty
          ? nil
          : language.say(
            ja: "層（\(blocks.joined(separator: comma))）の中で比べました",
            en: "compared within blocks (\(blocks.joined(separator: comma)))"),
        columns.isEmpty
          ? nil
          : language.say(
            ja: "割付け前の属性（\(columns.joined(separator: comma))）の偏りを調整しました",
            en: "adjusted for differences in \(columns.joined(separator: comma)) before assignment"),
        outcome.estimator == "two_way"
          ? language.say(
            ja: "地区ごと、時期ごとの水準の違いを取り除きました", en: "within places and periods") : nil,
        ["hajek", "horvitz_thompson"].contains(outcome.estimator)
          ? language.say(
            ja: "割り付けられる確率、又は抽出された確率の逆数で重みを付けました",
            en: "weighted by the inverse of the probability of assignment or of being sampled")
          : nil,
      ].compactMap(\.self)
      let what =
        parts.isEmpty
        ? language.say(ja: "調整せず、群の値をそのまま比べました", en: "not adjusted: arms as they are")
        : parts.joined(separator: language.say(ja: "。また、", en: "; "))
      let name = language.quoted(outcome.name[language])
      if let place = said.firstIndex(where: { $0.what == what }) {
        said[place].outcomes.append(name)
      } else {
        said.append((what, [name]))
      }
    }
    return said.map { what, outcomes in
      outcomes.joined(separator: language.say(ja: "", en: ", ")) + language.say(ja: "は、", en: ": ")
        + what + language.say(ja: "。", en: ".")
    }.joined(separator: language.say(ja: "", en: " "))
  }

  /// The blocks' columns; those that the draw formed have no name of the trial's.
  private var blocks: [String] {
    index.trial.blocks.map { column in
      column == Trial.formedBlockColumn
        ? index.language.say(ja: "割付けで作った組", en: "the pairs that the draw formed") : column
    }
  }

  private var blocksAndClusters: String {
    let language = index.language
    var words = ""
    if !index.trial.blocks.isEmpty {
      words += language.say(
        ja: "層：\(blocks.joined(separator: "、"))。",
        en: " Blocks: \(blocks.joined(separator: ", ")).")
    }
    if let clusters = index.trial.clusters {
      words += language.say(ja: "まとまり：\(clusters)。", en: " Clusters: \(clusters).")
    }
    return words
  }

  private var errorTypes: [String] { unique(index.result.everyRow.compactMap(\.seType)) }

  private var effectMethods: [(String, Reference?)] {
    let redrawn = index.result.isRedrawn ? ["randomization"] : []
    return unique(errorTypes + redrawn)
      .map { MethodWording.uncertainty($0, index.language) }
  }

  private var meanMethods: [(String, Reference?)] {
    let errorTypes = errorTypes
    return unique(everyMean.map(\.method))
      .filter { !errorTypes.contains($0) && $0 != "none" }
      .map { MethodWording.meanInterval($0, index.language) }
  }

  private var everyMean: [MeanRow] {
    index.result.factors.flatMap(\.means) + index.result.means
  }

  // MARK: - Terms

  private var terms: [(term: String, text: String)] {
    let language = index.language
    let general = [
      (
        term: index.intervalName,
        text: language.say(
          ja: "推定の不確かさの幅。同じ試験を何度も繰り返して毎回この区間を作ると、そのうち\(index.level)の区間が本当の値を含みます。",
          en: "The uncertainty of the estimate: of the intervals made in this way by repeating the "
            + "trial many times, \(index.level) contain the true value.")
      ),
      (
        term: language.say(ja: "p値", en: "p-value"),
        text: language.say(
          ja: "本当は差がないとしたとき、偶然だけで今回以上の差が出る確率。小さいほど「差がない」とは考えにくくなります。効果の大きさを表すものではありません。",
          en:
            "The probability of a difference at least as large as this by chance alone if there were "
            + "none. It says nothing about the size of the effect.")
      ),
    ]
    return general
      + measures.map { (term: $0.name[language], text: $0.definition[language]) }
  }

  private var measures: [MeasureWording] {
    let found = Set(index.result.everyRow.map(\.measure))
    let first = Set(index.trial.outcomes.map(\.difference))
    // The same measure has two names where means and ratios are both compared.
    let differences = MeasureWording.differences + [.countDifference]
    return differences.filter { first.contains($0) && found.contains($0.id) }
      + MeasureWording.otherScales.filter { found.contains($0.id) }
  }

  // MARK: - References

  private var references: [Reference] {
    let adjustment = MethodWording.multiplicity(index.trial.multiplicity, index.language).1
    var used = Set((effectMethods + meanMethods).compactMap(\.1) + [adjustment].compactMap { $0 })
    if index.result.everyRow.contains(where: { $0.estimator == "lin" }) { used.insert(.lin) }
    if index.views.contains(where: { !$0.result.verdicts.isEmpty }) {
      used.insert(.gigerenzerHoffrage)
    }
    if index.result.isSequential { used.insert(.lanDeMets) }
    return Reference.allCases.filter(used.contains)
  }

  private func unique(_ names: [String]) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }
}

extension TrialResult {
  /// Whether re-drawn arms decide some comparison because its clusters are few.
  fileprivate var isRedrawn: Bool {
    everyRow.contains { row in
      row.notes.contains {
        if case .fewClusters(_, redrawn: true) = $0 { return true }
        return false
      }
    }
  }

  /// Whether the trial had planned looks.
  fileprivate var isSequential: Bool {
    everyRow.contains { row in
      row.notes.contains {
        if case .look = $0 { return true }
        return false
      }
    }
  }
}
