import Analysis
import Foundation
import TestSupport
import Trials

/// A small trial written as its author would write it, with data beside it.
enum TrialFixture {
  /// Analyses data under a trial file.
  static func analyze(
    _ trial: String = standard, data: String, merging: [[String]] = []
  ) throws -> TrialResult {
    let folder = try TemporaryFolder()
    let file = try folder.file(named: "trial.yml", trial)
    try folder.file(named: "data.csv", data)
    return try TrialResult.analyzing(
      TrialFile.load(contentsOf: file.path), merging: merging, engineVersion: "test")
  }

  static let standard = """
    nudge: 1
    trial: small
    title: 小さな試験
    arms:
      - {id: control, name: 現行, control: true}
      - {id: social, name: 同世代の声}
    cohorts:
      - {id: forties, name: 40代, where: {age: {from: 40, to: 49}}}
    population: {where: {age: {from: 35}}}
    unit: id
    assignment: {method: simple, column: arm}
    outcomes:
      - {id: visited, role: primary, kind: binary, column: visited, worthwhile: 0.05}
      - {id: yen, role: secondary, kind: continuous, column: yen}
    funnel: [opened, visited]
    data: {file: data.csv, shape: units}
    """

  static let header = "id,arm,age,opened,visited,yen\n"
}
