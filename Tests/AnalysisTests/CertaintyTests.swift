import Testing

@testable import Analysis

@Suite("How sure a conclusion is")
struct CertaintyTests {
  private static func result(
    _ control: Int, _ social: Int, of n: Int, worthwhile: Double = 0.05, more: String = ""
  ) throws -> TrialResult {
    try TrialFixture.analyze(
      """
      nudge: 1
      trial: sure
      title: 確実性
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: v, role: primary, kind: binary, column: v, worthwhile: \(worthwhile)}]
      data: {file: data.csv, shape: counts\(more)}
      """, data: "arm,n,v\ncontrol,\(n),\(control)\nsocial,\(n),\(social)\n")
  }

  // qnorm(.975) + qnorm(.8) is 2.801585218.
  @Test("how many more people: the size at which 2.80 standard errors are the worthwhile effect")
  func more() throws {
    let result = try Self.result(200, 225, of: 1000)
    let verdict = try #require(result.verdicts.first)
    let error = try #require(
      result.results.first { $0.measure == "risk_difference" && $0.cohort == "all" }?.stdError)
    #expect(verdict.conclusion == .undecided)
    let factor = 2.801585218 * error / 0.05
    let expected = (2000 * (factor * factor - 1)).rounded(.up)
    #expect(verdict.moreUnits == Int(expected) && expected > 0)
    // Decided, or large enough already: nobody more.
    #expect(try Self.result(200, 400, of: 1000).verdicts[0].moreUnits == nil)
    #expect(
      try Self.result(20_000, 20_300, of: 100_000, worthwhile: 0.01).verdicts[0].moreUnits == nil)
  }

  @Test("a randomised trial begins high and is lowered for reasons that are named")
  func reasons() throws {
    let clear = try Self.result(200, 400, of: 1000)
    let high = try #require(clear.certainty(of: clear.verdicts[0]))
    // Nothing was locked here.
    #expect(high.reasons == [.notLocked] && high.level == .moderate)
    let vague = try Self.result(20, 25, of: 100)
    let low = try #require(vague.certainty(of: vague.verdicts[0]))
    #expect(low.reasons == [.notLocked, .imprecise, .veryImprecise] && low.level == .veryLow)
    let unsure = try Self.result(200, 245, of: 1000)
    #expect(unsure.certainty(of: unsure.verdicts[0])?.reasons == [.notLocked, .imprecise])
    var failed = clear
    failed.checks.append(Check(kind: .rowsWithoutArm(count: 9), status: .fail))
    let bad = try #require(failed.certainty(of: failed.verdicts[0]))
    #expect(bad.reasons.first == .failedCheck && bad.level == .veryLow)
    var locked = clear
    locked.checks = [
      Check(kind: .protocolLock(hash: "a", changes: [], exploratory: []), status: .pass)
    ]
    #expect(locked.certainty(of: locked.verdicts[0])?.level == .high)
    locked.checks.append(Check(kind: .deviation(text: "", time: "", late: true), status: .warn))
    locked.checks.append(
      Check(
        kind: .missingness(outcome: "v", missing: [:], units: [:], pValue: 0.01, method: nil),
        status: .warn))
    #expect(locked.certainty(of: locked.verdicts[0])?.level == .low)
    let simulated = try Self.result(200, 400, of: 1000, more: ", simulated: true")
    #expect(simulated.certainty(of: simulated.verdicts[0]) == nil)
  }
}
