import Statistics
import Testing

/// Intervals of two rates as printed: every method side by side.
struct PublishedProportionTests {
  private static func table(_ n: [Int]) throws -> TwoByTwoTable {
    try #require(TwoByTwoTable(events: n[0], of: n[1], versus: n[2], of: n[3]))
  }

  // Newcombe (1998) II and Fagerland, Lydersen & Laake (2015): counts, difference, then the limits
  // of Wald, Newcombe, Agresti and Caffo, Mee, Miettinen and Nurminen. Computed by formulas in R
  // that share no code with this module.
  @Test(arguments: [
    (
      [56, 70, 48, 80], "0.2000",
      "0.0575 0.3425 0.0524 0.3339 0.0525 0.3358 0.0533 0.3377 0.0528 0.3382"
    ),
    (
      [9, 10, 3, 10], "0.6000",
      "0.2605 0.9395 0.1705 0.8090 0.1600 0.8400 0.1821 0.8370 0.1700 0.8406"
    ),
    (
      [6, 7, 2, 7], "0.5714",
      "0.1481 0.9947 0.0582 0.8062 0.0338 0.8551 0.0544 0.8478 0.0342 0.8534"
    ),
    (
      [5, 56, 0, 29], "0.0893",
      "0.0146 0.1640 -0.0381 0.1926 -0.0289 0.1712 -0.0313 0.1926 -0.0326 0.1933"
    ),
    (
      [0, 10, 0, 20], "0",
      "0.0000 0.0000 -0.1611 0.2775 -0.1411 0.2168 -0.1611 0.2775 -0.1658 0.2844"
    ),
    (
      [0, 10, 0, 10], "0",
      "0.0000 0.0000 -0.2775 0.2775 -0.2212 0.2212 -0.2775 0.2775 -0.2879 0.2879"
    ),
    (
      [10, 10, 0, 20], "1",
      "1.0000 1.0000 0.6791 1.0000 0.6922 1.0502 0.7225 1.0000 0.7156 1.0000"
    ),
    (
      [10, 10, 0, 10], "1",
      "1.0000 1.0000 0.6075 1.0000 0.6122 1.0545 0.6777 1.0000 0.6636 1.0000"
    ),
    (
      [7, 34, 1, 34], "0.1765",
      "0.0292 0.3238 0.0189 0.3404 0.0116 0.3217 0.0284 0.3439 0.0270 0.3453"
    ),
    (
      [0, 16, 15, 72], "-0.2083",
      "-0.3021 -0.1145 -0.3157 0.0003 -0.3021 -0.0193 -0.3157 -0.0074 -0.3164 -0.0056"
    ),
  ])
  func differences(counts: [Int], value: String, limits: String) throws {
    let table = try Self.table(counts)
    #expect(agrees(DifferenceScale.value(of: table), value))
    let intervals = [
      try table.waldDifferenceInterval(level: 0.95), try table.newcombeInterval(level: 0.95),
      try table.agrestiCaffoInterval(level: 0.95),
      try ScoreTest<DifferenceScale>(table, varianceFactor: .mee).interval(level: 0.95),
      try ScoreTest<DifferenceScale>(table).interval(level: 0.95),
    ]
    compare(
      try intervals.flatMap { interval in
        let ends = try ends(interval)
        return [ends.lower, ends.upper]
      }, limits.split(separator: " ").map(String.init), "\(counts)")
  }

  // prop.test(c(56, 48), c(70, 80), correct = FALSE).
  @Test func propTest() throws {
    let limits = try ends(Self.table([56, 70, 48, 80]).waldDifferenceInterval(level: 0.95))
    compare([limits.lower, limits.upper], ["0.0575049", "0.3424951"])
  }

  @Test(arguments: [
    ([56, 70, 48, 80], ["1.3333", "1.0766", "1.6512", "2.6667", "1.2762", "5.5720"]),
    ([7, 34, 1, 34], ["7.0", "0.9096", "53.870", "8.5556", "0.9905", "73.900"]),
  ])
  func ratios(counts: [Int], printed: [String]) throws {
    let table = try Self.table(counts)
    let katz = try ends(table.katzRatioInterval(level: 0.95))
    let woolf = try ends(table.woolfOddsRatioInterval(level: 0.95))
    compare(
      [
        RatioScale.value(of: table), katz.lower, katz.upper, OddsRatioScale.value(of: table),
        woolf.lower, woolf.upper,
      ], printed)
  }

  // Perondi's trial, and the lady who tasted tea.
  @Test(arguments: [([7, 34, 1, 34], "0.05440013"), ([3, 4, 1, 4], "0.48571429")])
  func fisher(counts: [Int], p: String) throws {
    #expect(agrees(try Self.table(counts).fisherExactPValue, p))
  }

  // UCBAdmissions in R: men admitted and rejected, women admitted and rejected, by department.
  @Test func berkeley() throws {
    let departments = [
      [512, 313, 89, 19], [353, 207, 17, 8], [120, 205, 202, 391], [138, 279, 131, 244],
      [53, 138, 94, 299], [22, 351, 24, 317],
    ]
    let pooled = try MantelHaenszel(
      of: departments.map { n in try Self.table([n[0], n[0] + n[1], n[2], n[2] + n[3]]) })
    // log .904696828, from R's common odds ratio.
    #expect(abs(pooled.logOddsRatio.estimate - -0.100155365) < 1e-7)
  }

  @Test func comparedWithTheArmsExchanged() throws {
    for counts in [[56, 70, 48, 80], [7, 34, 1, 34], [5, 56, 2, 29]] {
      let table = try Self.table(counts)
      for method in [
        TwoByTwoTable.waldDifferenceInterval(level:), TwoByTwoTable.agrestiCaffoInterval(level:),
      ] {
        let (here, there) = (
          try ends(method(table)(0.9)), try ends(method(table.swapped)(0.9))
        )
        #expect(abs(here.lower + there.upper) < 1e-14 && abs(here.upper + there.lower) < 1e-14)
      }
      for method in [
        TwoByTwoTable.katzRatioInterval(level:), TwoByTwoTable.woolfOddsRatioInterval(level:),
      ] {
        let (here, there) = (
          try ends(method(table)(0.9)), try ends(method(table.swapped)(0.9))
        )
        #expect(isClose(here.lower, 1 / there.upper) && isClose(here.upper, 1 / there.lower))
      }
    }
  }

  @Test func refusesWhatMakesNoSense() throws {
    let empty = try Self.table([0, 5, 2, 5])
    #expect(throws: EstimationError.undefined) { try empty.katzRatioInterval(level: 0.95) }
    #expect(throws: EstimationError.undefined) { try empty.woolfOddsRatioInterval(level: 0.95) }
    let full = try Self.table([5, 5, 5, 5])
    #expect(throws: EstimationError.noVariation) { try full.katzRatioInterval(level: 0.95) }
    for level in [0, 1, Double.nan] {
      #expect(throws: EstimationError.undefined) { try empty.waldDifferenceInterval(level: level) }
      #expect(throws: EstimationError.undefined) { try empty.agrestiCaffoInterval(level: level) }
      let table = try Self.table([2, 5, 2, 5])
      #expect(throws: EstimationError.undefined) { try table.katzRatioInterval(level: level) }
      #expect(throws: EstimationError.undefined) { try table.woolfOddsRatioInterval(level: level) }
    }
  }
}
