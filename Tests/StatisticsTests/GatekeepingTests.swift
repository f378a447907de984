import RandomAssignment
import Statistics
import Testing

struct GatekeepingTests {
  private static func procedure(
    _ name: String, _ reference: DecisionReference
  ) throws -> Gatekeeping {
    let weights = try reference.series("w", in: name)
    let entries = try reference.series("g", in: name)
    let rows = weights.indices.map { i in
      weights.indices.map { entries[i * weights.count + $0] }
    }
    return try #require(Gatekeeping(weights: weights, transitions: rows))
  }

  private static func agrees(
    _ procedure: Gatekeeping, with name: String, _ reference: DecisionReference
  ) throws {
    for draw in 1...12 {
      let p = try reference.series("p\(draw)", in: name)
      let expected = try reference.series("adjusted\(draw)", in: name)
      for (ours, theirs) in zip(try procedure.adjusted(p), expected) {
        #expect(isClose(ours, theirs, within: 1e-12), "\(name) \(draw)")
      }
    }
  }

  /// R's values are those of the closed test, over every intersection.
  @Test(arguments: ["parallel22", "parallel122", "holm4", "fixed3", "cycle", "leaky"])
  func theGraphIsItsClosure(name: String) throws {
    let reference = try DecisionReference()
    try Self.agrees(try Self.procedure(name, reference), with: name, reference)
  }

  @Test func namedProceduresAreTheirGraphs() throws {
    let reference = try DecisionReference()
    let named: [(String, Gatekeeping?)] = [
      ("parallel22", .parallel([[0, 1], [2, 3]])),
      ("parallel122", .parallel([[0], [1, 2], [3, 4]])),
      ("holm4", .holm(4)), ("fixed3", .fixedSequence(3)),
      ("serial", .serial([[0, 3], [1, 2, 4]])),
    ]
    for (name, procedure) in named {
      try Self.agrees(try #require(procedure), with: name, reference)
    }
  }

  /// By hand: 0.01 passes at 0.05; 0.04 opens the third, 0.03 passes too and cannot be below 0.04; 0.06
  /// ends it, and 0.001 behind it never gets asked at 0.05.
  @Test func byHand() throws {
    #expect(
      try Gatekeeping.fixedSequence(5).adjusted([0.01, 0.04, 0.03, 0.06, 0.001])
        == [0.01, 0.04, 0.04, 0.06, 0.06])
    // 0.01/½ = 0.02; its half goes on in quarters, 0.012/¼ = 0.048; the third gets that quarter as well:
    // 0.03/½ = 0.06. The other one of the first family keeps its half: 0.2/½ = 0.4.
    let parallel = try #require(Gatekeeping.parallel([[0, 1], [2, 3]]))
    let adjusted = try parallel.adjusted([0.01, 0.2, 0.012, 0.03])
    for (ours, hand) in zip(adjusted, [0.02, 0.4, 0.048, 0.06]) {
      #expect(isClose(ours, hand, within: 1e-13))
    }
  }

  @Test func holmIsHolm() throws {
    var generator = PhiloxGenerator(seed: 3)
    for size in 1...8 {
      let p = (0..<size).map { _ in generator.uniformDouble() / 10 }
      let expected = try Multiplicity.holm.adjusted(p)
      for (ours, theirs) in zip(try Gatekeeping.holm(size).adjusted(p), expected) {
        #expect(isClose(ours, theirs, within: 1e-12))
      }
    }
  }

  @Test func whatIsNoGraphIsRefused() throws {
    #expect(Gatekeeping(weights: [], transitions: []) == nil)
    #expect(Gatekeeping(weights: [0.6, 0.6], transitions: [[0, 1], [1, 0]]) == nil)
    #expect(Gatekeeping(weights: [0.5, 0.5], transitions: [[0.1, 0.9], [1, 0]]) == nil)
    #expect(Gatekeeping(weights: [0.5, 0.5], transitions: [[0, 1.1], [1, 0]]) == nil)
    #expect(Gatekeeping(weights: [0.5, .nan], transitions: [[0, 1], [1, 0]]) == nil)
    #expect(Gatekeeping(weights: [0.5], transitions: [[0, 1]]) == nil)
    #expect(Gatekeeping.serial([[0], [0, 1]]) == nil)
    #expect(Gatekeeping.parallel([[0], [2]]) == nil)
    #expect(throws: EstimationError.numericalFailure) { try Gatekeeping.holm(2).adjusted([0.1]) }
    #expect(throws: EstimationError.numericalFailure) {
      try Gatekeeping.holm(2).adjusted([0.1, .nan])
    }
    #expect(try Gatekeeping.holm(0).adjusted([]) == [])
    #expect(try Gatekeeping.fixedSequence(-3).adjusted([]) == [])
    #expect(try Gatekeeping.serial([[], [0]])?.adjusted([0.2]) == [0.2])
    #expect(try Gatekeeping.parallel([])?.adjusted([]) == [])
  }
}
