import Statistics
import Testing

struct SubgroupEffectsTests {
  private static func effects(
    _ name: String, known: Bool = false
  ) throws -> [SubgroupEffects.Effect] {
    let reference = try DecisionReference()
    let values = try reference.series("value", in: name)
    let errors = try reference.series("error", in: name)
    let freedoms = try reference.series("df", in: name)
    return values.indices.map {
      SubgroupEffects.Effect(
        value: values[$0], standardError: errors[$0],
        degreesOfFreedom: known ? nil : freedoms[$0])
    }
  }

  @Test(arguments: ["chicks", "two", "gears"]) func matchesOnewayTest(name: String) throws {
    let reference = try DecisionReference()
    let test = try SubgroupEffects(Self.effects(name)).interaction
    #expect(isClose(test.statistic, try reference.number("F", in: name)))
    #expect(test.degreesOfFreedom == (try reference.number("num", in: name)))
    #expect(isClose(test.residualDegreesOfFreedom, try reference.number("denom", in: name)))
    #expect(isClose(test.pValue, try reference.number("pvalue", in: name)))
  }

  @Test(arguments: ["chicks", "two", "gears"]) func knownErrorsGiveCochransQ(name: String) throws {
    let reference = try DecisionReference()
    let test = try SubgroupEffects(Self.effects(name, known: true)).interaction
    let q = test.statistic * test.degreesOfFreedom
    #expect(isClose(q, try reference.number("Q", in: name)))
    #expect(isClose(test.pValue, try reference.number("Q.p", in: name)))
    #expect(test.residualDegreesOfFreedom == nil)
  }

  @Test(arguments: ["chicks", "two", "gears"]) func shrinksLikeMetafor(name: String) throws {
    let reference = try DecisionReference()
    let shrunken = try SubgroupEffects(Self.effects(name)).shrunken
    let values = try reference.series("blup", in: name)
    let errors = try reference.series("blup.error", in: name)
    for (place, prediction) in shrunken.enumerated() {
      // metafor climbs to τ² in steps; near the top its last digits are its own.
      #expect(isClose(prediction.value, values[place], within: 1e-8))
      #expect(isClose(prediction.standardError, errors[place], within: 1e-6))
    }
  }

  @Test func twoGroupsAreWelchsT() throws {
    let effects = try Self.effects("two")
    let squares = effects.map { $0.standardError * $0.standardError }
    let t = (effects[0].value - effects[1].value) / (squares[0] + squares[1]).squareRoot()
    let test = try SubgroupEffects(effects).interaction
    #expect(isClose(test.statistic, t * t, within: 1e-12))
    let freedoms = try effects.map { try #require($0.degreesOfFreedom) }
    let welch =
      (squares[0] + squares[1]) * (squares[0] + squares[1])
      / (squares[0] * squares[0] / freedoms[0] + squares[1] * squares[1] / freedoms[1])
    #expect(isClose(test.residualDegreesOfFreedom, welch, within: 1e-12))
  }

  @Test func unitsAndOrderDoNotMatter() throws {
    let effects = try Self.effects("chicks")
    let plain = try SubgroupEffects(effects)
    for scale in [1e-120, 1e-6, 1e6, 1e120] {
      let scaled = try SubgroupEffects(
        effects.reversed().map {
          .init(
            value: -$0.value * scale, standardError: $0.standardError * scale,
            degreesOfFreedom: $0.degreesOfFreedom)
        })
      #expect(isClose(scaled.interaction.statistic, plain.interaction.statistic, within: 1e-10))
      #expect(isClose(scaled.interaction.pValue, plain.interaction.pValue, within: 1e-9))
      for (one, other) in zip(scaled.shrunken.reversed(), plain.shrunken) {
        #expect(isClose(one.value, -other.value * scale, within: 1e-8))
      }
    }
  }

  @Test func equalEffectsShrinkToOne() throws {
    let effects = [1.0, 2, 3].map {
      SubgroupEffects.Effect(value: 0.5, standardError: $0, degreesOfFreedom: 10)
    }
    let groups = try SubgroupEffects(effects)
    #expect(groups.interaction.statistic < 1e-30 && groups.interaction.pValue == 1)
    #expect(groups.shrunken.allSatisfy { isClose($0.value, 0.5, within: 1e-12) })
  }

  @Test func strangeGroupsAreRefusedOrRight() throws {
    let fine = SubgroupEffects.Effect(value: 1, standardError: 1, degreesOfFreedom: 5)
    #expect(throws: EstimationError.undefined) { try SubgroupEffects([]) }
    #expect(throws: EstimationError.undefined) { try SubgroupEffects([fine]) }
    for (value, error, freedom) in [
      (.nan, 1, 5), (.infinity, 1, 5), (1, 0, 5), (1, -1, 5), (1, .nan, 5), (1, .infinity, 5),
      (1, 1, 0), (1, 1, .nan),
    ] as [(Double, Double, Double)] {
      let bad = SubgroupEffects.Effect(
        value: value, standardError: error, degreesOfFreedom: freedom)
      #expect(throws: EstimationError.undefined) { try SubgroupEffects([fine, bad]) }
    }
    // Beyond what doubles hold: an error, or finite numbers.
    for (value, error) in [(1e300, 1e-300), (1e300, 1e300), (1e-300, 1e-300), (-1e308, 1e200)] {
      let wild = SubgroupEffects.Effect(value: value, standardError: error, degreesOfFreedom: 5)
      guard let groups = try? SubgroupEffects([fine, wild, fine]) else { continue }
      #expect(groups.interaction.statistic.isFinite && groups.interaction.pValue >= 0)
      #expect(groups.shrunken.allSatisfy { $0.value.isFinite && $0.standardError.isFinite })
    }
  }
}
