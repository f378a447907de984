import DataSources
import Enrolment
import Ledger
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// The rows of a running trial, counted without a word about who fares better.
struct MonitoredRows {
  private let trial: Trial
  private let table: Table
  private let population: RowMask
  /// The first primary outcome's column: what makes a unit count as known.
  private let known: [Double]?

  init(of trial: Trial, in source: any DataSource) throws {
    self.trial = trial
    var requests = trial.population.columnRequests
    requests.insert(ColumnRequest(trial.assignment.column, as: .category))
    if case .column(let name) = trial.unit {
      requests.insert(ColumnRequest(name, as: .identifier))
    }
    for column in trial.outcomes.flatMap(\.response.columns) {
      requests.insert(ColumnRequest(column, as: .number))
    }
    for outcome in trial.outcomes { requests.formUnion(outcome.condition.columnRequests) }
    let plan = trial.monitoring
    for column in [plan?.day, plan?.received].compactMap(\.self) + (plan?.by ?? []) {
      requests.insert(ColumnRequest(column, as: .category))
    }
    table = try source.table(of: requests)
    population = try table.rows(satisfying: trial.population)
    let primary = trial.outcomes.first { $0.role == .primary }
    known = try primary.map { [table] in try table.numbers($0.response.column) }
  }

  /// Everything that can be seen blindly.
  func counts(record: TrialRecord?, drawn: Check.DrawnTally?) throws -> Monitoring {
    var withoutArm = 0
    let arms = try table.categories(trial.assignment.column)
    if !trial.assignment.isConcealed {
      for row in 0..<table.rowCount where population[row] && arms.codes[row] < 0 {
        withoutArm += 1
      }
    }
    var duplicates = 0
    // In a stepped wedge the same people may be seen in several periods.
    if case .column(let name) = trial.unit, trial.assignment.wedge == nil {
      duplicates = try table.identifiers(name).duplicates(examples: 0).count
    }
    return Monitoring(
      trial: trial.id, rows: table.rowCount, units: population.count,
      outsidePopulation: table.rowCount - population.count, withoutArm: withoutArm,
      duplicates: duplicates, drawn: drawn, sampleRatio: try sampleRatio(arms),
      crossovers: try crossovers(arms), missing: try gaps(), days: try days(),
      groups: try (trial.monitoring?.by ?? []).map(breakdown),
      information: information(record: record))
  }

  private func gaps() throws -> [Monitoring.Gap] {
    try trial.outcomes.map { outcome in
      let rows = try table.rows(satisfying: outcome.condition).intersection(population)
      let columns = try outcome.response.columns.map { try table.numbers($0) }
      var missing = 0
      for row in 0..<table.rowCount
      where rows[row] && columns.contains(where: { !$0[row].isFinite }) {
        missing += 1
      }
      return Monitoring.Gap(outcome: outcome.id, missing: missing, units: rows.count)
    }
  }

  private func days() throws -> [Monitoring.Count] {
    guard let column = trial.monitoring?.day else { return [] }
    let days = try table.categories(column)
    let dates = days.levels.map { try? CalendarDate(parsing: $0) }
    let order = days.levels.indices.sorted { left, right in
      guard let a = dates[left], let b = dates[right] else {
        return days.levels[left] < days.levels[right]
      }
      return a < b
    }
    return count(days, order: order)
  }

  private func breakdown(by column: String) throws -> Monitoring.Breakdown {
    let groups = try table.categories(column)
    let counts = count(groups, order: Array(groups.levels.indices))
    return Monitoring.Breakdown(
      column: column,
      counts: counts.sorted { ($0.rows, $1.name) > ($1.rows, $0.name) })
  }

  private func count(_ categories: Categories, order: [Int]) -> [Monitoring.Count] {
    var rows = Array(repeating: 0, count: categories.levels.count)
    var missing = rows
    for row in 0..<table.rowCount where population[row] && categories.codes[row] >= 0 {
      let level = Int(categories.codes[row])
      rows[level] += 1
      if let known, !known[row].isFinite { missing[level] += 1 }
    }
    return order.filter { rows[$0] > 0 }.map {
      Monitoring.Count(name: categories.levels[$0], rows: rows[$0], missing: missing[$0])
    }
  }

  /// Only where arms are left to chance, day by day where days are recorded.
  private func sampleRatio(_ arms: Categories) throws -> Monitoring.SampleRatioWatch? {
    guard [.simple, .hashed].contains(trial.assignment.method) else { return nil }
    let names = trial.variants.map(\.arm.id)
    let place = arms.levels.map { names.firstIndex(of: $0) }
    let days = try trial.monitoring?.day.map { try table.categories($0) }
    let order = try self.days().map(\.name)
    var batches = Array(
      repeating: Array(repeating: 0, count: names.count), count: max(order.count, 1))
    let dayPlace = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    for row in 0..<table.rowCount where population[row] && arms.codes[row] >= 0 {
      guard let arm = place[Int(arms.codes[row])] else { continue }
      let batch = days.flatMap { $0[row] }.flatMap { dayPlace[$0] } ?? batches.count - 1
      batches[batch][arm] += 1
    }
    var sequence = try SampleRatioSequence(weights: trial.variants.map { Double($0.arm.share) })
    var firstAlarm: String?
    for (place, batch) in batches.enumerated() {
      try sequence.add(batch)
      if firstAlarm == nil, sequence.pValue < TrialAnalysis.sampleRatioLimit {
        firstAlarm = order.indices.contains(place) ? order[place] : ""
      }
    }
    return Monitoring.SampleRatioWatch(
      pValue: sequence.pValue, firstAlarm: firstAlarm, batches: batches.count)
  }

  private func crossovers(_ arms: Categories) throws -> Monitoring.Crossovers? {
    guard let column = trial.monitoring?.received else { return nil }
    let received = try table.categories(column)
    var found = Monitoring.Crossovers(known: 0, crossed: 0)
    for row in 0..<table.rowCount where population[row] {
      guard let got = received[row], let drawn = arms[row] else { continue }
      found.known += 1
      if got != drawn { found.crossed += 1 }
    }
    return found
  }

  private func information(record: TrialRecord?) -> Monitoring.Information? {
    let drawn = trial.assignment.method.isRolling ? nil : record?.units.count
    guard let known, let planned = drawn.flatMap({ $0 > 0 ? $0 : nil }) ?? trial.simulation?.units
    else { return nil }
    var count = 0
    for row in 0..<table.rowCount where population[row] && known[row].isFinite { count += 1 }
    return Monitoring.Information(known: count, planned: planned)
  }
}
