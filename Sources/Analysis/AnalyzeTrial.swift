public import DataSources
import Enrolment
import Ledger
import RandomAssignment
import Statistics
public import Trials
import Vocabulary

// The impure shell around `TrialAnalysis`: it opens files and reads the clock, and decides nothing.

extension TrialResult {
  /// Reads a trial's data, analyses them and files the findings with their circumstances.
  ///
  /// `look` is the planned look that the data belong to, from 1; nil is the last. `merging` are cohorts to show together.
  /// `data` stand for those that the file names, such as saved sums of them.
  /// - Throws: every fault of the data at once; nothing is written anywhere.
  public static func analyzing(
    _ file: TrialFile, look: Int? = nil, merging: [[String]] = [],
    from data: (any DataSource)? = nil, engineVersion: String, progress: ReadingProgress? = nil
  ) throws -> TrialResult {
    let record = try TrialRecord.load(for: file, engineVersion: engineVersion)
    let locked = try LockedAnalysis(of: file, record: record)
    let (drawnSource, drawnTrial) = try source(
      of: file, locked.trial, record: record, data: data ?? file.data(progress: progress))
    let (observed, source) = drawnTrial.observed(in: drawnSource)
    let trial = observed.merging(merging)
    let looks = trial.analysis.looks?.fractions.count ?? 0
    if let look, look < 1 || look > looks {
      throw Faults(
        AnalysisFault.noSuchLook(look, count: looks).fault(at: file.location(of: "analysis.looks")))
    }
    let clock = ContinuousClock()
    let start = clock.now
    // A core hashes the bytes while others read them.
    let description = Alongside { () throws(Faults) in try source.description() }
    let drawnList = try record.flatMap {
      try DrawnListCheck(of: drawnTrial, in: drawnSource, record: $0)
    }
    let analyses = FactorAnalyses(
      of: trial, look: look, drawn: drawnList == nil ? [] : record?.units ?? [])
    let whole = try analyses.observations(from: source, definedIn: file)
    let observations = whole.arms
    let described = try description.answer()
    let read = clock.now
    let (findings, factors) = analyses.findings(from: whole)
    let done = clock.now
    return TrialResult(
      nudge: 1, engineVersion: engineVersion, trial: TrialSummary(of: trial),
      lock: record?.locked.lock.hash,
      input: InputRecord(
        file: described.name, sha256: described.sha256, encoding: described.encoding,
        shape: trial.data.shape.rawValue, rows: observations.rows,
        units: observations.units.values.reduce(0, +),
        clusters: observations.clusters.isEmpty ? nil : observations.clusters),
      results: findings.results, means: findings.means, funnel: findings.funnel,
      checks: [locked.check] + [drawnList?.check].compactMap(\.self)
        + (record?.deviations ?? []).map(Check.init) + findings.checks, verdicts: findings.verdicts,
      subgroups: findings.subgroups, curves: findings.curves,
      factors: zip(analyses.factors, factors).map { part, findings in
        FactorResult(of: part.factor, in: part.analysis.trial, findings)
      },
      balance: observations.balance, looks: analyses.arms.looksTaken(in: observations),
      disclosure: trial.disclosure.map {
        DisclosureRecord($0, families: observations.families)
      },
      timings: ["read": (read - start).seconds, "estimate": (done - read).seconds])
  }
}

extension TrialResult {
  /// The data with what the drawn list adds to them, and the trial with the blocks that were drawn.
  static func source(
    of file: TrialFile, _ trial: Trial, record: TrialRecord?, data: (any DataSource)? = nil
  ) throws -> (any DataSource, Trial) {
    let data = data ?? file.data
    guard let record, !record.units.isEmpty, let unit = trial.drawnColumn,
      trial.data.shape == .units
    else { return (data, trial.analysedAsDrawn()) }
    let source = DrawnSource(data, trial: file.trial, unitColumn: unit, drawn: record.units)
    let hasFormedBlocks = record.units.contains { $0.formedBlock != nil }
    return (source, trial.analysedAsDrawn(hasFormedBlocks: hasFormedBlocks))
  }
}

extension Check {
  /// A departure from the plan as it stands in the ledger.
  fileprivate init(_ event: LedgerEvent, _ deviation: Locking.Deviation) {
    self.init(
      kind: .deviation(
        text: deviation.text, time: event.time, late: deviation.isAfterUnblinding),
      status: .warn)
  }
}

extension TrialFile {
  /// The data that the file names: CSV, the sheet of a workbook, or a table of a database.
  public var data: any DataSource { data(progress: nil) }

  /// The data, whose long reading is told of.
  public func data(progress: ReadingProgress?) -> any DataSource {
    let data = trial.data
    if case .database(let kind, let address) = data.place,
      let table = data.table.flatMap({ TableName($0) })
    {
      return DatabaseAdapter.source(
        kind: kind.rawValue, address: kind == .sqlite ? path(of: address) : address, table: table,
        missing: data.missing)
    }
    let encoding: TextEncoding =
      switch data.encoding {
      case .auto: .auto
      case .utf8: .utf8
      case .cp932: .cp932
      }
    return rowsFile(
      at: dataPath, encoding: encoding, sheet: data.sheet, missing: data.missing,
      progress: progress)
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
