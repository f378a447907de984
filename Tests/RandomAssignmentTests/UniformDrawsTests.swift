import Testing

@testable import RandomAssignment

/// Gives the listed bits and then zeros, to walk into a corner on purpose.
private struct ScriptedGenerator: RandomNumberGenerator {
  var bits: [UInt64]
  mutating func next() -> UInt64 { bits.isEmpty ? 0 : bits.removeFirst() }
}

struct UniformDrawsTests {
  @Test func drawsMatchTheSecondImplementation() throws {
    let golden = try GoldenDraws.read()
    var integers = PhiloxGenerator(seed: GoldenDraws.seed, stream: 1)
    #expect(golden.integers == (0..<8).map { _ in integers.uniformInteger(below: 6) })
    var large = PhiloxGenerator(seed: GoldenDraws.seed, stream: 1)
    #expect(golden.largeIntegers == (0..<8).map { _ in large.uniformInteger(below: 1 << 62 + 1) })
    var doubles = PhiloxGenerator(seed: GoldenDraws.seed, stream: 2)
    #expect(golden.doubles == (0..<8).map { _ in doubles.uniformDouble() })
    var order = Array(0..<12)
    var permuting = PhiloxGenerator(seed: GoldenDraws.seed, stream: 3)
    permuting.permute(&order)
    #expect(golden.permutation == order)
  }

  @Test func rejectsTheBitsThatWouldFavourSomeIntegers() {
    // 2⁶⁴ mod 6 = 4, so the products with low words 0…3 are rejected: bits 0 give low word 0.
    // 2⁶³·6 = 3·2⁶⁴ has low word 0 too. 2⁶³ + 1 gives 3·2⁶⁴ + 6: low word 6, accepted as 3.
    var generator = ScriptedGenerator(bits: [0, 1 << 63, 1 << 63 + 1, 99])
    #expect(generator.uniformInteger(below: 6) == 3)
    #expect(generator.next() == 99)
  }

  @Test(arguments: [1, 0, -5]) func oneOrNoValueNeedsNoBits(bound: Int) {
    var generator = ScriptedGenerator(bits: [99])
    #expect(generator.uniformInteger(below: bound) == 0)
    #expect(generator.next() == 99)
  }

  @Test func doublesStayBelowOne() {
    var generator = ScriptedGenerator(bits: [.max, 0])
    #expect(generator.uniformDouble() == 1 - 0x1p-53)
    #expect(generator.uniformDouble() == 0)
  }

  @Test func permutingNothingOrOneElementDrawsNothing() {
    var generator = ScriptedGenerator(bits: [99])
    var none: [Int] = []
    var one = [4]
    generator.permute(&none)
    generator.permute(&one)
    #expect(none.isEmpty && one == [4])
    #expect(generator.next() == 99)
  }

  @Test func allOrdersOfFourAreEquallyLikely() {
    var generator = PhiloxGenerator(seed: 11)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      generator.permute(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    let chiSquared = counts.values.reduce(0.0) { sum, count in
      sum + (Double(count) - 1000) * (Double(count) - 1000) / 1000
    }
    // qchisq(.999, 23) = 49.728; the seed is fixed, so the answer is too.
    #expect(chiSquared < 49.728)
  }
}
