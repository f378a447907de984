import Testing

@testable import RandomAssignment

struct PhiloxGeneratorTests {
  // Known answers of Random123 (file kat_vectors, philox4x32 with 10 rounds).
  @Test(arguments: [
    (
      SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func matchesRandom123(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>
  ) {
    #expect(PhiloxGenerator.block(at: counter, key: key) == expected)
  }

  @Test func firstValuesAreTheWordsOfBlockZeroLowWordFirst() {
    var generator = PhiloxGenerator(seed: 0)
    #expect(generator.next() == 0xe169_c58d_6627_e8d5)
    #expect(generator.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  @Test func sequencesMatchTheSecondImplementation() throws {
    let golden = try GoldenDraws.read()
    var plain = PhiloxGenerator(seed: GoldenDraws.seed)
    #expect(golden.bits == (0..<8).map { _ in String(plain.next()) })
    var far = PhiloxGenerator(seed: .max, stream: 1 << 63 + 5)
    #expect(golden.bitsStream == (0..<8).map { _ in String(far.next()) })
  }

  @Test func streamsDoNotShareValues() {
    var seen: Set<UInt64> = []
    for stream in 0..<64 as Range<UInt64> {
      var generator = PhiloxGenerator(seed: 7, stream: stream)
      for _ in 0..<256 { seen.insert(generator.next()) }
    }
    // 2¹⁴ values of 64 bits: a coincidence has probability about 2²⁷/2⁶⁴.
    #expect(seen.count == 64 * 256)
  }
}
