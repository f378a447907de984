import Vocabulary

extension PooledEffect {
  /// Pools the same outcome of several results.
  ///
  /// - Parameters:
  ///   - results: the results with the name that each is shown under.
  ///   - outcome: which outcome; nil is the first primary one of each.
  ///   - arm: which arm; nil is the only one of each that has the outcome.
  /// - Throws: ``Vocabulary/Faults`` where an outcome or arm is unknown or must be chosen, or the results do not measure the
  ///   same.
  public init(
    _ results: [(name: String, file: String, result: TrialResult)], outcome: String? = nil,
    arm: String? = nil
  ) throws {
    var studies: [(name: String, estimate: Double, stdError: Double, n: Int?)] = []
    var leftOut: [LeftOut] = []
    var faults: [Fault] = []
    var found: TrialSummary.OutcomeSummary?
    var level = 0.95
    for (name, file, result) in results {
      let place = SourceLocation(file: file)
      do throws(PoolingFault) {
        let chosen = try result.outcome(outcome)
        if let found, found.measure != chosen.measure {
          throw .differentMeasures(found.measure, chosen.measure)
        }
        found = found ?? chosen
        level = result.trial.level
        let id = try result.arm(arm)
        let row = result.everyRow.first {
          $0.outcome == chosen.id && $0.arm == id && $0.cohort == "all" && $0.estimand == "ITT"
            && $0.measure == chosen.measure && $0.estimator == chosen.estimator
        }
        let n = [row?.nArm, row?.nControl].compactMap(\.self).reduce(0, +)
        if let estimate = row?.estimate, let error = row?.stdError, error > 0 {
          studies.append((name, estimate, error, n > 0 ? n : nil))
        } else {
          leftOut.append(LeftOut(name: name, note: row?.notes.first ?? .undefined))
        }
      } catch {
        faults.append(error.fault(at: place))
      }
    }
    if let faults = Faults(faults) { throw faults }
    guard let found else { throw Faults(PoolingFault.nothing.fault(at: SourceLocation(file: "-"))) }
    self.init(
      studies, leftOut: leftOut, outcome: found.name, isRate: found.kind == "binary",
      measure: found.measure, level: level)
  }

  /// Pools the groups of one result, such as its towns.
  ///
  /// - Throws: ``Vocabulary/Faults`` where the result has no such groups.
  public init(
    _ result: TrialResult, file: String, by column: String, outcome: String? = nil,
    arm: String? = nil
  ) throws {
    let place = SourceLocation(file: file)
    do throws(PoolingFault) {
      let chosen = try result.outcome(outcome)
      let id = try result.arm(arm)
      let columns = Set(result.subgroups.map(\.column)).sorted()
      guard
        let finding = result.subgroups.first(where: {
          $0.column == column && $0.outcome == chosen.id && $0.arm == id
        })
      else { throw .unknownColumn(column, accepted: columns) }
      var studies: [(name: String, estimate: Double, stdError: Double, n: Int?)] = []
      var leftOut: [LeftOut] = []
      for level in finding.levels {
        let n = [level.nArm, level.nControl].compactMap(\.self).reduce(0, +)
        if let estimate = level.estimate, let error = level.stdError, error > 0 {
          studies.append((level.value, estimate, error, n > 0 ? n : nil))
        } else {
          leftOut.append(LeftOut(name: level.value, note: level.notes.first ?? .undefined))
        }
      }
      self.init(
        studies, leftOut: leftOut, outcome: chosen.name, isRate: chosen.kind == "binary",
        measure: chosen.measure, level: result.trial.level)
    } catch {
      throw Faults(error.fault(at: place))
    }
  }
}

extension TrialResult {
  /// The outcome of a name, or the first primary one.
  func outcome(_ id: String?) throws(PoolingFault) -> TrialSummary.OutcomeSummary {
    guard trial.isRandomised else { throw .notRandomised }
    guard let id else {
      guard
        let first = trial.outcomes.first(where: { $0.role == "primary" }) ?? trial.outcomes.first
      else { throw .nothing }
      return first
    }
    guard let outcome = trial.outcomes.first(where: { $0.id == id }) else {
      throw .unknownOutcome(id, accepted: trial.outcomes.map(\.id))
    }
    return outcome
  }

  /// The arm of a name, or the only one beside the control.
  func arm(_ id: String?) throws(PoolingFault) -> String {
    let arms =
      factors.isEmpty
      ? trial.arms.filter { !$0.control }.map(\.id)
      : factors.flatMap { $0.arms.dropFirst().map(\.id) }
    guard let id else {
      guard let only = arms.first, arms.count == 1 else { throw .armNeeded(accepted: arms) }
      return only
    }
    guard arms.contains(id) else { throw .unknownArm(id, accepted: arms) }
    return id
  }
}

/// Why results cannot be put together.
enum PoolingFault: Error, Hashable {
  case nothing
  case notRandomised
  case unknownOutcome(String, accepted: [String])
  case unknownArm(String, accepted: [String])
  case armNeeded(accepted: [String])
  case unknownColumn(String, accepted: [String])
  case differentMeasures(String, String)

  func fault(at location: SourceLocation) -> Fault { Fault(at: location, words) }

  private var words: BilingualText {
    switch self {
    case .nothing:
      BilingualText(ja: "成果指標がありません", en: "there is no outcome")
    case .notRandomised:
      BilingualText(
        ja: "くじで分けていない比較（method: none）の差は効果ではないので、まとめることも横展開に使うこともできません",
        en:
          "nobody was drawn by lot (method: none): the difference is no effect, to be pooled or carried over"
      )
    case .unknownOutcome(let name, let accepted):
      BilingualText(
        ja: "成果指標「\(name)」はありません。使えるのは \(accepted.joined(separator: "、")) です"
          + guess(name, accepted).ja,
        en: "there is no outcome '\(name)'; there are \(accepted.joined(separator: ", "))"
          + guess(name, accepted).en)
    case .unknownArm(let name, let accepted):
      BilingualText(
        ja: "文面「\(name)」はありません。使えるのは \(accepted.joined(separator: "、")) です"
          + guess(name, accepted).ja,
        en: "there is no arm '\(name)'; there are \(accepted.joined(separator: ", "))"
          + guess(name, accepted).en)
    case .armNeeded(let accepted):
      BilingualText(
        ja: "文面が複数あります。--arm で一つ選んでください（\(accepted.joined(separator: "、"))）",
        en: "there are several arms; choose one with --arm (\(accepted.joined(separator: ", ")))")
    case .unknownColumn(let name, let accepted):
      BilingualText(
        ja: "「\(name)」による区分の結果がありません。analysis.subgroups に書いてから分析してください"
          + (accepted.isEmpty ? "" : "（今あるのは \(accepted.joined(separator: "、"))）")
          + guess(name, accepted).ja,
        en: "the result has no groups by '\(name)'; name the column under analysis.subgroups"
          + (accepted.isEmpty ? "" : " (there are \(accepted.joined(separator: ", ")))")
          + guess(name, accepted).en)
    case .differentMeasures(let first, let other):
      BilingualText(
        ja: "成果の尺度が異なるため、まとめられません（\(first) と \(other)）。--outcome で同じ指標を選んでください",
        en:
          "the results measure different things (\(first) and \(other)); choose the same with --outcome"
      )
    }
  }

  private func guess(_ name: String, _ accepted: [String]) -> BilingualText {
    guard let near = nearestName(to: name, among: accepted) else { return BilingualText("") }
    return BilingualText(ja: "（「\(near)」のことですか）", en: ". Did you mean '\(near)'?")
  }
}
