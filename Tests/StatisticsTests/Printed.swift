import Testing

/// Whether a number agrees with a printed one to half a unit of its last digit.
func agrees(_ ours: Double?, _ printed: String) -> Bool {
  guard let ours, let value = Double(printed) else { return false }
  let parts = printed.split(separator: "e")
  let decimals = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  var unit = 1.0
  for _ in 0..<(decimals.count > 1 ? decimals[1].count : 0) { unit /= 10 }
  if parts.count > 1, let exponent = Double("1e\(parts[1])") { unit *= exponent }
  return abs(ours - value) <= 0.5001 * unit
}

/// Compares numbers with printed ones, in order.
func compare(
  _ ours: [Double?], _ printed: [String], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(ours.count == printed.count, comment, sourceLocation: sourceLocation)
  for (number, text) in zip(ours, printed) {
    #expect(
      agrees(number, text), "\(comment ?? "") \(number as Any), printed \(text)",
      sourceLocation: sourceLocation)
  }
}

struct PrintedTests {
  @Test func theLastDigitCounts() {
    #expect(agrees(0.12345, "0.1234") && agrees(0.12335, "0.1234") && !agrees(0.12346, "0.1234"))
    #expect(agrees(1.1234e-6, "1.123e-06") && !agrees(1.1236e-6, "1.123e-06"))
    #expect(agrees(28, "28") && !agrees(28.6, "28") && !agrees(nil, "28") && !agrees(.nan, "28"))
  }
}
