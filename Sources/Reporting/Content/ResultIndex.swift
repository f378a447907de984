import Analysis
import Vocabulary

/// A result with its names found by identifier, in the order of the trial.
///
/// A result file may have been edited by hand: an identifier that nothing declares stands for itself.
struct ResultIndex {
  let result: TrialResult
  let language: Language
  /// Where the first row of each kind stands: a report of many outcomes, arms and cohorts asks for thousands.
  private let rows: [RowKey: Int]
  private let means: [MeanKey: Int]
  /// Where each outcome's rows stand.
  private let places: [String: [Int]]
  private let meanPlaces: [String: [Int]]
  /// How each outcome's numbers are printed.
  private var styles: [String: OutcomeStyle] = [:]
  /// What is not shown.
  private let hidden: Set<DisclosureRecord.Cell>

  private struct RowKey: Hashable {
    let outcome, arm, cohort, measure, estimator: String
  }

  private struct MeanKey: Hashable {
    let outcome, arm, cohort: String
  }

  init(result: TrialResult, language: Language) {
    self.result = result
    self.language = language
    rows = Dictionary(
      result.results.enumerated().filter { $1.estimand == "ITT" }.map { place, row in
        (
          RowKey(
            outcome: row.outcome, arm: row.arm, cohort: row.cohort, measure: row.measure,
            estimator: row.estimator), place
        )
      }, uniquingKeysWith: { first, _ in first })
    hidden = Set(result.disclosure?.hidden ?? [])
    means = Dictionary(
      result.means.enumerated().map { place, mean in
        (MeanKey(outcome: mean.outcome, arm: mean.arm, cohort: mean.cohort), place)
      }, uniquingKeysWith: { first, _ in first })
    places = Dictionary(grouping: result.results.indices) { result.results[$0].outcome }
    meanPlaces = Dictionary(grouping: result.means.indices) { result.means[$0].outcome }
    for outcome in result.trial.outcomes {
      styles[outcome.id] = OutcomeStyle(outcome, in: self)
    }
  }

  var trial: TrialSummary { result.trial }
  /// What units are called.
  var units: UnitWords { UnitWords(language: language, noun: trial.counted) }
  /// What stands where a number is not published.
  var symbol: String { result.disclosure?.symbol ?? NumberStyle.unknown }
  /// What stands where an arm has no number: that there is none, or that it is not published.
  func absent(_ outcome: String, _ arm: String, _ group: String) -> String {
    isHidden(outcome, arm, group) ? symbol : NumberStyle.unknown
  }
  /// Whether a number is not published.
  func isHidden(
    _ outcome: String, _ arm: String, _ group: String = everyone, isStep: Bool = false
  ) -> Bool {
    hidden.contains(
      DisclosureRecord.Cell(outcome: outcome, arm: arm, group: group, isStep: isStep))
  }
  /// The largest p-value that counts as evidence.
  var alpha: Double { 1 - trial.level }
  /// The confidence level in percent, such as `95%`.
  var level: String {
    let digits = DecimalDigits(trial.level)?.shifted(by: 2)
    return (digits.map { $0.magnitudeText(decimals: $0.decimals) } ?? NumberStyle.unknown) + "%"
  }
  /// `95%信頼区間`
  var intervalName: String {
    language.say(ja: "\(level)信頼区間", en: "\(level) confidence interval")
  }
  /// `95% CI`, for the heads of narrow columns.
  var shortIntervalName: String {
    language.say(ja: "\(level)信頼区間", en: "\(level) CI")
  }

  var treatments: [TrialSummary.ArmSummary] { trial.arms.filter { !$0.control } }
  var control: TrialSummary.ArmSummary? { trial.arms.first { $0.control } }

  /// Everyone, and then the cohorts.
  var cohortIDs: [String] { [ResultIndex.everyone] + trial.cohorts.map(\.id) }
  /// The cohort that is not one.
  static let everyone = "all"

  func outcomes(role: String) -> [TrialSummary.OutcomeSummary] {
    trial.outcomes.filter { $0.role == role }
  }

  /// The outcomes that charts are drawn of: the confirmatory ones, or the first where none is.
  var chartedOutcomes: [TrialSummary.OutcomeSummary] {
    let primary = outcomes(role: "primary")
    return primary.isEmpty ? Array(trial.outcomes.prefix(1)) : primary
  }

  // MARK: - Names

  func armName(_ id: String) -> String {
    let arms = trial.arms + result.factors.flatMap(\.arms)
    return arms.first { $0.id == id }?.name[language] ?? id
  }

  /// What the conclusions are about: the arms, or, in a factorial trial, one view a factor, whose levels
  /// take the place of arms.
  var views: [ResultIndex] {
    result.factors.isEmpty
      ? [self]
      : result.factors.map { ResultIndex(result: result.result(of: $0), language: language) }
  }

  func outcome(_ id: String) -> TrialSummary.OutcomeSummary? {
    trial.outcomes.first { $0.id == id }
  }

  func outcomeName(_ id: String) -> String {
    outcome(id)?.name[language] ?? id
  }

  func cohortName(_ id: String) -> String {
    if id == ResultIndex.everyone { return language.say(ja: "全体", en: "Everyone") }
    return trial.cohorts.first { $0.id == id }?.name[language] ?? id
  }

  func stepName(_ id: String) -> String {
    result.funnel.first { $0.step == id }?.name[language] ?? id
  }

  func roleName(_ role: String) -> String {
    switch role {
    case "primary": language.say(ja: "主要（事前に定めた検証）", en: "primary (planned)")
    case "secondary": language.say(ja: "副次（参考）", en: "secondary (supporting)")
    default: language.say(ja: "探索的（参考）", en: "exploratory")
    }
  }

  /// Values by arm in the order of the trial; arms that it does not declare come last.
  func inOrder<Value>(_ values: [String: Value]) -> [(String, Value)] {
    let declared = trial.arms.map(\.id)
    let order = declared + values.keys.filter { !declared.contains($0) }.sorted()
    return order.compactMap { id in values[id].map { (id, $0) } }
  }

  // MARK: - Rows

  /// All rows of an outcome, in their order.
  func rows(of outcome: String) -> some Sequence<ResultRow> {
    (places[outcome] ?? []).lazy.map { result.results[$0] }
  }

  /// All means of an outcome, in their order.
  func means(of outcome: String) -> some Sequence<MeanRow> {
    (meanPlaces[outcome] ?? []).lazy.map { result.means[$0] }
  }

  /// How an outcome's numbers are printed.
  func style(of outcome: TrialSummary.OutcomeSummary) -> OutcomeStyle {
    styles[outcome.id] ?? OutcomeStyle(outcome, in: self)
  }

  /// The row of an outcome's planned estimator; of another where one is named.
  func row(
    _ outcome: String, _ arm: String, _ cohort: String, _ measure: String,
    by estimator: String? = nil
  ) -> ResultRow? {
    guard let estimator = estimator ?? self.outcome(outcome)?.estimator else {
      return rows(of: outcome).first {
        $0.arm == arm && $0.cohort == cohort && $0.measure == measure
          && $0.estimand == "ITT"
      }
    }
    let key = RowKey(
      outcome: outcome, arm: arm, cohort: cohort, measure: measure, estimator: estimator)
    return rows[key].map { result.results[$0] }
  }

  /// The effect on those who took up the offer, for everyone.
  func complierRow(_ outcome: String, _ arm: String) -> ResultRow? {
    rows(of: outcome).first {
      $0.arm == arm && $0.cohort == ResultIndex.everyone
        && $0.estimand == "CACE"
    }
  }

  /// The estimators shown beside an outcome's planned one, in the order of the result.
  func estimatorsBeside(_ outcome: TrialSummary.OutcomeSummary) -> [String] {
    var names: [String] = []
    for row in rows(of: outcome.id)
    where row.estimand == "ITT"
      && row.estimator != outcome.estimator && !names.contains(row.estimator)
      && !MethodWording.supplements.contains(row.estimator)
    {
      names.append(row.estimator)
    }
    return names
  }

  func mean(_ outcome: String, _ arm: String, _ cohort: String) -> MeanRow? {
    means[MeanKey(outcome: outcome, arm: arm, cohort: cohort)].map { result.means[$0] }
  }

  /// The funnel's steps in order, once each.
  var steps: [String] {
    var seen = Set<String>()
    return result.funnel.map(\.step).filter { seen.insert($0).inserted }
  }

  func funnelRow(_ step: String, _ arm: String) -> FunnelRow? {
    result.funnel.first { $0.step == step && $0.arm == arm }
  }

  func words(_ note: Note) -> String {
    note.words(in: language, armName: armName)
  }
}

extension ResultRow {
  /// The confidence set with the notes that explain its open ends.
  var interval: IntervalShape {
    IntervalShape(low: confLow, high: confHigh, notes: notes)
  }
}

extension MeanRow {
  var interval: IntervalShape {
    IntervalShape(low: confLow, high: confHigh)
  }
}

extension FunnelRow {
  var interval: IntervalShape {
    IntervalShape(low: confLow, high: confHigh)
  }
}

extension TrialSummary.OutcomeSummary {
  var isBinary: Bool { kind == "binary" }
  /// What an arm's number is called: a rate, a mean, …
  var level: BilingualText {
    switch kind {
    case "binary": BilingualText(ja: "率", en: "rate")
    case "ratio": BilingualText(ja: "比率", en: "ratio")
    case "quantile": BilingualText(ja: "分位点", en: "quantile")
    case "time_to_event": BilingualText(ja: "平均期間", en: "mean time")
    default: BilingualText(ja: "平均", en: "mean")
    }
  }
  /// The measure on which effects are compared first.
  var difference: MeasureWording {
    let named = MeasureWording.named(measure)
    return kind == "count" && named == .rateDifference ? .countDifference : named
  }
}
