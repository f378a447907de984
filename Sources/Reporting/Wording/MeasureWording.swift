import Vocabulary

/// How one effect measure is named, explained and printed.
struct MeasureWording: Hashable {
  /// The name in the result table.
  var id: String
  /// What a column is headed with.
  var name: BilingualText
  /// What it means, in plain words.
  var definition: BilingualText
  /// How its numbers look, unless the outcome decides.
  var style: NumberStyle
  /// Whether its numbers carry a sign.
  var isSigned: Bool

  /// The measures on which effects are compared first: one a kind of outcome.
  static let differences = [
    riskDifference, meanDifference, rateDifference, quantileDifference, restrictedMeanDifference,
  ]

  /// The other scales, in the order in which they are shown.
  static let otherScales = [
    relativeLift, riskRatio, rateRatio, hazardRatio, oddsRatio, numberNeeded, cohensH, cohensD,
    hedgesG,
  ]

  /// The wording of a measure; its identifier where it is not known here.
  static func named(_ id: String) -> MeasureWording {
    (differences + otherScales).first { $0.id == id }
      ?? MeasureWording(
        id: id, name: BilingualText(id), definition: BilingualText(id),
        style: NumberStyle(decimals: 3), isSigned: false)
  }

  static let riskDifference = MeasureWording(
    id: "risk_difference",
    name: BilingualText(ja: "差（ポイント）", en: "Difference (points)"),
    definition: BilingualText(
      ja: "率の差。5％から6％への変化は「1ポイント」です（「20％の増加」ともいえるため、％とは書き分けます）。",
      en: "The difference of two rates in percentage points: from 5% to 6% is 1 point."),
    style: NumberStyle(shift: 2, decimals: 1), isSigned: true)

  static let meanDifference = MeasureWording(
    id: "mean_difference",
    name: BilingualText(ja: "平均の差", en: "Difference of means"),
    definition: BilingualText(
      ja: "平均どうしを引き算した値。単位は、もとの指標と同じです。",
      en: "One mean minus the other, in the units of the outcome."),
    style: NumberStyle(decimals: 2), isSigned: true)

  static let rateDifference = MeasureWording(
    id: "rate_difference",
    name: BilingualText(ja: "比率の差", en: "Difference of ratios"),
    definition: BilingualText(
      ja: "合計どうしの比（クリック数÷表示回数など）を引き算した値。",
      en: "One ratio of sums (such as clicks per impression) minus the other."),
    style: NumberStyle(decimals: 4), isSigned: true)

  /// The same measure where it counts how often something happened.
  static let countDifference = MeasureWording(
    id: "rate_difference",
    name: BilingualText(ja: "平均の差", en: "Difference of means"),
    definition: BilingualText(
      ja: "回数の平均どうしを引き算した値。", en: "One mean number of events minus the other."),
    style: rateDifference.style, isSigned: true)

  static let quantileDifference = MeasureWording(
    id: "quantile_difference",
    name: BilingualText(ja: "分位点の差", en: "Difference of quantiles"),
    definition: BilingualText(
      ja: "中央値などの分位点どうしを引き算した値。一人一人の変化の中央値ではありません。",
      en: "One quantile, such as the median, minus the other; not the median of the changes."),
    style: NumberStyle(decimals: 2), isSigned: true)

  static let restrictedMeanDifference = MeasureWording(
    id: "rmst_difference",
    name: BilingualText(ja: "平均期間の差", en: "Difference of mean times"),
    definition: BilingualText(
      ja: "定めた期限までの、出来事が起きるまでの平均期間の差。負なら、現行より早く起きています。",
      en:
        "The difference of the mean times to the event, up to the horizon; below zero it comes sooner."
    ),
    style: NumberStyle(decimals: 1), isSigned: true)

  static let rateRatio = MeasureWording(
    id: "rate_ratio",
    name: BilingualText(ja: "比率・回数の比", en: "Rate ratio"),
    definition: BilingualText(
      ja: "比率や回数の平均が現行の何倍か。1は「変わらない」。",
      en: "How many times the control's ratio or mean number; 1 is no effect."),
    style: NumberStyle(decimals: 2), isSigned: false)

  static let hazardRatio = MeasureWording(
    id: "hazard_ratio",
    name: BilingualText(ja: "ハザード比", en: "Hazard ratio"),
    definition: BilingualText(
      ja: "出来事の起きる速さが現行の何倍か。1は「変わらない」。",
      en: "How many times as fast the event comes; 1 is no effect."),
    style: NumberStyle(decimals: 2), isSigned: false)

  static let relativeLift = MeasureWording(
    id: "relative_lift",
    name: BilingualText(ja: "増加率", en: "Relative lift"),
    definition: BilingualText(
      ja: "現行の値を100％としたときの増減。もとの率が低いと大きく見えるため、必ず差（ポイント）と併せて読みます。",
      en: "The change as a share of the control value. It looks large where the control value is "
        + "small, so read it with the difference."),
    style: NumberStyle(shift: 2, decimals: 1, suffix: "%"), isSigned: true)

  static let riskRatio = MeasureWording(
    id: "risk_ratio",
    name: BilingualText(ja: "率の比", en: "Risk ratio"),
    definition: BilingualText(
      ja: "率が現行の何倍か。1は「変わらない」。", en: "How many times the control rate; 1 is no effect."),
    style: NumberStyle(decimals: 2), isSigned: false)

  static let oddsRatio = MeasureWording(
    id: "odds_ratio",
    name: BilingualText(ja: "オッズ比", en: "Odds ratio"),
    definition: BilingualText(
      ja: "「起きた人数÷起きなかった人数」の比。率が低いときは率の比に近い値です。1は「変わらない」。",
      en: "The ratio of events to non-events, compared; near the risk ratio where rates are low. "
        + "1 is no effect."),
    style: NumberStyle(decimals: 2), isSigned: false)

  static let numberNeeded = MeasureWording(
    id: "nnt",
    name: BilingualText(ja: "1人増に要する送付数", en: "Number needed to treat"),
    definition: BilingualText(
      ja: "1人増やすために何人に送ればよいか（NNT）。負の値は、その人数に送るごとに1人減ることを表します。",
      en:
        "How many must be sent the message for one more event (NNT). A negative value is the number "
        + "for one event fewer."),
    style: NumberStyle(decimals: 1), isSigned: false)

  static let cohensH = MeasureWording(
    id: "cohens_h",
    name: BilingualText(ja: "標準化した差（h）", en: "Cohen’s h"),
    definition: BilingualText(
      ja: "率を角度に直した差。もとの率が異なる試験どうしを比べるときに使います。",
      en: "The difference of two rates turned into angles, for comparing trials whose rates differ."
    ),
    style: NumberStyle(decimals: 3), isSigned: true)

  static let cohensD = MeasureWording(
    id: "cohens_d",
    name: BilingualText(ja: "標準化した差（d）", en: "Cohen’s d"),
    definition: BilingualText(
      ja: "平均の差を標準偏差で割った値。", en: "The difference of means in standard deviations."),
    style: NumberStyle(decimals: 3), isSigned: true)

  static let hedgesG = MeasureWording(
    id: "hedges_g",
    name: BilingualText(ja: "標準化した差（g）", en: "Hedges’ g"),
    definition: BilingualText(
      ja: "平均の差を標準偏差で割り、小標本の偏りを補正した値。",
      en: "Cohen’s d without its small-sample bias."),
    style: NumberStyle(decimals: 3), isSigned: true)
}
