import Vocabulary

extension MethodWording {
  /// What may stand beside the planned inference, by the names in the result.
  static let supplements: Set<String> = [
    "randomization", "bootstrap", "wild_cluster_bootstrap", "cluster_robust", "bayes",
    "bayes_informed", "confidence_sequence", "equivalence", "non_inferiority",
  ]

  /// In a few words, for a column of a table.
  static func shortSupplement(_ name: String, _ language: Language) -> String? {
    switch name {
    case "randomization": language.say(ja: "割り付けの引き直し", en: "Re-drawn arms")
    case "bootstrap": language.say(ja: "ブートストラップ", en: "Bootstrap")
    case "wild_cluster_bootstrap":
      language.say(ja: "まとまりのブートストラップ", en: "Wild cluster bootstrap")
    case "cluster_robust": language.say(ja: "頑健な標準誤差のt検定", en: "Robust t-test")
    case "bayes": language.say(ja: "ベイズ", en: "Bayes")
    case "bayes_informed": language.say(ja: "ベイズ（事前の見込みあり）", en: "Bayes, stated prior")
    case "confidence_sequence": language.say(ja: "いつ見てもよい区間", en: "Valid at any time")
    case "equivalence": language.say(ja: "同等性", en: "Equivalence")
    case "non_inferiority": language.say(ja: "非劣性", en: "Non-inferiority")
    default: nil
    }
  }

  /// How the uncertainty of a supplementary row was computed.
  static func supplement(_ type: String, _ language: Language) -> (String, Reference?)? {
    switch type {
    case "randomization":
      (
        language.say(
          ja: "割り付けの引き直しによるp値は、計画と同じ方法で割り付けを何度もやり直し、今回以上の差が出た割合です。区間は、その検定が否定しない効果の範囲です。",
          en:
            "Randomisation inference draws the arms again by the trial's own design; p is the share "
            + "of draws with a difference at least as large, and the interval holds the effects that "
            + "this test does not reject."), .fisher
      )
    case "bootstrap_percentile", "bootstrap_bca":
      (
        language.say(
          ja: "ブートストラップの区間は、対象者（まとまりごとに割り付けた場合はまとまり）を重複を許して引き直して求めました"
            + (type == "bootstrap_bca" ? "（偏りと歪みを補正したBCa法）。" : "（百分位法）。"),
          en: "Bootstrap intervals draw units (whole clusters, where those were drawn) again with "
            + "replacement"
            + (type == "bootstrap_bca"
              ? ", corrected for bias and skewness (BCa)." : " (percentiles).")),
        .efron
      )
    case "wild_cluster_bootstrap":
      (
        language.say(
          ja: "「差がない」とした残差の符号をまとまりごとに引き直す検定（wild cluster bootstrap-t）も示します。",
          en:
            "A test that draws the signs of whole clusters' residuals again under no effect stands "
            + "beside (wild cluster bootstrap-t)."), .cameron
      )
    case "posterior":
      (
        language.say(
          ja: "ベイズの区間は、事前分布とデータから求めた、効果がその中にある確率が信頼水準に等しい範囲です。",
          en: "The Bayesian interval holds the effect with the stated probability, given the prior "
            + "and the data."), nil
      )
    case "confidence_sequence":
      (
        language.say(
          ja: "「いつ見てもよい区間」は、途中で何度見ても、いつ止めても、信頼水準が保たれる区間（漸近的な信頼系列）です。",
          en:
            "Intervals valid at any time keep their level however often one looks and whenever one "
            + "stops (asymptotic confidence sequences)."), .waudbySmith
      )
    default: nil
    }
  }
}
