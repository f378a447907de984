import DataSources
import Foundation
import Ledger
import Statistics
import Trials
import Vocabulary

/// The texts of the files that a draw leaves behind.
struct AssignmentFiles {
  let trial: Trial
  let engine: String

  /// Everyone with what the draw knew and the arm.
  func assignment(of units: [DrawnUnit]) -> [UInt8] {
    let hasFormedBlocks = units.contains { $0.formedBlock != nil }
    let blocks = trial.assignment.blocks
    var writer = CSVWriter(byteOrderMark: true)
    writer.append(
      [unitColumn] + blocks + [clusterColumn].compactMap(\.self)
        + (hasFormedBlocks ? [Trial.formedBlockColumn] : []) + [trial.assignment.column])
    for unit in units {
      var row: [String?] = [unit.unit]
      if !blocks.isEmpty { row += parts(of: unit.block) }
      if clusterColumn != nil { row.append(unit.cluster) }
      if hasFormedBlocks { row.append(unit.formedBlock) }
      writer.append(row + [unit.arm])
    }
    return writer.content
  }

  /// Which code stands for whom.
  func codes(of units: [DrawnUnit]) -> [UInt8] {
    var writer = CSVWriter(byteOrderMark: true)
    writer.append([unitColumn, "code"])
    for unit in units { writer.append([unit.unit, unit.code]) }
    return writer.content
  }

  /// Which arm belongs to which code, in the order of the codes, so that the place tells nothing.
  func sealed(_ entries: [(code: String, arm: String)]) -> [UInt8] {
    var writer = CSVWriter(byteOrderMark: true)
    writer.append(["code", trial.assignment.column])
    for (code, arm) in entries.sorted(by: { $0.code < $1.code }) { writer.append([code, arm]) }
    return writer.content
  }

  /// The balance table.
  func balance(_ table: BalanceTable) -> [UInt8] {
    var writer = CSVWriter(byteOrderMark: true)
    writer.append([
      "covariate", "level", "arm", "n", "mean", "mean_control", "smd", "variance_ratio",
    ])
    func text(_ value: Double?) -> String? { value.map { "\($0)" } }
    for row in table.rows {
      let balance = row.balance
      writer.append([
        row.covariate, row.level, row.arm, String(balance.count), text(balance.mean),
        text(balance.controlMean), text(balance.standardizedDifference),
        text(balance.varianceRatio),
      ])
    }
    return writer.content
  }

  private var unitColumn: String { trial.drawnColumn ?? "unit" }

  /// The clusters' column; nil where there is none, or clusters are what is listed.
  private var clusterColumn: String? {
    trial.assignment.clusters == unitColumn ? nil : trial.assignment.clusters
  }

  /// A block's key taken apart into the values of its columns.
  private func parts(of block: String?) -> [String?] {
    let parts = block.flatMap { DrawnUnit.parts(ofKey: $0) } ?? []
    return trial.assignment.blocks.indices.map { parts.indices.contains($0) ? parts[$0] : nil }
  }
}
