import RandomAssignment
import Vocabulary

/// What can be wrong with a trial or its data once the file itself reads well, and the words for it.
enum AnalysisFault: Hashable, Sendable {
  /// `nudge simulate` was asked of a trial without assumptions.
  case noSimulation
  /// A block or cluster column that the simulation does not make.
  case columnNotSimulated(String)
  /// The design cannot assign these units.
  case designRefused(DesignError)
  /// The data hold an arm that the trial does not name.
  case unknownArm(String, accepted: [String])
  /// A binary column holds something other than 0 and 1.
  case notBinary(column: String, value: Double)
  /// A unit without a block or a cluster cannot be analysed as it was drawn.
  case missingGroup(column: String)
  /// A subgroup column with too many values.
  case crowdedSubgroup(column: String, values: Int, limit: Int)
  /// A value that the trial file does not name.
  case unknownValue(String, column: String, accepted: [String])
  /// A look that the trial does not plan; `count` is 0 for a trial without looks.
  case noSuchLook(Int, count: Int)
  /// A look was asked for before the planned share of the information is in.
  case lookTooEarly(Int, needed: Double, now: Double?)
  /// A look was asked for in a trial without a lock, which could not record it.
  case lookWithoutLock
  /// A plan was asked about an outcome that the trial does not have.
  case unknownOutcome(String, accepted: [String])
  /// A trial without a primary outcome has nothing to plan for.
  case nothingToPlan
  /// Something must be assumed before anything can be computed.
  case planNeeds(String)
  /// Formulas do not cover this kind of outcome.
  case notPlanned(String)
  /// A trial of this size cannot be held in memory many times.
  case tooManyToSimulate(Int, limit: Int)
  /// A rate cannot move as far as the effect that is asked about.
  case effectBeyondRates(Double, baseline: Double)
  /// No number of units gives the power.
  case outOfReach
  /// There is not one unit to analyse.
  case noUnits

  /// The fault at its place.
  func fault(at location: SourceLocation) -> Fault { Fault(at: location, words) }

  private static func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded()))%"
  }

  private var words: BilingualText {
    switch self {
    case .noSimulation:
      BilingualText(
        ja: "simulation: の前提がないため、模擬データを作れません。seed、units、columns、steps を書いてください",
        en:
          "there is no simulation: section, so no data can be made; give seed, units, columns and steps"
      )
    case .columnNotSimulated(let name):
      BilingualText(
        ja: "「\(name)」は割付けに使う列ですが、simulation.columns にありません",
        en: "'\(name)' is used in the assignment but does not stand in simulation.columns")
    case .designRefused(let error):
      BilingualText(
        ja: "この人数と割付け方法では割り付けられません（\(error)）",
        en: "these units cannot be assigned by this method (\(error))")
    case .unknownArm(let value, let accepted):
      BilingualText(
        ja: "試験にない群「\(value)」があります。使えるのは \(accepted.joined(separator: "、")) です"
          + (nearestName(to: value, among: accepted).map { "（「\($0)」のことですか）" } ?? ""),
        en: "the trial has no arm '\(value)'; it has \(accepted.joined(separator: ", "))"
          + (nearestName(to: value, among: accepted).map { ". Did you mean '\($0)'?" } ?? ""))
    case .notBinary(let column, let value):
      BilingualText(
        ja: "二値の列「\(column)」に \(value.written) があります。使えるのは 0 と 1（欠測は空欄か「-」）です",
        en:
          "the binary column '\(column)' holds \(value.written); accepted are 0 and 1 (empty or - if missing)"
      )
    case .unknownValue(let value, let column, let accepted):
      BilingualText(
        ja: "列「\(column)」の「\(value)」は試験ファイルにありません。使えるのは \(accepted.joined(separator: "、")) です"
          + (nearestName(to: value, among: accepted).map { "（「\($0)」のことですか）" } ?? ""),
        en: "the column '\(column)' holds '\(value)', which the trial file does not name; "
          + "it has \(accepted.joined(separator: ", "))"
          + (nearestName(to: value, among: accepted).map { ". Did you mean '\($0)'?" } ?? ""))
    case .missingGroup(let column):
      BilingualText(
        ja: "列「\(column)」が空です。割付けに使った層・まとまりは、すべての行に必要です",
        en:
          "the column '\(column)' is empty here; every row needs the block or cluster it was drawn in"
      )
    case .crowdedSubgroup(let column, let values, let limit):
      BilingualText(
        ja: "列「\(column)」には\(values)種類の値があります。区分に使えるのは\(limit)種類までです。"
          + "年齢などは階級にまとめた列を作ってください",
        en: "the column '\(column)' has \(values) values; a subgroup can have up to \(limit). "
          + "Make a column of classes, such as age bands")
    case .noSuchLook(let look, let count) where count == 0:
      BilingualText(
        ja: "\(look)回目の分析はできません。この試験には途中の分析（looks）の計画がありません",
        en: "there is no look \(look): the trial plans no looks")
    case .noSuchLook(let look, let count):
      BilingualText(
        ja: "\(look)回目の分析はできません。計画は\(count)回までです",
        en: "there is no look \(look): the trial plans \(count)")
    case .lookTooEarly(let look, let needed, let now):
      BilingualText(
        ja: "\(look)回目の分析は、計画した情報量の\(Self.percent(needed))が集まってからです"
          + (now.map { "（今は\(Self.percent($0))）" } ?? "（今の割合は分かりません）")
          + "。それでも見るときは --reason で理由を記録してください",
        en: "look \(look) is planned for \(Self.percent(needed)) of the information"
          + (now.map { " (now \(Self.percent($0)))" } ?? " (how much is in is not known)")
          + "; to look all the same, give a --reason, which is recorded")
    case .lookWithoutLock:
      BilingualText(
        ja: "計画が確定していないため、閲覧を記録できません。先に nudge lock を実行してください",
        en: "the protocol is not locked, so the look could not be recorded; run nudge lock first")
    case .unknownOutcome(let name, let accepted):
      BilingualText(
        ja: "成果指標「\(name)」はありません。使えるのは \(accepted.joined(separator: "、")) です"
          + (nearestName(to: name, among: accepted).map { "（「\($0)」のことですか）" } ?? ""),
        en: "there is no outcome '\(name)'; there are \(accepted.joined(separator: ", "))"
          + (nearestName(to: name, among: accepted).map { ". Did you mean '\($0)'?" } ?? ""))
    case .nothingToPlan:
      BilingualText(
        ja: "主要な成果指標がないため、計画できません", en: "there is no primary outcome to plan for")
    case .planNeeds(let what):
      BilingualText(
        ja: "検出力の計算には planning の「\(what)」が必要です",
        en: "power cannot be computed without '\(what)' under planning:")
    case .notPlanned(let kind):
      BilingualText(
        ja: "「kind: \(kind)」の成果指標には、検出力の公式がありません。--outcome で率か平均の指標を選んでください",
        en:
          "there is no formula for outcomes of kind \(kind); choose a rate or a mean with --outcome"
      )
    case .tooManyToSimulate(let units, let limit):
      BilingualText(
        ja: "\(units)人の試験は大きすぎて模擬できません（\(limit)人まで）。--simulate を外すか、--units を小さくしてください",
        en: "a trial of \(units) units is too large to simulate (at most \(limit)); "
          + "leave out --simulate or choose fewer --units")
    case .effectBeyondRates(let effect, let baseline):
      BilingualText(
        ja:
          "水準が\(baseline.written)の率は、\(effect.written)も動けません。planning の effect（なければ指標の worthwhile）を小さくしてください",
        en:
          "a rate of \(baseline.written) cannot move by \(effect.written); choose a smaller 'effect' "
          + "under planning: (or 'worthwhile' of the outcome)")
    case .outOfReach:
      BilingualText(
        ja: "何人いても、この効果をこの検出力で見つけることはできません",
        en: "no number of units finds this effect with this power")
    case .noUnits:
      BilingualText(
        ja: "分析する行がありません（空のデータか、全行が対象外です）",
        en: "there is not one unit to analyse (no rows, or none in the population)")
    }
  }
}

extension Double {
  /// Without a trailing `.0`, as the person wrote it.
  fileprivate var written: String {
    Int(exactly: self).map(String.init) ?? String(self)
  }
}
