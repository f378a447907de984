import Statistics
import Testing

struct SurvivalLogRankTests {
  @Test(arguments: ["lung", "ties"], [false, true])
  func matchesSurvdiff(data: String, stratified: Bool) throws {
    let reference = try SurvivalReference()
    let columns = try reference.columns(data)
    let test = try LogRankTest(
      columns.followUp(), groups: columns.groups,
      strata: stratified ? Grouping(columns.strata) : nil)
    let prefix = stratified ? "logrank.strata." : "logrank."
    #expect(try reference.agrees(test.statistic, prefix + "chisq", in: data))
    #expect(try reference.agrees(test.pValue, prefix + "p", in: data))
    #expect(try reference.agrees(test.covariance[0][0], prefix + "v11", in: data))
    #expect(try reference.agrees(test.covariance[0][1], prefix + "v12", in: data))
    for group in test.groups.indices {
      #expect(
        try reference.number("\(prefix)o\(group + 1)", in: data) == Double(test.observed[group]))
      #expect(try reference.agrees(test.expected[group], "\(prefix)e\(group + 1)", in: data))
    }
  }

  // One event among a, b: E = ½, V = 1·(2 − 1)/(2 − 1)·½·½ = ¼, X² = (½)²/¼ = 1.
  @Test func oneEventByHand() throws {
    let test = try LogRankTest(
      FollowUp(times: [0, 1], events: [true, false]), groups: ["a", "b"])
    #expect(test.statistic == 1 && test.degreesOfFreedom == 1)
  }

  // The group c leaves before anything happens, so it takes no part.
  @Test func aGroupNeverAtRiskDoesNotCount() throws {
    let test = try LogRankTest(
      FollowUp(times: [2, 3, 1], events: [true, false, false]), groups: ["a", "b", "c"])
    #expect(test.statistic == 1 && test.degreesOfFreedom == 1 && test.expected[2] == 0)
  }

  @Test func whatIsMissingIsSaid() throws {
    let two = try FollowUp(times: [1, 2], events: [true, true])
    let censored = try FollowUp(times: [1, 2], events: [false, false])
    #expect(throws: SurvivalError.fewerThanTwoGroups) {
      try LogRankTest(two, groups: ["a", "a"])
    }
    #expect(throws: SurvivalError.noEvents) { try LogRankTest(censored, groups: ["a", "b"]) }
    #expect(throws: SurvivalError.noVariation) {
      try LogRankTest(two, groups: ["a", "b"], strata: Grouping(["s", "t"]))
    }
    // Everybody at once: the margins leave nothing to chance.
    #expect(throws: SurvivalError.noVariation) {
      try LogRankTest(FollowUp(times: [1, 1], events: [true, true]), groups: ["a", "b"])
    }
    #expect(throws: SurvivalError.unequalLengths(expected: 2, found: 1)) {
      try LogRankTest(two, groups: ["a"])
    }
  }
}
