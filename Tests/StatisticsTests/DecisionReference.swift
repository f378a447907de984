import Statistics
import Testing

/// The answers of Reference/decisions.R.
struct DecisionReference {
  let answers: [String: [String: Double]]

  init() throws {
    var answers: [String: [String: Double]] = [:]
    for row in try ContinuousReference.rows(of: "decisions") {
      let value: Double? = Double(row[2])
      answers[row[0], default: [:]][row[1]] = value
    }
    self.answers = answers
  }

  func number(_ name: String, in group: String) throws -> Double {
    try #require(answers[group]?[name], "\(group) \(name)")
  }

  /// `name.1`, `name.2`, … as far as there are.
  func series(_ name: String, in group: String) throws -> [Double] {
    var found: [Double] = []
    while let value = answers[group]?["\(name).\(found.count + 1)"] { found.append(value) }
    try #require(!found.isEmpty, "\(group) \(name)")
    return found
  }
}
