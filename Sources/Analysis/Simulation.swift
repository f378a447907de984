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
    guard file.trial.simulation != nil else {
      throw Faults(AnalysisFault.noSimulation.fault(at: SourceLocation(file: file.path)))
    }
    try self.init(of: file.trial, at: file.location(of: "simulation"))
  }

  /// Prepares the simulation of a trial that no file holds as it is.
  init(of trial: Trial, at place: SourceLocation) throws(Faults) {
    self.trial = trial
    guard let plan = trial.simulation else {
      throw Faults(AnalysisFault.noSimulation.fault(at: place))
    }
    self.plan = plan
    self.place = place
    design = trial.design
    let simulated = Set(plan.columns.map(\.name))
    let draw = trial.assignment
    let needed =
      draw.blocks + [draw.clusters, draw.wedge?.column].compactMap { $0 } + draw.covariates
      + draw.factors
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
    var writer = CSVWriter()
    writer.append(header)
    for row in try rows(drawn: drawn) { writer.append(row) }
    return preamble(engineVersion) + String(decoding: writer.content, as: UTF8.self)
  }

  /// The data without a file between, with the blocks that the draw formed.
  func source() throws(Faults) -> SimulatedSource {
    let people = (0..<plan.units).map(person)
    let drawn = try draw(people)
    var rows = rows(of: people, arms: drawn.armIndices.map { design.arms[$0].id })
    if let formed = drawn.formedBlocks {
      for index in rows.indices { rows[index].append(formed[index]) }
    }
    return SimulatedSource(
      names: header.map { $0 ?? "" }
        + (drawn.formedBlocks == nil ? [] : [Trial.formedBlockColumn]),
      rows: rows)
  }

  private func rows(drawn: [String: String]?) throws(Faults) -> [[String?]] {
    let people = (0..<plan.units).map(person)
    guard let drawn else {
      return rows(of: people, arms: try draw(people).armIndices.map { design.arms[$0].id })
    }
    // In a stepped wedge clusters were drawn, not people.
    let clusters = trial.assignment.wedge == nil ? nil : trial.assignment.clusters
    return rows(
      of: people,
      arms: people.map { person in
        drawn[clusters.map { value(of: $0, for: person) } ?? person.id]
      })
  }

  private func rows(of people: [Person], arms: [String?]) -> [[String?]] {
    people.indices.compactMap { index in
      guard let arm = arms[index] else { return nil }
      var generator = PhiloxGenerator(seed: plan.seed, stream: UInt64(index) * 2 + 1)
      let person = people[index]
      let shown = trial.assignment.wedge.map { wedge in
        trial.arm(ofSequence: arm, inPeriod: value(of: wedge.column, for: person)) ?? arm
      }
      return [person.id] + person.values + [arm] + outcomes(in: shown ?? arm, using: &generator)
    }
  }

  private var header: [String?] {
    background + [trial.assignment.column] + plan.steps.map(\.column)
  }

  /// The people alone, before anybody is drawn: a list for `nudge assign`.
  public func frame(engineVersion: String) -> String {
    var writer = CSVWriter()
    if trial.assignment.wedge != nil, let clusters = trial.assignment.clusters {
      // Clusters are drawn: each once, with the blocks that it lies in.
      let columns = [clusters] + trial.assignment.blocks
      writer.append(columns)
      var seen: Set<String> = []
      for index in 0..<plan.units {
        let person = person(index)
        let row = columns.map { value(of: $0, for: person) }
        if seen.insert(row[0]).inserted { writer.append(row) }
      }
    } else {
      writer.append(background)
      for index in 0..<plan.units {
        let person = person(index)
        writer.append([person.id] + person.values)
      }
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

  private func draw(_ people: [Person]) throws(Faults) -> Assignment {
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
      return try design.assign(units, using: &generator)
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
