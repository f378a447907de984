import Analysis
import Vocabulary

extension Note {
  /// What a reader must know of looks, draws, posteriors and comparisons of groups.
  func inferenceWords(in language: Language) -> String {
    switch self {
    case .tooFewGroups(let count):
      language.say(
        ja: "効果を求められた区分が\(count)個しかないため、区分による違いを検定できません。",
        en: "Only \(count) of the groups have an effect, so groups cannot be compared.")
    case .groupsLeftOut(let count):
      language.say(
        ja: "効果又は標準誤差を求められない\(count)個の区分は、検定に入れていません。",
        en: "\(count) groups without an effect or a standard error are not in the test.")
    case .fewClusters(let df, true):
      language.say(
        ja: "まとまりが少ない（自由度\(plain(df))）ため、p値と区間は割り付けの引き直しで求めました。",
        en: "Clusters are few (\(plain(df)) degrees of freedom), so p-value and interval come from "
          + "re-drawn arms.")
    case .fewClusters(let df, false):
      language.say(
        ja: "まとまりが少ない（自由度\(plain(df))）ため、p値と区間は目安です。",
        en:
          "Clusters are few (\(plain(df)) degrees of freedom): p-value and interval are approximate."
      )
    case .intervalOnOtherScale:
      language.say(
        ja: "引き直しによる区間は、この尺度では求められません。最初の尺度の区間を見てください。",
        en: "Re-drawn arms give no interval on this scale; see that of the first one.")
    case .look(let look, let count, let boundary, let median):
      language.say(
        ja: "\(count)回の計画のうち\(look)回目の分析です"
          + (boundary.map { "（打ち切りの境界は z = \(plain($0))）。" } ?? "（この回に打ち切ることはありません）。")
          + (median.map { "途中で打ち切りうることを補正した推定値（中央値不偏）は\(plain($0))です。" } ?? ""),
        en: "Look \(look) of \(count) planned"
          + (boundary.map { " (it stops the trial beyond z = \(plain($0)))." }
            ?? " (it cannot stop the trial).")
          + (median.map { " The median-unbiased estimate is \(plain($0))." } ?? ""))
    case .draws(let count, let exact):
      exact
        ? language.say(
          ja: "あり得る\(NumberStyle.text(count: count))通りをすべて数えた正確な値です。",
          en: "Exact: all \(NumberStyle.text(count: count)) possible draws were counted.")
        : language.say(
          ja: "\(NumberStyle.text(count: count))回の引き直しによる値です。",
          en: "From \(NumberStyle.text(count: count)) draws.")
    case .posterior(let better, let armLoss, let controlLoss):
      language.say(
        ja: "この文面の方が良い確率は\(percent(better))です。この文面を選んだ場合に失う期待値は\(plain(armLoss))、"
          + "現行を選んだ場合は\(plain(controlLoss))です。",
        en: "This message is the better one with probability \(percent(better)). Choosing it is "
          + "expected to lose \(plain(armLoss)), choosing the control \(plain(controlLoss)).")
    case .prior(let mean, let spread):
      language.say(
        ja: "データを見る前の見込み（事前分布）は、平均\(plain(mean))、標準偏差\(plain(spread))の正規分布です。",
        en: "Believed beforehand: a normal distribution with mean \(plain(mean)) and standard "
          + "deviation \(plain(spread)).")
    case .price(let ratio):
      language.say(
        ja: "いつ見てもよい代わりに、信頼区間の幅は一度だけ見る場合の\(plain(ratio))倍です。",
        en:
          "It holds whenever one looks; the price is an interval \(plain(ratio)) times as wide as "
          + "that of a single look.")
    case .margin(let margin):
      language.say(
        ja: "あらかじめ定めた差の限度は\(plain(margin))です。",
        en: "The margin set in advance is \(plain(margin)).")
    default: ""
    }
  }

  private func percent(_ share: Double) -> String {
    NumberStyle(shift: 2, decimals: 1).text(share) + "%"
  }
}
