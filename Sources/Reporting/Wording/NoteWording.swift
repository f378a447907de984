import Analysis
import Vocabulary

extension Note {
  /// What a reader of the number must know; `armName` gives the readable name of an arm.
  func words(in language: Language, armName: (String) -> String) -> String {
    switch self {
    case .noUnits(let arm):
      language.say(
        ja: "「\(armName(arm))」には、この指標の値が分かる人がいないため、計算できません。",
        en: "“\(armName(arm))” has nobody whose value is known, so this cannot be computed.")
    case .tooFewUnits(let arm, let count):
      language.say(
        ja: "「\(armName(arm))」で値が分かる人が\(count)人しかおらず、ばらつきを計算できません。",
        en: "“\(armName(arm))” has only \(count) with a known value, too few for a variance.")
    case .noVariation:
      language.say(
        ja: "全員の値が同じため、比べることができません。",
        en: "Everyone has the same value, so there is nothing to compare.")
    case .notBinary(let arm):
      language.say(
        ja: "「\(armName(arm))」のデータに0と1以外の値があるため、率を計算できません。",
        en: "The data of “\(armName(arm))” hold values other than 0 and 1, so there is no rate.")
    case .controlMeanNotPositive(let mean):
      language.say(
        ja: "比較の基準の平均が\(plain(mean))で正でないため、比率や増加率は意味を持ちません。",
        en: "The control mean is \(plain(mean)); a relative effect needs one above zero.")
    case .denominatorNotPositive(let arm):
      language.say(
        ja: "「\(armName(arm))」の分母の合計が0のため、比率を計算できません。",
        en: "The denominators of “\(armName(arm))” add up to zero, so there is no ratio.")
    case .horizonBeyondFollowUp(let arm, let lastTime):
      language.say(
        ja: "「\(armName(arm))」は\(plain(lastTime))までしか追跡していないため、それより長い期間は比べられません。",
        en:
          "“\(armName(arm))” was followed up to \(plain(lastTime)) only; a longer horizon cannot be "
          + "compared.")
    case .drawUnknown:
      language.say(
        ja: "割付けで用いた列が台帳にもデータにもない、又は三つ以上の群に順に割り付けたため、同じ割付けを引き直せません。",
        en:
          "The draw cannot be made again: a column it looked at is neither in the ledger nor in the data, "
          + "or units were drawn into three or more arms as they arrived.")
    case .infiniteCoefficients:
      language.say(
        ja: "出来事がまったく起きていない、又は全員に起きた文面や属性があり、回帰の係数が無限大になるため、計算できません。",
        en: "In some arm or category nobody, or everybody, had the event: the regression's "
          + "coefficients are infinite, so there is no number.")
    case .noEvents:
      language.say(
        ja: "対象の出来事が一度も起きていないため、比べることができません。",
        en: "Nobody had the event, so there is nothing to compare.")
    case .bounds(let lower, let upper):
      language.say(
        ja: "欠測の偏りを考えると、推定値は\(plain(lower))から\(plain(upper))までのどこかにあります。",
        en: "With what is missing, the estimate lies between \(plain(lower)) and \(plain(upper)).")
    case .noTakeup:
      language.say(
        ja: "文面によって利用した人の割合が変わっていないため、利用した人への効果は計算できません。",
        en:
          "The message did not change take-up, so an effect on those who took it up cannot be computed."
      )
    case .firstStage(let takeup, let f):
      language.say(
        ja: "文面によって利用が\(points(takeup))ポイント変わりました"
          + (f.map { "（F = \(plain($0))）。" } ?? "（全員が割り付けどおり）。")
          + ((f ?? .infinity) < Note.weakFirstStage ? "変化が小さいため、推定値ではなく信頼区間で判断してください。" : ""),
        en: "The message changed take-up by \(points(takeup)) points"
          + (f.map { " (F = \(plain($0)))." } ?? " (everybody did as assigned).")
          + ((f ?? .infinity) < Note.weakFirstStage
            ? " That is little: rely on the interval, not on the estimate." : ""))
    case .tooFewClusters(let arm, let count):
      language.say(
        ja: "「\(armName(arm))」のまとまりが\(count)個しかなく、ばらつきを計算できません。",
        en: "“\(armName(arm))” has only \(count) clusters, too few for a standard error.")
    case .undefined:
      language.say(
        ja: "このデータでは値が定まりません（0を0で割る形になります）。",
        en: "The value is undefined for these data (zero divided by zero).")
    case .numericalFailure:
      language.say(
        ja: "数値計算が収束しなかったため、値を示しません。",
        en: "The numerical search did not converge, so no value is shown.")
    case .infiniteEstimate:
      language.say(
        ja: "割る数が0になるため、推定値は無限大です。信頼区間の端は有効です。",
        en: "The divisor is zero, so the estimate is infinite; the bound of the interval stands.")
    case .noLowerBound:
      language.say(
        ja: "信頼区間に下限がありません。", en: "The interval has no lower bound.")
    case .noUpperBound:
      language.say(
        ja: "信頼区間に上限がありません。", en: "The interval has no upper bound.")
    case .outsideInterval:
      language.say(
        ja: "「差がない」可能性が残るため、信頼区間は二つに分かれます（小さい方の値以下、または大きい方の値以上）。",
        en: "No effect is still possible, so the interval is in two parts: "
          + "everything up to the lower value and everything from the upper value.")
    case .everything:
      language.say(
        ja: "このデータからは、どの値も否定できません。", en: "These data exclude no value at all.")
    case .clustersIgnored(let column):
      language.say(
        ja: "まとまり\(column.map { "（\($0)）" } ?? "")ごとに割り付けましたが、集計表からはまとまりが分からないため、"
          + "信頼区間は実際より狭くなっています。",
        en:
          "Whole groups\(column.map { " (\($0))" } ?? "") were assigned, but a table of counts cannot "
          + "show them: the interval is too narrow.")
    case .covariatesCapped(let used, let count):
      language.say(
        ja: "調整に使う属性は、割り付けた単位20につき1個までとしています。\(count)個のうち、先に書かれた\(used)個を使いました。",
        en: "At most one covariate for every twenty randomised units is used: "
          + "the first \(used) of \(count).")
    case .covariateFilled(let column, let missing):
      language.say(
        ja: "調整に使う「\(column)」の欠測\(missing)件は、分かっている値の平均で補いました。",
        en: "\(missing) missing values of the covariate “\(column)” were replaced by its mean.")
    case .covariateIndicated(let column, let missing):
      language.say(
        ja: "調整に使う「\(column)」は欠測が1割を超える（\(missing)件）ため、欠測かどうかも併せて調整しました。",
        en: "More than a tenth of the covariate “\(column)” is missing (\(missing)); whether it is "
          + "missing was adjusted for as well.")
    case .covariateDropped(let column):
      language.say(
        ja: "「\(column)」は、他の属性と重なるか値が変わらないため、調整から除きました。",
        en: "“\(column)” says nothing that other covariates do not say, and was left out.")
    case .blocksNotInModel:
      language.say(
        ja: "層が細かいため、層は回帰に入れていません（信頼区間は広めになります）。",
        en:
          "The blocks are too small to stand in the regression; the interval errs on the wide side."
      )
    case .withheld:
      language.say(
        ja: "人数の少ない欄が分かるため、公表しません（秘匿）。",
        en: "Not published, because it would tell of few people.")
    case .blocksLeftOut(let blocks, let units):
      language.say(
        ja: "文面のどれかに対象者がいない\(blocks)層（\(units)人）は、比べられないため除きました。",
        en: "\(blocks) blocks (\(units) units) without a unit of some arm were left out.")
    case .tooFewGroups, .groupsLeftOut, .look, .draws, .posterior, .prior, .price, .margin,
      .fewClusters, .intervalOnOtherScale:
      inferenceWords(in: language)
    }
  }

  func points(_ share: Double) -> String {
    NumberStyle(shift: 2, decimals: 1).signed(share)
  }

  func plain(_ value: Double) -> String {
    NumberStyle(decimals: NumberStyle.decimals(forMagnitude: value, significant: 3)).text(value)
  }
}
