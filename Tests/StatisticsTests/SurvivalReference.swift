import Foundation
import Statistics
import TestSupport
import Testing

/// What `Reference/survival.R` was given and answered.
struct SurvivalReference {
  /// One data set, column by column.
  struct Columns {
    var times: [Double] = []
    var causes: [Int] = []
    var groups: [String] = []
    var x: [Double] = []
    var strata: [String] = []
    var clusters: [String] = []

    func followUp(of group: String? = nil) throws -> FollowUp {
      let rows = times.indices.filter { group == nil || groups[$0] == group }
      return try FollowUp(times: rows.map { times[$0] }, events: rows.map { causes[$0] > 0 })
    }
  }

  let data: [String: Columns]
  private let answers: [String: Double?]

  init() throws {
    var data: [String: Columns] = [:]
    for row in try ContinuousReference.rows(of: "survival_data") {
      data[row[0], default: Columns()].times.append(try #require(Double(row[1])))
      data[row[0], default: Columns()].causes.append(try #require(Int(row[2])))
      data[row[0], default: Columns()].groups.append(row[3])
      data[row[0], default: Columns()].x.append(try #require(Double(row[4])))
      data[row[0], default: Columns()].strata.append(row[5])
      data[row[0], default: Columns()].clusters.append(row[6])
    }
    var answers: [String: Double?] = [:]
    for row in try ContinuousReference.rows(of: "survival") {
      answers["\(row[0]).\(row[1])"] = .some(row[2].hasPrefix("N") ? nil : Double(row[2]))
    }
    self.data = data
    self.answers = answers
  }

  func columns(_ name: String) throws -> Columns { try #require(data[name]) }

  /// R's answer; nil where R says NA.
  func number(_ name: String, in data: String) throws -> Double? {
    try #require(answers["\(data).\(name)"])
  }

  /// Agreement; a missing answer agrees with R's NA.
  func agrees(
    _ ours: Double?, _ name: String, in data: String, within tolerance: Double = 1e-11
  ) throws -> Bool {
    guard let theirs = try number(name, in: data) else { return ours == nil || ours == .infinity }
    return isClose(ours, theirs, within: tolerance)
  }
}
