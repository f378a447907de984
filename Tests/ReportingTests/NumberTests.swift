import Testing

@testable import Reporting

@Suite struct NumberTests {
  // Rounding by hand: half away from zero on the digits as written.
  @Test(arguments: [
    (0.125, 2, "0.13"), (2.5, 0, "3"), (0.005, 2, "0.01"), (9.996, 2, "10.00"), (0.0, 1, "0.0"),
    (1_234_567.891, 1, "1,234,567.9"), (999.95, 1, "1,000.0"), (1e-7, 3, "0.000"),
    (0.04, 1, "0.0"), (1e300, 0, "1e300"), (.leastNonzeroMagnitude, 2, "0.00"),
  ])
  func roundsAsPeopleDo(value: Double, decimals: Int, expected: String) throws {
    let digits = try #require(DecimalDigits(value))
    #expect(digits.magnitudeText(decimals: decimals) == expected)
  }

  @Test func hasNoDigitsForWhatIsNoNumber() {
    #expect(DecimalDigits(.nan) == nil)
    #expect(DecimalDigits(.infinity) == nil)
    #expect(NumberStyle(decimals: 1).text(.nan) == "—")
    #expect(NumberStyle(decimals: 1).text(nil) == "—")
  }

  // 0.07 × 100 is 7.000000000000001 in binary; moving the point keeps 7.
  @Test func percentagesMoveThePoint() {
    #expect(NumberStyle(shift: 2, decimals: 12, suffix: "%").text(0.07) == "7.000000000000%")
  }

  @Test func aNumberThatIsNotZeroIsNotPrintedAsZero() {
    let points = NumberStyle(shift: 2, decimals: 1)
    #expect(points.signed(0.0004) == "+0.04")
    #expect(points.signed(-0.0004) == "−0.04")
    #expect(points.signed(0) == "0.0")
  }

  // Two digits of the half-width: 1.3 → one decimal, 0.13 → two, 90 → none.
  @Test(arguments: [(1.3, 1), (0.13, 2), (90, 0), (0.0013, 4), (0, 0)])
  func decimalsFollowTheUncertainty(halfWidth: Double, expected: Int) {
    #expect(NumberStyle.decimals(forHalfWidth: halfWidth, shift: 0, atLeast: 0) == expected)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567"),
    (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func countsAreGrouped(count: Int, expected: String) {
    #expect(NumberStyle.text(count: count) == expected)
  }
}

@Suite struct PValueTests {
  @Test(arguments: [
    (0.00792, "0.0079"), (0.49, "0.49"), (0.117, "0.12"), (0.000112, "0.00011"),
    (0.0000999, "<0.0001"), (2e-19, "<0.0001"), (0, "<0.0001"), (1, ">0.99"), (0.994, "0.99"),
  ])
  func hasTwoDigits(value: Double, expected: String) {
    #expect(PValueText.text(value, alpha: 0.05) == expected)
  }

  // 0.0499 to two digits is 0.050, which would say "not below 0.05".
  @Test(arguments: [(0.0499, "0.0499"), (0.04996, "0.04996"), (0.0501, "0.050"), (0.05, "0.050")])
  func staysOnItsSideOfAlpha(value: Double, expected: String) {
    #expect(PValueText.text(value, alpha: 0.05) == expected)
  }

  @Test(arguments: [nil, Double.nan, -1, .infinity])
  func isUnknownWhenItIsNoProbability(value: Double?) {
    #expect(PValueText.text(value, alpha: 0.05) == "—")
  }
}

@Suite struct NaturalFrequencyTests {
  @Test(arguments: [
    (0.05, 0.06, 100),  // 1 of 100, though 0.06 − 0.05 < 0.01 in binary
    (0.051, 0.058, 1_000),  // 0.7 of 100, 7 of 1,000
    (0.05, 0.0502, 10_000),  // 2 of 10,000
    (0.05, 0.05, 10_000),  // no denominator shows what is not there
    (0.002, 0.5, 1_000),  // 0.2 of 100 would be nobody
    (0, 0.03, 100),
  ])
  func choosesTheDenominator(control: Double, arm: Double, expected: Int) {
    #expect(NaturalFrequency.denominator(control: control, arm: arm) == expected)
    #expect(NaturalFrequency.denominator(control: arm, arm: control) == expected)
  }

  @Test func countsWholePeopleAndSignedDifferences() throws {
    let frequency = try #require(NaturalFrequency(control: 0.051, arm: 0.096, outOf: 1_000))
    #expect(frequency.controlPeople == "51")
    #expect(frequency.armPeople == "96")
    #expect(frequency.difference(-0.0132) == "−13.2")
  }

  @Test func isOnlyForRates() {
    #expect(NaturalFrequency(control: 1.2, arm: 0.1, outOf: 100) == nil)
    #expect(NaturalFrequency(control: nil, arm: 0.1, outOf: 100) == nil)
    #expect(NaturalFrequency.denominator(control: .nan, arm: 0.1) == nil)
  }
}
