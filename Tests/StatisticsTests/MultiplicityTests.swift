import RandomAssignment
import Statistics
import Testing

struct MultiplicityTests {
  private static let examples = [
    "adjust": [0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216],
    "ties": [0.04, 0.01, 0.04, 0.5, 0.01, 1, 0],
  ]

  @Test(arguments: Multiplicity.allCases, ["adjust", "ties"])
  func matchesPAdjustInR(method: Multiplicity, example: String) throws {
    let reference = try ContinuousReference()
    let p = try #require(Self.examples[example])
    for (index, value) in try method.adjusted(p).enumerated() {
      let expected = try reference.number("\(method.rawValue).\(index + 1)", in: example)
      #expect(isClose(value, expected, within: 1e-15))
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
