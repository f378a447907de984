import RandomAssignment
import Testing

struct SteppedWedgeTests {
  private let people = (0..<48).map { ExperimentalUnit(id: "u\($0)", cluster: "ward\($0 / 4)") }

  @Test("twelve wards in four sequences: three a step, and whole wards")
  func wards() throws {
    var generator = PhiloxGenerator(seed: 3)
    let design = SteppedWedge(sequences: 4)
    let drawn = try design.assign(people, using: &generator)
    #expect(drawn.sizes(armCount: 4) == [12, 12, 12, 12])
    for ward in 0..<12 { #expect(Set(drawn.armIndices[(4 * ward)..<(4 * ward + 4)]).count == 1) }
    #expect(design.arms.map(\.id) == ["sequence1", "sequence2", "sequence3", "sequence4"])
  }

  @Test("nobody has the offer at first, everybody at last, and nobody loses it")
  func staircase() {
    let design = SteppedWedge(sequences: 4)
    #expect(design.periods == 5)
    let wedge = (0..<4).map { sequence in
      (0..<5).map { design.hasOffer(sequence: sequence, period: $0) ? 1 : 0 }
    }
    #expect(
      wedge == [[0, 1, 1, 1, 1], [0, 0, 1, 1, 1], [0, 0, 0, 1, 1], [0, 0, 0, 0, 1]])
    #expect((0..<5).map(design.probabilityOfOffer) == [0, 0.25, 0.5, 0.75, 1])
  }

  // 2 : 1 : 1 of 12 wards; the standard error of 1/2 in 20,000 draws is .0035, four are .0142.
  @Test("a ward has the offer in a period as often as the design says")
  func probabilities() throws {
    let design = SteppedWedge(arms: [2, 1, 1].enumerated().map { Arm(id: "s\($0)", share: $1) })
    var generator = PhiloxGenerator(seed: 21)
    var having = [0, 0, 0, 0]
    for _ in 0..<20_000 {
      let sequence = try design.assign(people, using: &generator).armIndices[0]
      for period in 0..<4 where design.hasOffer(sequence: sequence, period: period) {
        having[period] += 1
      }
    }
    for (period, expected) in [0, 0.5, 0.75, 1].enumerated() {
      #expect(design.probabilityOfOffer(inPeriod: period) == expected)
      #expect(abs(Double(having[period]) / 20_000 - expected) < 0.0142)
    }
  }

  @Test("units without a cluster and designs without sequences are refused")
  func refusals() {
    var generator = PhiloxGenerator(seed: 1)
    #expect(throws: DesignError.missingCluster(unit: "a")) {
      try SteppedWedge(sequences: 2).assign([ExperimentalUnit(id: "a")], using: &generator)
    }
    #expect(throws: DesignError.noArms) {
      try SteppedWedge(sequences: 0).assign(people, using: &generator)
    }
    #expect(SteppedWedge(sequences: -1).probabilityOfOffer(inPeriod: 1) == 0)
  }
}
