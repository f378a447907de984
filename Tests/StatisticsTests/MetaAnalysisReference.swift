import Foundation
import Statistics
import Testing

/// The data and the answers of Reference/meta_analysis.R.
struct MetaAnalysisReference {
  struct Data {
    var effects: [StudyEffect] = []
    var moderators: [[Double]] = [[], []]
    var clusters: [String] = []
  }

  let data: [String: Data]
  let answers: [String: [String: Double]]

  static let cases = ["bcg", "school", "three", "alike"]
  static let methods: [(HeterogeneityMethod, String)] = [
    (.equalEffects, "EE"), (.derSimonianLaird, "DL"), (.pauleMandel, "PM"),
    (.maximumLikelihood, "ML"), (.restrictedMaximumLikelihood, "REML"),
  ]

  init() throws {
    var data: [String: Data] = [:]
    for row in try ContinuousReference.rows(of: "meta_analysis_data") {
      let numbers = try row[1..<5].map { try #require(Double($0)) }
      data[row[0], default: Data()].effects.append(
        StudyEffect(value: numbers[0], variance: numbers[1]))
      data[row[0]]?.moderators[0].append(numbers[2])
      data[row[0]]?.moderators[1].append(numbers[3])
      data[row[0]]?.clusters.append(row[5])
    }
    var answers: [String: [String: Double]] = [:]
    for row in try ContinuousReference.rows(of: "meta_analysis") {
      answers[row[0], default: [:]][row[1]] = Double(row[2])
    }
    self.data = data
    self.answers = answers
  }

  func data(_ name: String) throws -> Data { try #require(data[name]) }

  func number(_ name: String, in group: String) throws -> Double {
    try #require(answers[group]?[name], "\(group) \(name)")
  }

  static func tables() throws -> [TwoByTwoTable] {
    try ContinuousReference.rows(of: "meta_analysis_tables").map { row in
      let n = try row.map { try #require(Int($0)) }
      return try #require(
        TwoByTwoTable(events: n[1], of: n[1] + n[2], versus: n[3], of: n[3] + n[4]))
    }
  }
}
