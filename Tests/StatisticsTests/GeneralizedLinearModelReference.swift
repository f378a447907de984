import Foundation
import Statistics
import Testing

/// The data and the answers of Reference/generalized_linear_models.R.
struct GeneralizedLinearModelReference {
  let data: [String: [String: [Double]]]
  /// Fit, term and what.
  let answers: [String: [String: [String: Double]]]

  init() throws {
    var data: [String: [String: [Double]]] = [:]
    for row in try ContinuousReference.rows(of: "generalized_linear_models_data") {
      data[row[0], default: [:]][row[1]] = row[2].split(separator: " ").compactMap {
        Double(String($0))
      }
    }
    var answers: [String: [String: [String: Double]]] = [:]
    for row in try ContinuousReference.rows(of: "generalized_linear_models") {
      answers[row[0], default: [:]][row[1], default: [:]][row[2]] = Double(row[3])
    }
    self.data = data
    self.answers = answers
  }

  func column(_ name: String, of set: String) throws -> [Double] {
    try #require(data[set]?[name])
  }

  /// The number of one fit, term and kind.
  func number(_ fit: String, _ term: String, _ what: String) throws -> Double {
    try #require(answers[fit]?[term]?[what])
  }

  /// An intercept, indicators of a category's levels after the first, named as R does.
  func indicators(of name: String, in set: String, as label: (Int) -> String) throws
    -> [LinearDesign.Column]
  {
    let values = try column(name, of: set)
    let levels = Set(values).sorted().dropFirst()
    return levels.enumerated().map { index, level in
      LinearDesign.Column(label(index), values.map { $0 == level ? 1 : 0 })
    }
  }

  /// The trial in three arms, with its units' covariates and clusters.
  func sample(_ outcome: String, exposure: String? = nil, clustered: Bool = false) throws
    -> UnitSample
  {
    let response = try ([outcome] + (exposure.map { [$0] } ?? [])).map {
      try column($0, of: "trial")
    }
    let covariates = try ["age", "female"].map {
      ($0, [LinearDesign.Column($0, try column($0, of: "trial"))])
    }
    let clusters = clustered ? Grouping(try column("cluster", of: "trial")) : nil
    return try #require(
      UnitSample(
        arms: ["a", "b", "c"], assignment: try column("arm", of: "trial").map { Int($0) - 1 },
        response: response, covariates: Dictionary(uniqueKeysWithValues: covariates),
        clusters: clusters))
  }
}

/// A design with an intercept.
func design(_ columns: [LinearDesign.Column]) throws -> LinearDesign {
  let rows = columns.first?.values.count ?? 0
  return try #require(LinearDesign(columns: [.intercept(rows: rows)] + columns))
}

extension GeneralizedLinearModelReference {
  /// The offset of the trial's counts.
  func logExposure() throws -> [Double] {
    try column("exposure", of: "trial").map { log($0) }
  }
}
