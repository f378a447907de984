import TestSupport
import Testing

@testable import DataSources

@Suite("CSV: numbers")
struct CSVNumberTests {
  @Test(
    "texts that are numbers",
    arguments: [
      ("0", 0.0), ("-0", -0.0), ("+5", 5), ("007", 7), ("1.", 1), (".5", 0.5), ("-.5", -0.5),
      ("1e3", 1000), ("1E-2", 0.01), ("1.5e+2", 150), ("９８", 98), ("－１．５", -1.5), ("＋３", 3),
      ("1,546", 1546), ("-1,234,567.5", -1_234_567.5), ("１，５４６", 1546), ("▲3", -3),
      ("△1,000", -1000),
      ("−2", -2), (" 4 ", 4), ("　４　", 4), ("\"7\"", 7), ("1e400000", nil), ("1e-400000", 0),
      ("9007199254740993", 9_007_199_254_740_992), ("0.1", 0.1),
      ("2.71892142295837", 2.71892142295837), ("1e22", 1e22), ("1e23", 1e23),
      ("123456789012345678901234567890", 123456789012345678901234567890.0),
      (
        "1797693134862315708145274237317043567980e269",
        1.797693134862315708145274237317043567980e308
      ),
      ("0.000000000000000000000000000000000000000000000000000000000000000000001", 1e-69),
    ] as [(String, Double?)])
  func accepted(_ text: String, _ value: Double?) throws {
    let field = text.contains(",") || text.contains("，") ? "\"\(text)\"" : text
    if let value {
      let read = try read("a,b\n\(field),1\n", ["a": .number]).numbers("a")
      #expect(read.map(\.bitPattern) == [value.bitPattern])
    } else {
      #expect(try faults(of: "a,b\n\(field),1\n", ["a": .number]).count == 1)
    }
  }

  @Test(
    "texts that are no numbers",
    arguments: [
      "inf", "-Infinity", "nan", "NaN", "NA", "0x10", "0x1p3", "1_000", "1 000", "12人", "5%", "¥5",
      "1,23", "1,2345", ",5", "1,", "1.5,000", "--1", "+-1", "▲-1", "e5", "1e", "1e+", ".", "+",
      "1.2.3",
      "1e5.5", "٣", "²", "TRUE", "1e1,000", "\u{0}",
    ])
  func refused(_ text: String) throws {
    let lines = try faults(of: "a,b\n\"\(text)\",1\n", ["a": .number])
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("2:") == true)
  }

  /// Our exact fast path against the standard library's correctly rounded reading.
  @Test func nearestDoubleForRandomDecimals() throws {
    var generator = SplitMix(state: 1)
    var texts: [String] = []
    for _ in 0..<20_000 {
      let digits = String(generator.next() >> UInt64.random(in: 0..<64, using: &generator))
      let point = Int.random(in: 0...digits.count, using: &generator)
      let exponent = Int.random(in: -30...30, using: &generator)
      let mantissa = digits.prefix(point) + "." + digits.dropFirst(point)
      texts.append((exponent > 0 ? "-" : "") + mantissa + (exponent == 0 ? "" : "e\(exponent)"))
    }
    let table = try read("a,b\n" + texts.map { $0 + ",1\n" }.joined(), ["a": .number])
    #expect(try table.numbers("a").map(\.bitPattern) == texts.map { Double($0)?.bitPattern })
  }
}
