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
  private let background: Background

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
    background = Background(plan)
  }

  // MARK: - Files

  /// The data, with a first line that says what they are.
  ///
  /// - Throws: ``Vocabulary/Faults`` when the design cannot assign these people.
  ///
  /// `drawn` says which arm each person was drawn into, by identifier; whoever it lacks is left out. Nil draws
  /// here, from the plan's own seed.
  public func data(
    engineVersion: String, drawn: [String: String]? = nil
  ) throws(Faults) -> SimulatedTable {
    let rows = try rows(drawn: drawn)
    return SimulatedTable(
      preamble: preamble(engineVersion), columns: rows.columns, count: background.count
    ) { [background] people in
      var writer = CSVWriter()
      rows.forEach(among: people) { row in
        writer.field(background.identifier(of: row.person))
        for column in background.names.indices {
          writer.field(background.text(column, row.person))
        }
        writer.field(row.arm)
        for value in row.outcomes {
          if case .whole(let number) = value {
            writer.field(number)
          } else {
            writer.field(value.text ?? "")
          }
        }
        if let block = row.formedBlock { writer.field(block) }
        writer.endRow()
      }
      return writer.content
    }
  }

  /// The people alone, before anybody is drawn: a list for `nudge assign`.
  public func frame(engineVersion: String) -> SimulatedTable {
    let preamble = preamble(engineVersion)
    guard trial.assignment.wedge != nil, let clusters = trial.assignment.clusters else {
      let columns = backgroundColumns
      return SimulatedTable(preamble: preamble, columns: columns, count: background.count) {
        [background] people in
        var writer = CSVWriter()
        for person in people {
          writer.field(background.identifier(of: person))
          for column in background.names.indices { writer.field(background.text(column, person)) }
          writer.endRow()
        }
        return writer.content
      }
    }
    // Clusters are drawn: each once, with the blocks that it lies in.
    let columns = [clusters] + trial.assignment.blocks
    let places = columns.compactMap { background.place(of: $0) }
    var seen: Set<Int32> = []
    let first = (0..<background.count).filter { person in
      places.first.map { seen.insert(background.number($0, person)).inserted } ?? false
    }
    return SimulatedTable(preamble: preamble, columns: columns, count: first.count) {
      [background] rows in
      var writer = CSVWriter()
      for row in rows { writer.append(places.map { background.text($0, first[row]) }) }
      return writer.content
    }
  }

  private func preamble(_ engineVersion: String) -> String {
    "# SOURCE: SIMULATED by nudge simulate \(engineVersion), trial \(trial.id), seed \(plan.seed); "
      + "no real people or results / 模擬データ（実在の人・結果ではありません）\r\n"
  }

  /// The columns that are known of a person before the draw.
  private var backgroundColumns: [String] {
    let id =
      switch trial.unit {
      case .column(let name): name
      case .row: "unit"
      }
    return [id] + background.names
  }

  // MARK: - Rows

  /// The data without a file between, with the blocks that the draw formed.
  func source() throws(Faults) -> SimulatedSource {
    let rows = try rows(drawn: nil)
    return SimulatedSource(rows, of: background)
  }

  private func rows(drawn: [String: String]?) throws(Faults) -> SimulatedRows {
    var arms = design.arms.map(\.id)
    let assignment: Assignment
    if let drawn {
      // Arms that were given up since people were drawn into them.
      arms += Set(drawn.values).subtracting(arms).sorted()
      let names = Dictionary(
        arms.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      // In a stepped wedge clusters were drawn, not people.
      let clusters =
        trial.assignment.wedge == nil
        ? nil : trial.assignment.clusters.flatMap { background.place(of: $0) }
      assignment = Assignment(
        armIndices: (0..<background.count).map { person in
          let unit =
            clusters.map { background.text($0, person) } ?? background.identifier(of: person)
          return drawn[unit].flatMap { names[$0] } ?? -1
        })
    } else {
      assignment = try draw()
    }
    var columns = backgroundColumns + [trial.assignment.column] + plan.steps.flatMap(\.columns)
    // Without a ledger only the data can say which pairs were formed.
    if assignment.formedBlocks != nil { columns.append(Trial.formedBlockColumn) }
    let shown = ShownArms(trial, drawn: arms, background)
    return SimulatedRows(
      columns: columns, assignment: assignment, arms: arms, shown: shown,
      outcomes: SimulatedOutcomes(plan, arms: shown.names, background: background))
  }

  // MARK: - Draw

  private func draw() throws(Faults) -> Assignment {
    let draw = trial.assignment
    let blocks = draw.blocks.compactMap { background.place(of: $0) }
    let cluster = draw.clusters.flatMap { background.place(of: $0) }
    let factors = draw.factors.compactMap { background.place(of: $0) }
    let covariates = draw.covariates.compactMap { background.place(of: $0) }
    // People of one block share one text in memory.
    var keys: [[Int32]: String] = [:]
    let units = (0..<background.count).map { person in
      var block: String?
      if !blocks.isEmpty {
        let numbers = blocks.map { background.number($0, person) }
        block = keys[numbers]
        if block == nil {
          block = blocks.map { background.text($0, person) }.lengthPrefixed
          keys[numbers] = block
        }
      }
      return ExperimentalUnit(
        id: background.identifier(of: person), block: block,
        cluster: cluster.map { background.text($0, person) },
        factors: factors.map { background.text($0, person) },
        measurements: covariates.map { background.value($0, person).number ?? .nan })
    }
    var generator = PhiloxGenerator(seed: plan.seed, stream: Self.assignmentStream)
    do {
      return try design.assign(units, using: &generator)
    } catch {
      throw Faults(AnalysisFault.designRefused(error).fault(at: place))
    }
  }
}

extension [String] {
  /// One key for a tuple of texts: ("1", "11") and ("11", "1") must differ.
  fileprivate var lengthPrefixed: String {
    map { "\($0.utf8.count):\($0)" }.joined()
  }
}
