import Foundation

/// Tests enumerated in R (Reference/randomization.R).
struct RandomizationReference: Decodable {
  struct Case: Decodable {
    let t: [Double]
    let m: [Double]
    let arm: [Int]
    let block: [Int]
    let level: Double
    let count: Int
    let difference: Double
    let statistic: Double
    let p: Double
    let p_one: Double
    let low: Double
    let high: Double
    // Of the trial with three arms.
    let y: [Double]?
    let arms: [Int]?
    // Of times to an event.
    let times: [Double]?
    let events: [Double]?
    let household: [Int]?
  }
  struct Joint: Decodable {
    let y1: [Double]
    let y2: [Double]
    let arms: [Int]
    let observed: [Double]
    let adjusted: [Double]
  }
  struct Factorial: Decodable {
    let y: [Double]
    let cells: [Int]
    let count: Int
    let sd: Double
    let mean: Double
    let observed: Double
    let p: Double
    let p_plain: Double
  }

  let cases: [String: Case]
  let multi: Case
  let joint: Joint
  let factorial: Factorial
  let survival: Case

  static func load() throws -> RandomizationReference {
    let url = Bundle.module.url(forResource: "Reference/randomization", withExtension: "json")
    guard let url else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }
}
