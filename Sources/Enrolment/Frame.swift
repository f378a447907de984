import DataSources
import Foundation
public import Ledger
import RandomAssignment
import Statistics
public import Trials
import Vocabulary

/// The list of whom to draw, as the draw sees it.
public struct Frame: Sendable {
  /// The eligible units in the order of the list, without arms.
  public let units: [DrawnUnit]
  /// What the arms are compared in after the draw.
  public let covariates: [FrameCovariate]
  /// The file that was read.
  public let source: FileRecord
  /// How many rows the list has.
  public let rows: Int
  /// Rows outside the trial's population.
  public let ineligible: Int
  /// Rows that a shared population leaves to other trials or to nobody.
  public let outsideLayer: Int

  /// Reads a list.
  ///
  /// Nothing is drawn while anything is wrong: identifiers that are missing, that stand twice, or that
  /// differ only in form (が as one letter or two; １ and 1), and units without a block or cluster.
  ///
  /// - Throws: ``Vocabulary/Faults``, each at its line.
  public init(at path: String, for file: TrialFile) throws {
    let trial = file.trial
    guard let name = trial.drawnColumn else {
      throw Faults(EnrolmentFault.unitIsRow.fault(at: file.location(of: "unit")))
    }
    let source = Self.source(at: path, describedBy: file)
    let present = Set(try source.columnNames())
    let balance = trial.balanceColumns.filter { present.contains($0) || trial.needsInFrame($0) }
    let plan = trial.assignment
    let clusters = plan.clusters == name ? [] : [plan.clusters].compactMap(\.self)
    let groups = plan.blocks + clusters + plan.factors
    // Whom the trial is about is asked of people; a list of clusters has no ages.
    let population = trial.assignment.wedge == nil ? trial.population : Condition()
    var requests = population.columnRequests
    requests.insert(ColumnRequest(name, as: .identifier))
    for column in groups + balance { requests.insert(ColumnRequest(column, as: .category)) }
    for column in plan.covariates { requests.insert(ColumnRequest(column, as: .number)) }
    let table = try source.table(of: requests)

    let eligible = try table.rows(satisfying: population)
    let identifiers = try table.identifiers(name)
    var rows: [Int] = []
    var names: [String] = []
    var outsideLayer = 0
    let layer = trial.assignment.layer.map { ($0, PopulationLayer(name: $0.name)) }
    var faults: [(row: Int, column: String, fault: EnrolmentFault)] = []
    for row in 0..<table.rowCount where eligible[row] {
      guard let identifier = identifiers[row] else {
        faults.append((row, name, .missingIdentifier))
        continue
      }
      let unit = identifier.normalized
      if let (share, layer) = layer, !(share.from..<share.to).contains(layer.slot(of: unit)) {
        outsideLayer += 1
        continue
      }
      rows.append(row)
      names.append(unit)
    }
    for group in groups {
      let codes = try table.categories(group).codes
      for row in rows where codes[row] < 0 {
        faults.append((row, group, .missingGroup(column: group)))
      }
    }
    let covariates = try plan.covariates.map { try table.numbers($0) }
    for (column, values) in zip(plan.covariates, covariates) {
      for row in rows where !values[row].isFinite {
        faults.append((row, column, .missingGroup(column: column)))
      }
    }
    // Whoever is not eligible is compared too: a double entry may be why.
    try faults.append(contentsOf: Self.collisions(of: identifiers, column: name, in: source))
    if !faults.isEmpty { throw try Self.located(faults, in: source, path: path) }

    let blocks =
      trial.assignment.blocks.isEmpty
      ? nil : try table.categories(joining: trial.assignment.blocks)
    let clusterOf = try clusters.first.map { try table.categories($0) }
    // Where clusters themselves are listed, each is its own.
    let areClusters = plan.clusters == name
    let factors = try plan.factors.map { try table.categories($0) }
    units = zip(rows, names).map { row, name in
      DrawnUnit(
        unit: name, block: blocks?[row], cluster: areClusters ? name : clusterOf?[row],
        factors: factors.compactMap { $0[row] }, measurements: covariates.map { $0[row] })
    }
    self.covariates = try balance.map { column in
      FrameCovariate(name: column, try table.categories(column), rows: rows)
    }
    let description = try source.description()
    self.source = FileRecord(name: description.name, sha256: description.sha256)
    self.rows = table.rowCount
    self.ineligible = table.rowCount - eligible.count
    self.outsideLayer = outsideLayer
    guard !units.isEmpty else {
      throw Faults(EnrolmentFault.nobodyEligible.fault(at: SourceLocation(file: path)))
    }
  }

  /// The most faults that are put into words.
  private static let shown = 50

  /// Identifiers that stand twice, or alike.
  private static func collisions(
    of identifiers: Identifiers, column: String, in source: any DataSource
  ) throws -> [(row: Int, column: String, fault: EnrolmentFault)] {
    // Twins under NFC are equal strings to Swift; the stricter form only folds what looks alike.
    var first: [String: Int] = [:]
    first.reserveCapacity(identifiers.count)
    var pairs: [(row: Int, earlier: Int)] = []
    for row in 0..<identifiers.count {
      guard let identifier = identifiers[row] else { continue }
      let key = identifier.folded
      if let earlier = first[key] {
        pairs.append((row, earlier))
      } else {
        first[key] = row
      }
    }
    guard !pairs.isEmpty else { return [] }
    let places = try source.locations(
      ofRows: Set(pairs.prefix(shown).map(\.earlier)), column: column)
    return pairs.prefix(shown).map { row, earlier in
      let (unit, other) = (identifiers[row] ?? "", identifiers[earlier] ?? "")
      let line = places[earlier]?.line
      let fault: EnrolmentFault =
        Array(unit.utf8) == Array(other.utf8)
        ? .duplicateUnit(unit, firstLine: line) : .alikeUnits(unit, other, firstLine: line)
      return (row, column, fault)
    }
  }

  private static func located(
    _ faults: [(row: Int, column: String, fault: EnrolmentFault)], in source: any DataSource,
    path: String
  ) throws -> Faults {
    let shown = faults.prefix(Self.shown)
    var located: [Fault] = []
    for (column, group) in Dictionary(grouping: shown, by: \.column) {
      let places = try source.locations(ofRows: Set(group.map(\.row)), column: column)
      located += group.map { row, _, fault in
        fault.fault(at: places[row] ?? SourceLocation(file: path))
      }
    }
    return Faults(located) ?? Faults(EnrolmentFault.noFrame.fault(at: SourceLocation(file: path)))
  }
}

extension String {
  /// NFC, the form under which units are hashed and recorded.
  fileprivate var normalized: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }

  /// NFKC: full width and half width, circled and plain, one code point or two become the same.
  fileprivate var folded: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCompatibilityMapping
  }
}

extension Trial {
  /// What the arms are compared in: what the file names, what the analysis adjusts for, and the
  /// columns that make the groups; not the blocks, which are alike by construction.
  fileprivate var balanceColumns: [String] {
    let named = assignment.balance + assignment.covariates + assignment.factors
    let covariates = outcomes.filter { $0.role == .primary }.flatMap { outcome in
      estimator(for: outcome).estimator.columns
    }
    let groups =
      analysis.subgroups.map(\.column)
      + (cohorts.map(\.condition) + [population])
      .flatMap(\.columns)
    var seen = Set(assignment.blocks)
    return (named + covariates + groups).filter { seen.insert($0).inserted }
  }

  fileprivate func needsInFrame(_ column: String) -> Bool { assignment.balance.contains(column) }
}

extension Frame {
  /// A list that is written as the trial's data are, or a workbook's first sheet.
  private static func source(at path: String, describedBy file: TrialFile) -> any DataSource {
    let data = file.trial.data
    let encoding: TextEncoding =
      switch data.encoding {
      case .auto: .auto
      case .utf8: .utf8
      case .cp932: .cp932
      }
    return rowsFile(at: path, encoding: encoding, missing: data.missing)
  }
}
