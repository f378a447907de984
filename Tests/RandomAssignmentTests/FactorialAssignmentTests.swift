import RandomAssignment
import Testing

struct FactorialAssignmentTests {
  private typealias Factor = FactorialAssignment.Factor
  private let design = FactorialAssignment(factors: [
    Factor(id: "picture", levels: ["plain", "peer"]),
    Factor(id: "deadline", levels: ["none", "week", "day"]),
  ])

  @Test("2 × 3 makes six arms, the last factor changing fastest, and each knows its levels")
  func combinations() {
    #expect(
      design.arms.map(\.id) == [
        "plain+none", "plain+week", "plain+day", "peer+none", "peer+week", "peer+day",
      ])
    for (index, arm) in design.arms.enumerated() {
      let names = design.levels(ofArm: index).map { levels in
        zip(design.factors, levels).map { $0.levels[$1] }.joined(separator: "+")
      }
      #expect(names == arm.id)
    }
    #expect(design.levels(ofArm: 6) == nil && design.levels(ofArm: -1) == nil)
  }

  @Test("each factor splits the units evenly, in every block too")
  func balance() throws {
    var generator = PhiloxGenerator(seed: 6)
    let people = (0..<120).map { ExperimentalUnit(id: "u\($0)", block: "b\($0 / 12)") }
    var blocked = design
    blocked.isBlocked = true
    let drawn = try blocked.assign(people, using: &generator).armIndices
    for block in 0..<10 {
      let own = drawn[(12 * block)..<(12 * block + 12)].compactMap(design.levels(ofArm:))
      #expect(own.count { $0[0] == 1 } == 6)
      for level in 0..<3 { #expect(own.count { $0[1] == level } == 4) }
    }
    #expect(
      try design.assign(people, using: &generator).sizes(armCount: 6) == [20, 20, 20, 20, 20, 20])
  }

  // The standard error of 1/6 in 20,000 draws is .00264; four are .0106.
  @Test("every combination is as likely as the others")
  func probabilities() throws {
    var generator = PhiloxGenerator(seed: 7)
    let people = (0..<7).map { ExperimentalUnit(id: "u\($0)") }
    var hits = Array(repeating: 0, count: 6)
    for _ in 0..<20_000 { hits[try design.assign(people, using: &generator).armIndices[0]] += 1 }
    let expected = design.probabilities(for: people[0])
    #expect(expected == Array(repeating: 1.0 / 6, count: 6))
    for count in hits { #expect(abs(Double(count) / 20_000 - 1.0 / 6) < 0.0106) }
  }

  @Test("no factors, a factor without levels, and combinations with one name are refused")
  func refusals() {
    var generator = PhiloxGenerator(seed: 1)
    let people = [ExperimentalUnit(id: "a")]
    for factors in [[], [Factor(id: "picture", levels: [])]] as [[Factor]] {
      let empty = FactorialAssignment(factors: factors)
      #expect(empty.levels(ofArm: 0) == nil)
      #expect(throws: DesignError.noArms) { try empty.assign(people, using: &generator) }
    }
    let twice = FactorialAssignment(factors: [Factor(id: "picture", levels: ["x", "x"])])
    #expect(throws: DesignError.duplicateArm("x")) { try twice.assign(people, using: &generator) }
  }
}
