import RandomAssignment
import Statistics
import Testing

struct MultiplicityTests {
  private static let examples = [
    "adjust": [0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216],
    "ties": [0.04, 0.01, 0.04, 0.5, 0.01, 1, 0],
  ]

  @Test(
    arguments: Multiplicity.allCases,
    ["adjust", "ties", "two", "pair"] + (1...6).map { "random\($0)" })
  func matchesPAdjustInR(method: Multiplicity, example: String) throws {
    let reference = try DecisionReference()
    let p = try reference.series("p", in: example)
    let expected = try reference.series(method.rawValue, in: example)
    for (ours, theirs) in zip(try method.adjusted(p), expected) {
      #expect(isClose(ours, theirs, within: 1e-14))
    }
  }

  /// Hommel's value is the largest Simes p-value over all sets that hold the hypothesis.
  @Test func hommelIsTheClosureOfSimes() throws {
    var generator = PhiloxGenerator(seed: 8)
    for size in 1...7 {
      let p = (0..<size).map { _ in (generator.uniformDouble() * 50).rounded() / 100 }
      let adjusted = try Multiplicity.hommel.adjusted(p)
      for question in 0..<size {
        var largest = 0.0
        for set in 1..<(1 << size) where set & (1 << question) != 0 {
          let members = (0..<size).filter { set & (1 << $0) != 0 }.map { p[$0] }.sorted()
          let simes = members.enumerated().reduce(1.0) {
            min($0, Double(members.count) * $1.element / Double($1.offset + 1))
          }
          largest = max(largest, simes)
        }
        #expect(isClose(adjusted[question], largest, within: 1e-14))
      }
    }
  }

  @Test(arguments: Multiplicity.allCases) func theOrderDoesNotMatter(method: Multiplicity) throws {
    let p = try #require(Self.examples["ties"])
    let adjusted = try method.adjusted(p)
    var generator = PhiloxGenerator(seed: 5)
    for _ in 0..<20 {
      var order = Array(p.indices)
      generator.permute(&order)
      #expect(try method.adjusted(order.map { p[$0] }) == order.map { adjusted[$0] })
    }
  }

  @Test(arguments: Multiplicity.allCases) func smallFamilies(method: Multiplicity) throws {
    #expect(try method.adjusted([]) == [])
    #expect(try method.adjusted([0.3]) == [0.3])
  }

  @Test(arguments: Multiplicity.allCases, [Double.nan, -0.1, 1.5, .infinity])
  func whatIsNoProbabilityIsRefused(method: Multiplicity, value: Double) {
    #expect(throws: EstimationError.numericalFailure) { try method.adjusted([0.2, value]) }
  }
}
