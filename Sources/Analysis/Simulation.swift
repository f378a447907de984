import DataSources
import RandomAssignment
public import Trials
public import Vocabulary

/// Synthetic data of a trial, made from the assumptions in its own file.
///
/// Person i draws from stream i of one counter-based generator, and the assignment from a stream of
/// its own: the same file makes the same data on every machine, and a longer run begins with the
/// same people.
public struct Simulation {
  /// The streams are numbered so that people, background and draw never share one.
  private static let assignmentStream = UInt64.max

  private let trial: Trial
  private let plan: SimulationPlan
  private let design: any AssignmentDesign
  private let place: SourceLocation

  /// Prepares the simulation.
  ///
  /// - Throws: ``Vocabulary/Faults`` when the file has no `simulation:` section, or when blocks or
  ///   clusters are not columns of the simulation.
  public init(of file: TrialFile) throws(Faults) {
    trial = file.trial
    guard let plan = trial.simulation else {
      throw Faults(AnalysisFault.noSimulation.fault(at: SourceLocation(file: file.path)))
    }
    self.plan = plan
    place = file.location(of: "simulation")
    design = trial.design
    let simulated = Set(plan.columns.map(\.name))
    let draw = trial.assignment
    let needed =
      draw.blocks + [draw.clusters].compactMap { $0 } + draw.covariates + draw.factors
    let faults = needed.filter { !simulated.contains($0) }.map {
      AnalysisFault.columnNotSimulated($0).fault(at: place)
    }
    if let faults = Faults(faults) { throw faults }
  }

  /// The data as CSV, with a first line that says what they are.
  ///
  /// - Throws: ``Vocabulary/Faults`` when the design cannot assign these people.
  ///
  /// `drawn` says which arm each person was drawn into, by identifier; whoever it lacks is left out. Nil draws
  /// here, from the plan's own seed.
  public func csv(
    engineVersion: String, drawn: [String: String]? = nil
  ) throws(Faults) -> String {
    let people = (0..<plan.units).map(person)
    let arms: [String?]
    if let drawn {
      arms = people.map { drawn[$0.id] }
    } else {
      arms = try drawArms(for: people).map { trial.variants[$0].arm.id }
    }
    var writer = CSVWriter()
    writer.append(
      background + [trial.assignment.column] + plan.steps.map(\.column))
    for (index, person) in people.enumerated() {
      guard let arm = arms[index] else { continue }
      var generator = PhiloxGenerator(seed: plan.seed, stream: UInt64(index) * 2 + 1)
      writer.append([person.id] + person.values + [arm] + outcomes(in: arm, using: &generator))
    }
    return preamble(engineVersion) + String(decoding: writer.content, as: UTF8.self)
  }

  /// The people alone, before anybody is drawn: a list for `nudge assign`.
  public func frame(engineVersion: String) -> String {
    var writer = CSVWriter()
    writer.append(background)
    for index in 0..<plan.units {
      let person = person(index)
      writer.append([person.id] + person.values)
    }
    return preamble(engineVersion) + String(decoding: writer.content, as: UTF8.self)
  }

  private func preamble(_ engineVersion: String) -> String {
    "# SOURCE: SIMULATED by nudge simulate \(engineVersion), trial \(trial.id), seed \(plan.seed); "
      + "no real people or results / 模擬データ（実在の人・結果ではありません）\r\n"
  }

  /// The columns that are known of a person before the draw.
  private var background: [String?] {
    let id =
      switch trial.unit {
      case .column(let name): name
      case .row: "unit"
      }
    return [id] + plan.columns.map(\.name)
  }

  // MARK: - People

  private struct Person {
    let id: String
    let values: [String]
  }

  private func person(_ index: Int) -> Person {
    var generator = PhiloxGenerator(seed: plan.seed, stream: UInt64(index) * 2)
    let digits = String(index + 1)
    let width = max(5, String(plan.units).count)
    return Person(
      id: "P" + String(repeating: "0", count: width - digits.count) + digits,
      values: plan.columns.map { value(of: $0, using: &generator) })
  }

  private func value(
    of column: SimulationPlan.Column, using generator: inout PhiloxGenerator
  ) -> String {
    switch column.source {
    case .integers(let from, let to):
      return String(from + generator.uniformInteger(below: to - from + 1))
    case .categories(let names, let weights):
      var position = generator.uniformDouble() * weights.reduce(0, +)
      for (name, weight) in zip(names, weights) {
        if position < weight { return name }
        position -= weight
      }
      return names.last ?? ""
    }
  }

  // MARK: - Draw

  private func drawArms(for people: [Person]) throws(Faults) -> [Int] {
    let units = people.map { person in
      ExperimentalUnit(
        id: person.id,
        block: trial.assignment.blocks.isEmpty
          ? nil
          : trial.assignment.blocks.map { value(of: $0, for: person) }.lengthPrefixed,
        cluster: trial.assignment.clusters.map { value(of: $0, for: person) },
        factors: trial.assignment.factors.map { value(of: $0, for: person) },
        measurements: trial.assignment.covariates.map {
          DecimalText.parse(value(of: $0, for: person)) ?? .nan
        })
    }
    var generator = PhiloxGenerator(seed: plan.seed, stream: Self.assignmentStream)
    do {
      return try design.assign(units, using: &generator).armIndices
    } catch {
      throw Faults(AnalysisFault.designRefused(error).fault(at: place))
    }
  }

  private func value(of column: String, for person: Person) -> String {
    plan.columns.firstIndex { $0.name == column }.map { person.values[$0] } ?? ""
  }

  // MARK: - Outcomes

  /// One 0/1 (or empty) a step; a step whose condition did not happen is 0.
  private func outcomes(
    in arm: String, using generator: inout PhiloxGenerator
  ) -> [String?] {
    var happened: [String: Bool] = [:]
    return plan.steps.map { step in
      // Both numbers are drawn for everyone, so that one person's luck never shifts another step's.
      let luck = generator.uniformDouble()
      let loss = generator.uniformDouble()
      let possible = step.given.map { happened[$0] ?? false } ?? true
      let event = possible && luck < step.baseline + (step.effects[arm] ?? 0)
      happened[step.column] = event
      return loss < step.missing ? nil : event ? "1" : "0"
    }
  }
}

extension [String] {
  /// One key for a tuple of texts: ("1", "11") and ("11", "1") must differ.
  fileprivate var lengthPrefixed: String {
    map { "\($0.utf8.count):\($0)" }.joined()
  }
}
