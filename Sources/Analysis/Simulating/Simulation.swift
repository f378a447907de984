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
  /// The household of each person, by column.
  private let households: [String: [Int]]
  /// By step; nil where people have nothing in common.
  private let shared: [SharedLuck?]

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
    var households: [String: [Int]] = [:]
    for column in plan.columns {
      if case .households(let size) = column.source {
        households[column.name] = Self.households(column.name, size, plan)
      }
    }
    self.households = households
    shared = plan.steps.enumerated().map { SharedLuck($1, number: $0, seed: plan.seed) }
  }

  /// Whose household each person lives in: people live one after the other, so that a longer run begins with the same households.
  private static func households(
    _ column: String, _ size: Double, _ plan: SimulationPlan
  ) -> [Int] {
    var generator = PhiloxGenerator(
      seed: plan.seed, stream: SharedLuck.stream("\(column)\u{1F}sizes"))
    var (places, household, left): ([Int], Int, Int) = ([], -1, 0)
    places.reserveCapacity(plan.units)
    for _ in 0..<plan.units {
      if left == 0 {
        household += 1
        left = 1 + generator.poisson(mean: size - 1)
      }
      left -= 1
      places.append(household)
    }
    return places
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
    // Without a ledger only the data can say which pairs were formed.
    let (names, rows) =
      if let drawn { (header, rows(drawn: drawn)) } else { try drawnRows() }
    writer.append(names)
    for row in rows { writer.append(row) }
    return preamble(engineVersion) + String(decoding: writer.content, as: UTF8.self)
  }

  /// The data without a file between, with the blocks that the draw formed.
  func source() throws(Faults) -> SimulatedSource {
    let (names, rows) = try drawnRows()
    return SimulatedSource(names: names.map { $0 ?? "" }, rows: rows)
  }

  /// Everybody with the arm that is drawn here, and the block that the draw formed.
  private func drawnRows() throws(Faults) -> (names: [String?], rows: [[String?]]) {
    let people = (0..<plan.units).map(person)
    let drawn = try draw(people)
    var rows = rows(of: people, arms: drawn.armIndices.map { design.arms[$0].id })
    guard let formed = drawn.formedBlocks else { return (header, rows) }
    for index in rows.indices { rows[index].append(formed[index]) }
    return (header + [Trial.formedBlockColumn], rows)
  }

  private func rows(drawn: [String: String]) -> [[String?]] {
    let people = (0..<plan.units).map(person)
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
      return [person.id] + person.values + [arm]
        + outcomes(of: person, index, in: shown ?? arm, using: &generator)
    }
  }

  private var header: [String?] {
    background + [trial.assignment.column] + plan.steps.flatMap(\.columns)
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
    var values: [String] = []
    for column in plan.columns {
      if let per = column.per, let place = plan.columns.firstIndex(where: { $0.name == per }),
        place < values.count
      {
        var common = PhiloxGenerator(
          seed: plan.seed,
          stream: SharedLuck.stream("\(column.name)\u{1F}\(per)\u{1F}\(values[place])"))
        values.append(value(of: column, for: index, using: &common))
      } else {
        values.append(value(of: column, for: index, using: &generator))
      }
    }
    return Person(
      id: "P" + String(repeating: "0", count: width - digits.count) + digits, values: values)
  }

  private func value(
    of column: SimulationPlan.Column, for index: Int, using generator: inout PhiloxGenerator
  ) -> String {
    switch column.source {
    case .groups(let count):
      return Self.label(column.name, generator.uniformInteger(below: count), of: count)
    case .households:
      return Self.label(column.name, households[column.name]?[index] ?? 0, of: plan.units)
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

  /// `town-07`: groups stand in their order when sorted.
  private static func label(_ column: String, _ number: Int, of count: Int) -> String {
    let digits = String(number + 1)
    return column + "-"
      + String(repeating: "0", count: max(0, String(count).count - digits.count)) + digits
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

  /// The values of all steps; a step whose condition did not happen is 0, a number then is not known.
  private func outcomes(
    of person: Person, _ index: Int, in arm: String, using generator: inout PhiloxGenerator
  ) -> [String?] {
    var happened: [String: Bool] = [:]
    var counts: [String: Int] = [:]
    // What is not a yes or no, and what is shared, comes from a stream of its own, so that it shifts no other step.
    var further = PhiloxGenerator(seed: plan.seed, stream: 1 << 62 | UInt64(index))
    return plan.steps.enumerated().flatMap { number, step -> [String?] in
      // Both numbers are drawn for everyone, so that one person's luck never shifts another step's.
      let luck = generator.uniformDouble()
      let loss = generator.uniformDouble()
      let possible = step.given.map { happened[$0] ?? false } ?? true
      let level = level(of: step, for: person, happened, in: arm)
      let isLost = loss < step.missingIn[arm] ?? step.missing
      switch step.kind {
      case .event:
        let shown =
          shared[number]?.uniform(own: luck, using: &further) { value(of: $0, for: person) } ?? luck
        let event = possible && shown < level
        happened[step.column] = event
        return [isLost ? nil : event ? "1" : "0"]
      case .number(let sd, let decimals):
        let own = further.normal()
        let deviate = shared[number]?.normal(own: own) { value(of: $0, for: person) } ?? own
        return [isLost || !possible ? nil : Self.text(level + sd * deviate, decimals: decimals)]
      case .count(let dispersion):
        let count = possible ? further.count(mean: level, dispersion: dispersion) : 0
        counts[step.column] = count
        return [isLost ? nil : String(count)]
      case .share(let whole):
        let count =
          possible ? further.binomial(trials: counts[whole] ?? 0, probability: level) : 0
        counts[step.column] = count
        return [isLost ? nil : String(count)]
      case .time(let event, let until):
        let time = possible ? further.exponential(hazard: level) : .infinity
        happened[event] = time <= until
        guard !isLost else { return [nil, nil] }
        return [
          Self.text(max(min(time, until), 0.001), decimals: 3), time <= until ? "1" : "0",
        ]
      }
    }
  }

  /// The probability, mean or hazard of a step for one person.
  private func level(
    of step: SimulationPlan.Step, for person: Person, _ happened: [String: Bool], in arm: String
  ) -> Double {
    var level = step.baseline + (step.effects[arm] ?? 0)
    for difference in step.differences where holds(difference.condition, for: person, happened) {
      level += difference.baseline + (difference.effects[arm] ?? 0)
    }
    return level
  }

  private func holds(
    _ condition: Condition, for person: Person, _ happened: [String: Bool]
  ) -> Bool {
    condition.holds { column in
      let text = happened[column].map { $0 ? "1" : "0" } ?? value(of: column, for: person)
      return (text, DecimalText.parse(text))
    }
  }

  private static func text(_ value: Double, decimals: Int) -> String {
    let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][min(max(decimals, 0), 6)]
    let rounded = (value * scale).rounded() / scale
    let text = "\(rounded == 0 ? 0 : rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension [String] {
  /// One key for a tuple of texts: ("1", "11") and ("11", "1") must differ.
  fileprivate var lengthPrefixed: String {
    map { "\($0.utf8.count):\($0)" }.joined()
  }
}
