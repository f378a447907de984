import Foundation
import Statistics
import Testing

/// The data and the answers of Reference/linear_models.R.
struct LinearModelReference {
  let data: [String: [String: [Double]]]
  /// Fit, term and what.
  let answers: [String: [String: [String: Double]]]

  init() throws {
    var data: [String: [String: [Double]]] = [:]
    for row in try ContinuousReference.rows(of: "linear_models_data") {
      data[row[0], default: [:]][row[1]] = row[2].split(separator: " ").compactMap {
        Double(String($0))
      }
    }
    var answers: [String: [String: [String: Double]]] = [:]
    for row in try ContinuousReference.rows(of: "linear_models") {
      answers[row[0], default: [:]][row[1], default: [:]][row[2]] = Double(row[3])
    }
    self.data = data
    self.answers = answers
  }

  func column(_ name: String, of set: String) throws -> [Double] {
    try #require(data[set]?[name])
  }
}

/// A regression with an intercept, unless blocks are absorbed.
func fit(
  _ outcome: [Double], on columns: [(String, [Double])], weights: [Double]? = nil,
  absorbing blocks: Grouping? = nil
) throws -> LinearModel {
  let intercept = blocks == nil ? [LinearDesign.Column.intercept(rows: outcome.count)] : []
  let design = try #require(
    LinearDesign(
      columns: intercept + columns.map { LinearDesign.Column($0.0, $0.1) }, weights: weights,
      absorbing: blocks))
  return try LinearModel(outcome, on: design)
}
