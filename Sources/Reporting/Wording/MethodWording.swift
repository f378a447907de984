import Vocabulary

/// The methods by the names that a result stores, in plain words; an unknown name stands for itself.
enum MethodWording {
  static func assignment(_ method: String, _ language: Language) -> String {
    switch method {
    case "simple":
      language.say(
        ja: "対象者ごとに、決めた比率で無作為に文面を割り付けました（単純無作為割り付け）。",
        en:
          "Each unit's message was drawn at random with the planned shares (simple randomisation).")
    case "none":
      language.say(
        ja: "無作為に割り付けていません。", en: "Nobody was drawn at random.")
    case "complete":
      language.say(
        ja: "文面ごとの人数を先に決め、その人数になるよう無作為に割り付けました（完全無作為割り付け）。",
        en: "The number of units a message was fixed, and units were drawn at random to fill it "
          + "(complete randomisation).")
    case "blocked":
      language.say(
        ja: "似た対象者どうしの層に分け、層の中で無作為に割り付けました（層別無作為割り付け）。",
        en: "Units were drawn at random within blocks of similar units (blocked randomisation).")
    case "clustered":
      language.say(
        ja: "世帯などのまとまりごとに無作為に割り付けました（集団無作為割り付け）。",
        en: "Whole groups, such as households, were drawn at random (clustered randomisation).")
    case "hashed":
      language.say(
        ja: "対象者の番号から計算した値（ハッシュ）によって割り付けました。",
        en: "The message follows from a hash of the unit's identifier (hashed randomisation).")
    case "permuted_blocks":
      language.say(
        ja: "申込み順に、数人ごとの組の中で文面の数がそろうよう無作為に割り付けました（置換ブロック割り付け）。",
        en: "Units were drawn as they arrived, so that every few arrivals hold the arms in balance "
          + "(permuted blocks).")
    case "matched_pairs":
      language.say(
        ja: "よく似た者どうしの組を作り、組の中で無作為に割り付けました（対応のある割り付け）。",
        en: "Units were paired with those most like them, and drawn at random within the pairs "
          + "(matched pairs).")
    case "rerandomized":
      language.say(
        ja: "事前の属性が文面の間でそろう割り付けが出るまで、無作為な割り付けを引き直しました（再無作為割り付け）。",
        en: "Random draws were repeated until one was balanced in what was known beforehand "
          + "(rerandomisation).")
    case "minimized":
      language.say(
        ja: "申込み順に、属性の偏りが最も小さくなる文面を高い確率で割り付けました（最小化法）。",
        en:
          "Each unit, as it arrived, most likely got the arm that keeps several factors in balance "
          + "(minimisation).")
    case "biased_coin":
      language.say(
        ja: "申込み順に、人数の少ない方の文面を高い確率で割り付けました（偏コイン法）。",
        en: "Each unit, as it arrived, most likely got the arm with fewer units (biased coin).")
    case "factorial":
      language.say(
        ja: "複数の工夫（因子）のすべての組合せを文面とし、無作為に割り付けました（要因試験）。"
          + "各因子の効果は、他の因子の水準で平均したものです。",
        en:
          "Every combination of several factors is a message, and units were drawn at random among them "
          + "(factorial trial). The effect of a factor is averaged over the levels of the others.")
    case "stepped_wedge":
      language.say(
        ja: "全ての地区が順に取組を始め、その順番を無作為に決めました（ステップウェッジ試験）。",
        en: "All groups start in turn, and their order was drawn at random (stepped wedge).")
    default: method
    }
  }

  static func estimator(_ name: String, _ language: Language) -> String {
    switch name {
    case "difference_in_means":
      language.say(
        ja: "文面ごとの率（平均）を、割り付けたとおり（層・まとまりがあればそれに従って）比べた差（調整なし）",
        en: "the difference of the arms' rates or means, compared as they were drawn (unadjusted)")
    case "lin":
      language.say(
        ja: "属性の違いを、文面ごとの傾きを持つ回帰で調整した差（Lin の方法）",
        en: "the difference adjusted by a regression with slopes of its own for each arm (Lin)")
    case "ratio_of_sums":
      language.say(
        ja: "合計どうしの比（分母も文面によって変わりうるものとして扱う）",
        en: "ratios of sums, whose denominators may depend on the message as well")
    case "order_statistics":
      language.say(
        ja: "文面ごとの分位点（順位統計量）", en: "the arms' quantiles (order statistics)")
    case "restricted_mean":
      language.say(
        ja: "期限までの平均期間（Kaplan–Meier 曲線の下の面積）",
        en: "mean times up to the horizon (the area under the Kaplan–Meier curve)")
    case "cox":
      language.say(
        ja: "比例ハザードモデル（Cox）", en: "Cox's proportional hazards model")
    case "logistic":
      language.say(
        ja: "属性の違いをロジスティック回帰で調整し、全員が同じ文面を受け取った場合の率を平均して比べた差",
        en: "rates adjusted by logistic regression, averaged as if everybody had received each "
          + "message")
    case "post_stratified":
      language.say(
        ja: "割り付けの後に作った層の中で比べ、層の人数で平均した差（事後層化）",
        en: "differences within strata formed after the draw, averaged by their sizes")
    case "hajek":
      language.say(
        ja: "割り付けられる確率、又は抽出された確率の逆数で重み付けした平均の差（Hájek）",
        en:
          "averages weighted by the inverse of the probability of assignment, or of being sampled (Hájek)"
      )
    case "horvitz_thompson":
      language.say(
        ja: "割り付けられる確率の逆数で重み付けした合計の差（Horvitz–Thompson）",
        en: "totals weighted by the inverse of the probability of assignment (Horvitz–Thompson)")
    case "two_way":
      language.say(
        ja: "地区ごとの水準と時期ごとの水準を取り除いて、取組の前後を比べた差（地区・時期の固定効果）",
        en:
          "before and after the offer began, less what differs between groups and between periods "
          + "(two-way fixed effects)")
    case "poisson":
      language.say(
        ja: "ポアソン回帰（観察期間などの量を考慮した件数の比較）",
        en: "counts over exposure compared by Poisson regression")
    case "negative_binomial":
      language.say(
        ja: "負の二項回帰（ばらつきの大きい件数の比較）",
        en: "counts over exposure compared by negative binomial regression")
    default: name
    }
  }

  /// In a few words, for a column of a table.
  static func shortEstimator(_ name: String, _ language: Language) -> String {
    switch name {
    case "difference_in_means": language.say(ja: "調整なし", en: "Unadjusted")
    case "lin": language.say(ja: "属性で調整", en: "Adjusted")
    case "cox": language.say(ja: "比例ハザード", en: "Cox")
    case "logistic": language.say(ja: "ロジスティック回帰", en: "Logistic")
    case "post_stratified": language.say(ja: "事後層化", en: "Post-stratified")
    case "hajek": language.say(ja: "確率で重み付け", en: "Weighted (Hájek)")
    case "horvitz_thompson":
      language.say(ja: "確率で重み付け（合計）", en: "Weighted (Horvitz–Thompson)")
    case "two_way": language.say(ja: "地区・時期で調整", en: "Two-way")
    case "poisson": language.say(ja: "ポアソン回帰", en: "Poisson")
    case "negative_binomial": language.say(ja: "負の二項回帰", en: "Negative binomial")
    case "lee_bounds": language.say(ja: "欠測を考えた範囲（Lee）", en: "Bounds (Lee)")
    case "extreme_bounds":
      language.say(ja: "欠測が最悪の場合の範囲", en: "Bounds (worst case)")
    default: shortSupplement(name, language) ?? name
    }
  }

  /// How the uncertainty of an effect was computed, and on which paper that rests.
  static func uncertainty(_ type: String, _ language: Language) -> (String, Reference?) {
    switch type {
    case "score":
      (
        language.say(
          ja: "率の比較はスコア検定（Miettinen–Nurminen 法）によります。差・比・オッズ比・送付数の信頼区間は同じ検定から求めており、p値と食い違いません。",
          en:
            "Rates are compared by the score test of Miettinen and Nurminen. The intervals of the "
            + "difference, the ratios and the number needed come from the same test and agree with "
            + "its p-value."), .miettinenNurminen
      )
    case "exact":
      (
        language.say(
          ja: "人数が少ない率の比較は、無条件の正確検定によります。",
          en: "Rates of small groups are compared by an unconditional exact test."), .barnard
      )
    case "welch":
      (
        language.say(
          ja: "平均の比較は Welch の t 検定によります（文面ごとにばらつきが異なってよい。自由度は Welch–Satterthwaite）。",
          en: "Means are compared by Welch's t-test: each arm has its own variance, with "
            + "Welch–Satterthwaite degrees of freedom."), .welch
      )
    case "pooled":
      (
        language.say(
          ja: "平均の比較は、ばらつきが文面によらず等しいとした t 検定によります。",
          en: "Means are compared by a t-test with one common variance."), nil
      )
    case "z":
      (
        language.say(
          ja: "比較は正規分布による近似（文面ごとのばらつき）によります。",
          en: "The comparison uses the normal distribution, with each arm's own variance."), nil
      )
    default: robust(type, language) ?? supplement(type, language) ?? (type, nil)
    }
  }

  /// The standard errors of adjusted, blocked and clustered means.
  private static func robust(_ type: String, _ language: Language) -> (String, Reference?)? {
    switch type {
    case "hc2_bell_mccaffrey":
      (
        language.say(
          ja: "標準誤差は、ばらつきの違いに頑健な HC2、自由度は Bell–McCaffrey によります。",
          en:
            "Standard errors are HC2, robust to unequal variances, with the degrees of freedom of "
            + "Bell and McCaffrey."), .imbensKolesar
      )
    case "cr2":
      (
        language.say(
          ja: "標準誤差は、まとまりごとの割り付けに対応した CR2、自由度は Satterthwaite によります。",
          en: "Standard errors allow for the clusters that were drawn (CR2), with Satterthwaite "
            + "degrees of freedom."), .pustejovskyTipton
      )
    case "neyman":
      (
        language.say(
          ja: "差は層の中で求めて層の人数で重み付けし、標準誤差は層ごとのばらつき（Neyman）によります。",
          en:
            "Differences are taken within blocks and weighted by their size; standard errors come "
            + "from the variances within blocks (Neyman)."), nil
      )
    case "matched_pairs":
      (
        language.say(
          ja: "組にした相手との差を用い、標準誤差は組ごとの差のばらつきによります。",
          en: "Differences are taken within matched pairs; standard errors come from their spread."),
        nil
      )
    case "hybrid":
      (
        language.say(
          ja: "大きな層は層の中のばらつき、文面に一人しかいない層は層どうしのばらつきにより、標準誤差を求めました。",
          en: "Standard errors come from the variances within large blocks, and from the spread "
            + "between blocks where an arm has a single unit."), .pashleyMiratrix
      )
    case "anderson_rubin":
      (
        language.say(
          ja: "利用した人への効果は二段階最小二乗法、信頼区間は Anderson–Rubin の検定によります（利用の変化が小さくても妥当です）。",
          en: "Effects on those who took up the offer are two-stage least squares; their intervals "
            + "invert the test of Anderson and Rubin, which holds however little take-up changed."),
        .andersonRubin
      )
    case "lee_bounds":
      (
        language.say(
          ja: "答えた人の割合が文面で違うため、多い側を削って比べた範囲（Lee）も示します。文面が回答を一方向にしか動かさないことが前提です。",
          en:
            "Because some message has more answers, bounds that trim the larger share are shown too "
            + "(Lee); they hold if messages move answering in one direction only."), .lee
      )
    case "extreme_bounds":
      (
        language.say(
          ja: "最悪の場合の範囲は、欠測した人の全員が起きた場合から全員が起きなかった場合までを含みます。",
          en: "The worst-case bounds let all missing outcomes be events, or none."), nil
      )
    case "delta":
      (
        language.say(
          ja: "比率の標準誤差は、単位ごとの残差（デルタ法）により、表示一回ごとではなく単位ごとのばらつきを見ています。",
          en:
            "Standard errors of ratios come from the residuals of units (delta method), not of single "
            + "impressions."), nil
      )
    case "order_statistics":
      (
        language.say(
          ja: "分位点の標準誤差は、順位の二項分布による区間（Woodruff）から求めました。",
          en: "Standard errors of quantiles come from the binomial interval of ranks (Woodruff)."),
        nil
      )
    case "greenwood":
      (
        language.say(
          ja: "平均期間の標準誤差は Greenwood の式によります。",
          en: "Standard errors of mean times are Greenwood's."), nil
      )
    case "partial_likelihood":
      (
        language.say(
          ja: "ハザード比の標準誤差は部分尤度によります。",
          en: "Standard errors of hazard ratios come from the partial likelihood."), nil
      )
    case "robust":
      (
        language.say(
          ja: "標準誤差は、モデルの分布が外れていても成り立つ頑健な推定（サンドイッチ推定量。まとまりごとに割り付けたときはまとまりごとに集計）によります。",
          en:
            "Standard errors are the robust sandwich's, which holds even if the model's distribution "
            + "does not; where clusters were drawn, it is taken over clusters."), nil
      )
    case "hajek":
      (
        language.say(
          ja: "標準誤差は重み付き回帰の CR2、自由度は Satterthwaite によります。",
          en: "Standard errors are CR2 of the weighted regression, with Satterthwaite degrees of "
            + "freedom."), .pustejovskyTipton
      )
    case "horvitz_thompson":
      (
        language.say(
          ja: "標準誤差は、対象者ごとに独立に割り付けたとした場合の控えめな（大きめの）式によります。",
          en: "Standard errors are conservative ones for units drawn independently."), nil
      )
    case "model_based":
      (
        language.say(
          ja: "標準誤差は、回帰が仮定する分布をそのまま用いて求めました。",
          en: "Standard errors take the distribution that the regression assumes at its word."), nil
      )
    case "classical", "hc0", "hc1", "hc2", "hc3":
      (
        language.say(
          ja: "標準誤差は回帰の \(type.uppercased()) によります。",
          en: "Standard errors are \(type.uppercased())."), nil
      )
    case "cr0", "cr1":
      (
        language.say(
          ja: "標準誤差は、まとまりを考慮した \(type.uppercased()) によります。",
          en: "Standard errors allow for clusters (\(type.uppercased()))."), nil
      )
    default: nil
    }
  }

  /// How the interval of one arm's rate or mean was computed.
  static func meanInterval(_ method: String, _ language: Language) -> (String, Reference?) {
    switch method {
    case "wilson":
      (
        language.say(
          ja: "文面ごとの率の信頼区間は Wilson のスコア法によります。",
          en: "The interval of one arm's rate is Wilson's."), .wilson
      )
    case "t":
      (
        language.say(
          ja: "文面ごとの平均の信頼区間は t 分布によります。",
          en: "The interval of one arm's mean uses the t distribution."), nil
      )
    default: uncertainty(method, language)
    }
  }
}
