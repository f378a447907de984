import Foundation
import Statistics
import Testing

/// The data and the answers of Reference/continuous.R.
struct ContinuousReference {
  /// Values by case and arm (`a` against `c`).
  let data: [String: [String: [Double]]]
  /// R's answers by case and name, as R printed them.
  let answers: [String: [String: String]]

  /// Names of the two-arm cases.
  static let cases = [
    "mtcars", "sleep", "plants", "three", "lopsided", "far", "weak", "lost", "skewed",
  ]

  init() throws {
    var data: [String: [String: [Double]]] = [:]
    for row in try Self.rows(of: "continuous_data") {
      data[row[0], default: [:]][row[1], default: []].append(try #require(Double(row[2])))
    }
    var answers: [String: [String: String]] = [:]
    for row in try Self.rows(of: "continuous") {
      answers[row[0], default: [:]][row[1]] = row[2]
    }
    self.data = data
    self.answers = answers
  }

  func means(
    of name: String, _ variance: DifferenceInMeans.Variance = .welch
  ) throws -> MarginalMeans {
    let arms = try #require(data[name])
    return try marginalMeans(of: arms, variance)
  }

  func text(_ name: String, in group: String) throws -> String {
    try #require(answers[group]?[name])
  }

  func number(_ name: String, in group: String) throws -> Double {
    try #require(Double(text(name, in: group)))
  }

  /// The lines after the header, cut at commas (no field of these files holds one).
  static func rows(of file: String) throws -> [[String]] {
    let url = try #require(
      Bundle.module.url(forResource: file, withExtension: "csv", subdirectory: "Reference"))
    return try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map { $0.split(separator: ",").map(String.init) }
  }
}

let armAgainstControl = Contrast("a", versus: "c")

func moments(of values: [Double]) -> Moments {
  var moments = Moments(variables: 1)
  for value in values { moments.add([value]) }
  return moments
}

/// Means of the arms `a` and `c` of raw values.
func marginalMeans(
  of values: [String: [Double]], _ variance: DifferenceInMeans.Variance = .welch,
  kind: Response.Kind = .continuous
) throws -> MarginalMeans {
  let response: Response = kind == .binary ? .binary("y") : .continuous("y")
  var cells: [Cell: [VariableSet: Moments]] = [:]
  for (arm, rows) in values { cells[Cell(arm: arm)] = [VariableSet(["y"]): moments(of: rows)] }
  return try DifferenceInMeans(variance: variance)
    .marginalMeans(of: response, in: Sample(cells: cells), arms: ["c", "a"])
}

/// Agreement to a relative tolerance, absolute around zero.
func isClose(_ ours: Double?, _ reference: Double, within tolerance: Double = 1e-9) -> Bool {
  guard let ours else { return false }
  return abs(ours - reference) <= tolerance * max(abs(reference), 1e-300)
    || (reference == 0 && abs(ours) <= tolerance)
}

/// The ends of a bounded interval.
func bounds(of interval: Interval) throws -> (lower: Double, upper: Double) {
  guard case .between(let lower, let upper) = interval else {
    Issue.record("expected a bounded interval, got \(interval)")
    return (.nan, .nan)
  }
  return (lower, upper)
}
