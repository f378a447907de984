import Testing

@testable import Vocabulary

@Suite struct DecimalTextTests {
  @Test(
    arguments: [
      ("0", 0), ("7", 7), ("０", 0), ("1234", 1234), ("1,234", 1234), ("１，２３４", 1234),
      ("1,546,000", 1_546_000), ("12,345.5", 12345.5), ("０．９５", 0.95), (".5", 0.5), ("007", 7),
      ("-3", -3), ("+3", 3), ("−3", -3), ("－３", -3), ("▲3", -3), ("△3", -3), ("▲ 1,234", -1234),
      ("  12 ", 12), ("　１２　", 12), ("\u{A0}12", 12), ("1e+05", 100_000), ("1E-05", 0.00001),
      ("2.5e3", 2500), ("-0", 0), ("0.000", 0), ("1e-400", 0),
    ] as [(String, Double)])
  func reads(text: String, value: Double) {
    #expect(DecimalText.parse(text) == value)
  }

  @Test(arguments: [
    "", " ", "-", "▲", "+", ",", ".", "1,23", "1,2345", "12,34,567", "1234,567", ",123", "1,234,",
    "0,123", "1.", "1.2.3", "1.234,5", "1,234.", "5%", "５％", "(5)", "0x10", "0o10", "1_000", "nan",
    "inf", "Infinity", "1e", "1e+", "e5", "1e999", "--1", "-+1", "1 000", "1-", "三", "12人", "1\n",
    "…", "X", "*", "１2 3", "\u{0}", "1\u{0}", "½", "٣",
  ])
  func refuses(text: String) {
    #expect(DecimalText.parse(text) == nil)
  }

  /// Most texts are also literals of the language: the compiler's own rounding is the reference.
  /// 2⁵³ + 1 lies halfway and goes to the even neighbour, 2⁵³ (IEEE 754).
  @Test(
    arguments: [
      ("9007199254740993", 9_007_199_254_740_992), ("0.1", 0.1),
      ("123456789.123456789", 123456789.123456789),
      ("1.7976931348623157e308", 1.7976931348623157e308), ("5e-324", Double.leastNonzeroMagnitude),
      ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown), ("8.41e21", 8.41e21),
      ("1e23", 1e23),
      ("0.30000000000000004", 0.30000000000000004), ("18446744073709551616", 18446744073709551616),
      ("100000000000000000000000000000000", 1e32), ("0.3333333333333333333333", 1.0 / 3),
    ] as [(String, Double)])
  func roundsCorrectly(text: String, value: Double) {
    #expect(DecimalText.parse(text) == value)
  }

  @Test func aLongFractionAndALargeExponentCancel() {
    let zeros = String(repeating: "0", count: 20_000)
    #expect(DecimalText.parse("0.\(zeros)1e20001") == 1)
  }

  @Test func everyPrintedDoubleIsReadBack() {
    var generator = Xorshift(state: 2021_06_01)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(DecimalText.parse("\(value)") == value)
    }
  }

  @Test func neverTrapsOnBytes() {
    var generator = Xorshift(state: 7)
    let letters = Array("0123456789,.+-eE ０９，．▲△−　x\u{0}".utf8)
    var numbers = 0
    for _ in 0..<50_000 {
      let bytes = (0..<Int(generator.next() % 12)).map { _ in
        letters[Int(generator.next() % UInt64(letters.count))]
      }
      let value = bytes.withUnsafeBufferPointer { DecimalText.parse($0) }
      if let value {
        numbers += 1
        #expect(value.isFinite)
      }
    }
    #expect(numbers > 0)
  }
}

/// A small seeded generator, so that a failure can be repeated (Marsaglia's xorshift64).
struct Xorshift: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
