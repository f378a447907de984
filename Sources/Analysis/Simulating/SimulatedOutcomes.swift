import Foundation
import GSL
import RandomAssignment
import Trials
import Vocabulary

/// A value of a simulated outcome column.
enum SimulatedValue: Hashable, Sendable {
  case lost
  case whole(Int)
  case number(Double, decimals: Int)

  /// As it stands in a file; nil for what is lost.
  var text: String? {
    switch self {
    case .lost: return nil
    case .whole(let value): return String(value)
    case .number(let value, let decimals):
      let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][min(max(decimals, 0), 6)]
      let rounded = (value * scale).rounded() / scale
      let text = "\(rounded == 0 ? 0 : rounded)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
  }
}

/// The outcome columns of simulated people, step by step.
struct SimulatedOutcomes: Sendable {
  private struct Step: Sendable {
    let plan: SimulationPlan.Step
    /// The step that must have happened first.
    let given: Int?
    /// The step of whose count it is a share.
    let whole: Int?
    /// By arm.
    let effects: [Double]
    let missing: [Double]
    let differences: [(condition: SimulatedCondition, baseline: Double, effects: [Double])]
    let correlation: (step: Int, value: Double)?
    let alike: SharedLuck?
    let alikeLatent: SharedLuck?
    /// Whether a later step asks for its liability.
    let isAskedFor: Bool
    let season: (column: Int, Season)?

    typealias Season = SimulationPlan.Step.Season
  }

  /// What one thread remembers while it goes from person to person.
  struct Scratch {
    fileprivate var happened: [Bool]
    fileprivate var counts: [Int]
    /// The normal liabilities: large where an event happens, a number is large or a time is long.
    fileprivate var liabilities: [Double]
    fileprivate var shared: [SharedLuck.Drawn]
    /// The values of the last person, in the order of the columns.
    fileprivate(set) var values: [SimulatedValue] = []
  }

  private let seed: UInt64
  private let steps: [Step]
  private let background: Background

  /// `arms` are the names of those that people may be in; effects of others are never asked for.
  init(_ plan: SimulationPlan, arms: [String], background: Background) {
    seed = plan.seed
    self.background = background
    var events: [String: Int] = [:]
    var columns: [String: Int] = [:]
    let askedFor = Set(plan.steps.compactMap(\.correlation?.column))
    steps = plan.steps.enumerated().map { number, step in
      let found = Step(
        plan: step,
        given: step.given.flatMap { events[$0] },
        whole: { if case .share(let whole) = step.kind { columns[whole] } else { nil } }(),
        effects: arms.map { step.effects[$0] ?? 0 },
        missing: arms.map { step.missingIn[$0] ?? step.missing },
        differences: step.differences.map { difference in
          (
            SimulatedCondition(difference.condition, in: background, events: events),
            difference.baseline, arms.map { difference.effects[$0] ?? 0 }
          )
        },
        correlation: step.correlation.flatMap { correlation in
          columns[correlation.column].map { ($0, correlation.value) }
        },
        alike: SharedLuck(step.alike, step: number, seed: plan.seed, in: background),
        alikeLatent: SharedLuck(step.alikeLatent, step: number, seed: plan.seed, in: background),
        isAskedFor: askedFor.contains(step.column),
        season: step.season.flatMap { season in
          background.place(of: season.column).map { ($0, season) }
        })
      columns[step.column] = number
      switch step.kind {
      case .event: events[step.column] = number
      case .time(let event, _): events[event] = number
      case .number, .count, .share: break
      }
      return found
    }
  }

  func scratch() -> Scratch {
    Scratch(
      happened: Array(repeating: false, count: steps.count),
      counts: Array(repeating: 0, count: steps.count),
      liabilities: Array(repeating: 0, count: steps.count),
      shared: Array(repeating: SharedLuck.Drawn(), count: steps.count))
  }

  /// Draws all of a person's values; a step whose condition did not happen is 0, a number then is not known.
  func draw(_ person: Int, arm: Int, into scratch: inout Scratch) {
    var generator = PhiloxGenerator(seed: seed, stream: UInt64(person) * 2 + 1)
    // What is not a yes or no, and what is shared, comes from a stream of its own, so that it shifts no other step.
    var further = PhiloxGenerator(seed: seed, stream: 1 << 62 | UInt64(person))
    scratch.values.removeAll(keepingCapacity: true)
    for (place, step) in steps.enumerated() {
      // Both numbers are drawn for everyone, so that one person's luck never shifts another step's.
      let luck = generator.uniformDouble()
      let isLost = generator.uniformDouble() < step.missing[arm]
      let isPossible = step.given.map { scratch.happened[$0] } ?? true
      let level = level(of: step, for: person, arm: arm, scratch.happened)
      switch step.plan.kind {
      case .event:
        let shown = eventLuck(luck, place, step, for: person, &scratch, using: &further)
        let event = isPossible && shown < level
        scratch.happened[place] = event
        scratch.values.append(isLost ? .lost : .whole(event ? 1 : 0))
      case .number(let sd, let decimals):
        let own = correlated(further.normal(), place, step, &scratch)
        let deviate =
          step.alike?.normal(
            own: own, for: person, in: background, drawn: &scratch.shared[place]) ?? own
        scratch.values.append(
          isLost || !isPossible ? .lost : .number(level + sd * deviate, decimals: decimals))
      case .count(let dispersion):
        let count = isPossible ? further.count(mean: level, dispersion: dispersion) : 0
        scratch.counts[place] = count
        scratch.values.append(isLost ? .lost : .whole(count))
      case .share:
        let trials = step.whole.map { scratch.counts[$0] } ?? 0
        let count = isPossible ? further.binomial(trials: trials, probability: level) : 0
        scratch.counts[place] = count
        scratch.values.append(isLost ? .lost : .whole(count))
      case .time(_, let until):
        let time =
          isPossible
          ? waiting(at: level, place, step, for: person, &scratch, using: &further) : .infinity
        scratch.happened[place] = time <= until
        scratch.values.append(
          isLost ? .lost : .number(max(min(time, until), 0.001), decimals: 3))
        scratch.values.append(isLost ? .lost : .whole(time <= until ? 1 : 0))
      }
    }
  }

  /// The probability, mean or hazard of a step for one person.
  private func level(
    of step: Step, for person: Int, arm: Int, _ happened: [Bool]
  ) -> Double {
    var level = step.plan.baseline + step.effects[arm]
    for (condition, baseline, effects) in step.differences
    where condition.holds(for: person, in: background, happened) {
      level += baseline + effects[arm]
    }
    if let (column, season) = step.season, let date = background.date(column, person) {
      level *= season.factor(on: date)
    }
    return level
  }

  // MARK: - Liabilities

  /// The uniform number below which an event happens: its liability is Φ⁻¹(1 − u).
  private func eventLuck(
    _ luck: Double, _ place: Int, _ step: Step, for person: Int, _ scratch: inout Scratch,
    using further: inout PhiloxGenerator
  ) -> Double {
    var luck = luck
    if step.correlation != nil || step.alikeLatent != nil || step.isAskedFor {
      let own = correlated(Self.liability(above: luck), place, step, &scratch)
      if let alike = step.alikeLatent {
        let shared = alike.normal(
          own: own, for: person, in: background, drawn: &scratch.shared[place])
        luck = Normal.upperTail(shared) ?? luck
      } else if step.correlation != nil {
        luck = Normal.upperTail(own) ?? luck
      }
    }
    return step.alike?.uniform(
      own: luck, for: person, in: background, drawn: &scratch.shared[place], using: &further)
      ?? luck
  }

  /// An exponential waiting time; its liability is large where it is long.
  private func waiting(
    at hazard: Double, _ place: Int, _ step: Step, for person: Int, _ scratch: inout Scratch,
    using further: inout PhiloxGenerator
  ) -> Double {
    guard step.correlation != nil || step.alikeLatent != nil || step.isAskedFor else {
      return further.exponential(hazard: hazard)
    }
    let luck = further.uniformDouble()
    let own = correlated(-Self.liability(above: luck), place, step, &scratch)
    let liability =
      step.alikeLatent?.normal(
        own: own, for: person, in: background, drawn: &scratch.shared[place]) ?? own
    guard hazard > 0, let survival = Normal.upperTail(liability) else { return .infinity }
    return -log(survival) / hazard
  }

  /// A liability that goes with that of an earlier step, and is remembered for later ones.
  private func correlated(
    _ own: Double, _ place: Int, _ step: Step, _ scratch: inout Scratch
  ) -> Double {
    var liability = own
    if let (earlier, r) = step.correlation {
      liability = r * scratch.liabilities[earlier] + (1 - r * r).squareRoot() * own
    }
    scratch.liabilities[place] = liability
    return liability
  }

  /// The normal number that a share `luck` of all exceed.
  private static func liability(above luck: Double) -> Double {
    // The smallest uniform number is 0, whose quantile is infinite.
    Normal.upperQuantile(max(luck, 0x1p-54)) ?? 0
  }
}
