import DataSources
import RandomAssignment
import Statistics
public import Trials
import Vocabulary

extension RolloutTable {
  /// What the nudge units' trials found on average: what one trial is drawn towards where nothing better is known.
  /// DellaVigna & Linos (2022), doi:10.3982/ECTA18709.
  public static let priorMean = PowerPlan.nudgeUnitAverage

  /// Carries a result over to the municipalities of the trial's list.
  ///
  /// - Parameters:
  ///   - result: the trial's result.
  ///   - file: the trial with its `rollout:`.
  ///   - pooled: several trials, or the trial's own towns; nil rests on this trial alone.
  /// - Throws: ``Vocabulary/Faults`` with everything that is wrong in the section or the list.
  public init(
    of result: TrialResult, in file: TrialFile, pooled: PooledEffect? = nil
  ) throws {
    let place = file.location(of: "rollout")
    guard let plan = file.trial.rollout else {
      throw Faults(RolloutFault.noSection.fault(at: SourceLocation(file: file.path)))
    }
    let chosen = try Self.comparison(result, plan, at: place)
    let sign: Double = chosen.outcome.better == "less" ? -1 : 1
    let isRate = chosen.outcome.kind == "binary"
    let basis = try Self.basis(
      chosen.row, plan, pooled, sign: sign, isRate: isRate, level: result.trial.level, at: place)
    let own = file.trial.variants.first { $0.arm.id == chosen.row.arm }?.cost
    guard let perPerson = plan.cost ?? own else {
      throw Faults(RolloutFault.noCost.fault(at: place))
    }
    let costs = RolloutCosts(
      perPerson: perPerson, fixed: plan.fixedCost, budget: plan.budget, worth: plan.worth)
    let list = try MunicipalityList(plan, of: file)
    let room =
      isRate
      ? chosen.control.map { rate in
        sign > 0 ? (down: rate, up: 1 - rate) : (down: 1 - rate, up: rate)
      } : nil

    trial = result.trial.id
    title = result.trial.title
    outcome = chosen.outcome.name
    arm = result.trial.arms.first { $0.id == chosen.row.arm }?.name ?? BilingualText(chosen.row.arm)
    self.isRate = isRate
    simulated = result.trial.simulated
    level = result.trial.level
    self.basis = basis.table
    costPerPerson = perPerson
    fixedCost = plan.fixedCost
    budget = plan.budget
    withoutPopulation = list.withoutPopulation
    municipalities = []
    do throws(EstimationError) {
      let order = Self.order(list.municipalities, costs)
      for (place, (listed, people, allocated)) in order.enumerated() {
        var town = Municipality(
          listed, people: people, allocated: allocated, costs: costs, rank: place + 1)
        for voltage in plan.voltage {
          town.outlooks.append(
            try Outlook(
              voltage: voltage, effect: basis.effect, people: people, cost: town.cost,
              worth: plan.worth, target: listed.target, room: room, level: level))
        }
        municipalities.append(town)
      }
    } catch {
      throw Faults(RolloutFault.noEffect.fault(at: place))
    }
  }

  /// Those first of which a yen brings most: the effect being the same for all, the towns whose fixed cost is spread over the
  /// most people; and to how many the budget suffices when it is spent in that order.
  static func order(
    _ list: [ListedMunicipality], _ costs: RolloutCosts
  ) -> [(ListedMunicipality, people: Int, allocated: Int?)] {
    let reachable = list.map { ($0, costs.people(of: $0.population, within: $0.budget)) }
    let sorted = reachable.enumerated().sorted { left, right in
      left.element.1 != right.element.1
        ? left.element.1 > right.element.1 : left.offset < right.offset
    }.map(\.element)
    guard var rest = costs.budget else { return sorted.map { ($0.0, $0.1, nil) } }
    return sorted.map { listed, most in
      let people = costs.people(of: most, within: rest)
      rest -= costs.cost(of: people)
      return (listed, most, people)
    }
  }

  // MARK: - The effect

  private static func comparison(
    _ result: TrialResult, _ plan: RolloutPlan, at place: SourceLocation
  ) throws -> (outcome: TrialSummary.OutcomeSummary, row: ResultRow, control: Double?) {
    let outcome: TrialSummary.OutcomeSummary
    do throws(PoolingFault) {
      outcome = try result.outcome(plan.outcome)
    } catch {
      throw Faults(error.fault(at: place))
    }
    let rows = result.everyRow.filter {
      $0.outcome == outcome.id && $0.cohort == "all" && $0.estimand == "ITT"
        && $0.measure == outcome.measure && $0.estimator == outcome.estimator
        && $0.estimate != nil && ($0.stdError ?? 0) > 0
    }
    let sign: Double = outcome.better == "less" ? -1 : 1
    let row =
      plan.arm.map { arm in rows.first { $0.arm == arm } }
      ?? rows.max { sign * ($0.estimate ?? 0) < sign * ($1.estimate ?? 0) }
    let isDifference = ["binary", "continuous", "count"].contains(outcome.kind)
    guard let row, isDifference else { throw Faults(RolloutFault.noEffect.fault(at: place)) }
    let control = result.means.first {
      $0.outcome == outcome.id && $0.cohort == "all" && $0.arm == row.control
    }?.mean
    return (outcome, row, control)
  }

  private static func basis(
    _ row: ResultRow, _ plan: RolloutPlan, _ pooled: PooledEffect?, sign: Double, isRate: Bool,
    level: Double, at place: SourceLocation
  ) throws -> (effect: TransferredEffect, table: Basis) {
    do throws(EstimationError) {
      let estimate: Double
      let stdError: Double
      let tau: Double
      let effect: TransferredEffect
      let prior: Double?
      if let pooled, pooled.studies.count < 3, let known = plan.tau {
        guard pooled.measure == row.measure else { throw .undefined }
        effect = try TransferredEffect(
          of: pooled.studies.map {
            StudyEffect(value: sign * $0.estimate, variance: $0.stdError * $0.stdError)
          }, tau: known)
        let error = max(0, effect.spread * effect.spread - known * known).squareRoot()
        (estimate, stdError, tau, prior) = (effect.mean, error, known, nil)
      } else if let pooled {
        guard let mean = pooled.estimate, let own = pooled.stdError, let between = pooled.tau,
          pooled.measure == row.measure
        else { throw .undefined }
        (estimate, stdError, tau, prior) = (sign * mean, own, between, nil)
        effect = try TransferredEffect(
          mean: estimate, standardError: stdError, tau: tau, trials: pooled.studies.count)
      } else {
        guard let own = row.estimate, let ownError = row.stdError else { throw .undefined }
        (estimate, stdError) = (sign * own, ownError)
        tau = plan.tau ?? abs(estimate) / 2
        prior = isRate ? priorMean : 0
        effect = try TransferredEffect(
          estimate: estimate, standardError: stdError, tau: tau, priorMean: prior ?? 0)
      }
      guard case .between(let low, let high) = try effect.interval(level: level) else {
        throw .undefined
      }
      return (
        effect,
        Basis(
          estimate: estimate, stdError: stdError, pooled: pooled?.studies.count, tau: tau,
          isTauAssumed: pooled == nil && plan.tau == nil, priorMean: prior,
          reliability: effect.reliability, effect: effect.mean, predLow: low, predHigh: high)
      )
    } catch {
      throw Faults(RolloutFault.noEffect.fault(at: place))
    }
  }
}

/// Why a result cannot be carried over.
enum RolloutFault: Error, Hashable {
  case noSection
  case noCost
  case noEffect
  case badCode(String)
  case badPopulation(Double)

  func fault(at location: SourceLocation) -> Fault { Fault(at: location, words) }

  private var words: BilingualText {
    switch self {
    case .noSection:
      BilingualText(
        ja: "rollout: がありません。市町村の一覧（municipalities）などを書いてください",
        en: "there is no rollout: section; name the list of municipalities there")
    case .noCost:
      BilingualText(
        ja: "一人当たりの費用が分かりません。rollout.cost か、その文面の cost を書いてください",
        en: "what a person costs is not known; write rollout.cost, or the arm's cost")
    case .noEffect:
      BilingualText(
        ja:
          "横展開に使える効果がありません。率や平均の差と標準誤差が推定できている指標と文面を選んでください（まとめるときは三つ以上の試験、二つなら rollout.tau が必要です）",
        en:
          "there is no effect to carry over: choose an outcome and arm whose difference has a standard error "
          + "(pooled ones need three trials, or two and rollout.tau)")
    case .badCode(let text):
      BilingualText(
        ja: "「\(text)」は団体コードではありません（5桁、又は検査数字を付けた6桁。先頭の0が消えていないか確かめてください）",
        en:
          "'\(text)' is no code of a municipality (five digits, or six with the check digit; has a leading 0 been lost?)"
      )
    case .badPopulation(let value):
      BilingualText(
        ja: "対象人口 \(value) は0以上の整数ではありません", en: "\(value) people is not a whole number of 0 or more"
      )
    }
  }
}

/// The list of municipalities, read.
struct MunicipalityList {
  private(set) var municipalities: [ListedMunicipality] = []
  private(set) var withoutPopulation: [String] = []

  init(_ plan: RolloutPlan, of file: TrialFile) throws {
    let path =
      plan.municipalities.hasPrefix("/") ? plan.municipalities : file.folder + plan.municipalities
    let source = rowsFile(at: path, missing: file.trial.data.missing)
    var requests = plan.resembling.columnRequests
    for name in [plan.name] + [plan.code].compactMap(\.self) {
      requests.insert(ColumnRequest(name, as: .identifier))
    }
    for name in [plan.population] + [plan.budgetColumn, plan.targetColumn].compactMap(\.self) {
      requests.insert(ColumnRequest(name, as: .number))
    }
    let table = try source.table(of: requests)
    let names = try table.identifiers(plan.name)
    let codes = try plan.code.map { try table.identifiers($0) }
    let population = try table.numbers(plan.population)
    let budgets = try plan.budgetColumn.map { try table.numbers($0) }
    let targets = try plan.targetColumn.map { try table.numbers($0) }
    let resembling = try table.rows(satisfying: plan.resembling)
    var faults: [(row: Int, column: String, fault: RolloutFault)] = []
    for row in 0..<table.rowCount {
      let name = names[row] ?? ""
      let code = codes.flatMap { $0[row] }
      let parsed = code.flatMap { MunicipalityCode($0)?.description }
      if let code, parsed == nil { faults.append((row, plan.code ?? "", .badCode(code))) }
      guard population[row].isFinite else {
        withoutPopulation.append(name)
        continue
      }
      guard let people = Int(exactly: population[row]), people >= 0 else {
        faults.append((row, plan.population, .badPopulation(population[row])))
        continue
      }
      municipalities.append(
        ListedMunicipality(
          code: parsed, name: name, population: people,
          budget: budgets.flatMap { $0[row].isFinite ? $0[row] : nil },
          target: targets.flatMap { $0[row].isFinite ? $0[row] : nil }, resembles: resembling[row]))
    }
    guard !faults.isEmpty else { return }
    var located: [Fault] = []
    for (row, column, fault) in faults.prefix(50) {
      let places = try source.locations(ofRows: [row], column: column)
      located.append(fault.fault(at: places[row] ?? SourceLocation(file: path)))
    }
    if let faults = Faults(located) { throw faults }
  }
}
