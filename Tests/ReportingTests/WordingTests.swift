@testable import Analysis
import Testing
import Vocabulary

@testable import Reporting

@Suite struct WordingTests {
  static let notes: [Note] = [
    .noUnits(arm: "social"), .tooFewUnits(arm: "social", count: 1), .noVariation,
    .notBinary(arm: "social"), .controlMeanNotPositive(-0.05), .undefined, .numericalFailure,
    .infiniteEstimate, .noLowerBound, .noUpperBound, .outsideInterval, .everything,
    .clustersIgnored(column: "household"), .clustersIgnored(column: nil),
    .denominatorNotPositive(arm: "social"), .horizonBeyondFollowUp(arm: "social", lastTime: 90),
    .noEvents, .drawUnknown, .infiniteCoefficients, .bounds(lower: -0.1, upper: 0.2), .noTakeup,
    .firstStage(takeup: 0.3, f: 4),
    .firstStage(takeup: 1, f: nil),
    .tooFewClusters(arm: "social", count: 1),
    .covariatesCapped(used: 2, of: 5), .covariateFilled(column: "age", missing: 3),
    .covariateIndicated(column: "age", missing: 300), .covariateDropped(column: "age"),
    .blocksNotInModel, .blocksLeftOut(blocks: 2, units: 7),
    .tooFewGroups(1), .groupsLeftOut(2),
    .look(1, of: 3, boundary: nil, medianUnbiased: nil),
    .look(2, of: 3, boundary: 2.5, medianUnbiased: 0.012), .draws(10_000, exact: false),
    .draws(36, exact: true), .posterior(better: 0.97, armLoss: 0.0001, controlLoss: 0.02),
    .withheld, .price(1.5), .margin(0.01), .prior(mean: 0.014, spread: 0.02),
  ]

  static let kinds: [Check.Kind] = [
    .sampleRatio(
      observed: ["control": 9, "stray": 1], shares: ["control": 1], pValue: 0.5,
      method: "multinomial", ofClusters: false),
    .sampleRatio(observed: [:], shares: [:], pValue: nil, method: "chi_squared", ofClusters: false),
    .missingness(outcome: "visited", missing: ["control": 1], units: [:], pValue: nil, method: nil),
    .missingness(outcome: "visited", missing: [:], units: [:], pValue: nil, method: nil),
    .duplicateUnits(count: 2, examples: ["a"]), .duplicateUnits(count: 0, examples: []),
    .rowsWithoutArm(count: 3), .rowsOutsidePopulation(count: 3), .simulatedData, .notRandomised,
    .clustersIgnored(column: nil),
    .funnelOrder(step: "visited", count: 4),
    .protocolLock(hash: nil, changes: [], exploratory: []),
    .protocolLock(hash: "0f", changes: ["analysis.level"], exploratory: ["visited"]),
    .protocolLock(hash: "0f", changes: [], exploratory: []),
    .drawnList(tally(otherArm: 0)), .drawnList(tally(otherArm: 2)),
    .deviation(text: "posted a week late", time: "2026-11-25", late: true),
    .deviation(text: "posted a week late", time: "2026-11-25", late: false),
  ]

  private static func tally(otherArm: Int) -> Check.DrawnTally {
    var tally = Check.DrawnTally(drawn: 10)
    tally.agreeing = 8 - otherArm
    tally.otherArm = otherArm
    tally.absent = 2
    if otherArm > 0 { tally.note("P00001") }
    return tally
  }

  private func index(_ language: Language) -> ResultIndex {
    ResultIndex(result: Fixture.result, language: language)
  }

  @Test(arguments: notes)
  func everyNoteReadsInBothLanguages(note: Note) {
    expectSentence(index(.japanese).words(note), index(.english).words(note))
  }

  @Test(arguments: kinds, [Check.Status.pass, .warn, .fail])
  func everyCheckReadsInBothLanguages(kind: Check.Kind, status: Check.Status) {
    let check = Check(kind: kind, status: status)
    let japanese = check.line(in: index(.japanese))
    let english = check.line(in: index(.english))
    expectSentence(japanese.detail, english.detail)
    #expect(japanese.title != english.title && !english.title.isEmpty)
    #expect(status.word(in: .japanese) != status.word(in: .english))
  }

  @Test(arguments: [
    Verdict.Conclusion.increases, .decreases, .practicallyUnchanged, .undecided,
  ])
  func everyVerdictReadsInBothLanguages(conclusion: Verdict.Conclusion) throws {
    for outcome in ["visited", "days"] {
      var verdict = Fixture.verdicts[0]
      verdict.outcome = outcome
      verdict.conclusion = conclusion
      let japanese = verdict.card(in: index(.japanese))
      let english = verdict.card(in: index(.english))
      expectSentence(try #require(japanese.sentence), try #require(english.sentence))
      #expect(try #require(japanese.sentence).contains("95%信頼区間"))
      // No difference found is not "no effect".
      #expect(!"\(japanese)".contains("効果がない") && !"\(english)".contains("no effect"))
    }
  }

  /// Japanese ends as Japanese does, English holds no Japanese, and neither prints code.
  private func expectSentence(_ japanese: String, _ english: String) {
    #expect(japanese.hasSuffix("。"))
    #expect(english.hasSuffix("."))
    #expect(!english.unicodeScalars.contains { (0x3040...0x9FFF).contains($0.value) })
    #expect(japanese.unicodeScalars.contains { (0x3040...0x309F).contains($0.value) })
    for text in [japanese, english] {
      #expect(!text.contains("Optional(") && !text.contains("nan"))
    }
  }

  @Test func ratesAreToldOnOneDenominatorForAllMessages() {
    let sentences = Fixture.verdicts.compactMap { $0.card(in: index(.japanese)).sentence }
    #expect(sentences.count == 3)
    #expect(sentences.allSatisfy { $0.contains("を100人に送") })
    #expect(
      sentences[2]
        == "「期限と予約」を100人に送ると、来所は約5人から約10人に増えると見込まれます（差の95%信頼区間：+2.2～+6.8人）。")
  }

  @Test func theHeadlineHonoursTheAdjustedPValue() {
    let japanese = index(.japanese).headlines.joined()
    #expect(japanese.contains("「期限と予約」を送ると、来所が増えると見込まれます。"))
    #expect(japanese.contains("「同世代の声」では来所が増えましたが"))
    #expect(japanese.contains("「簡素な文面」を送った場合に"))
  }

  @Test func lessIsBetterIsSaid() {
    var verdict = Fixture.verdicts[2]
    verdict.conclusion = .increases
    verdict.beneficial = false
    let card = verdict.card(in: index(.japanese))
    #expect(card.badge == "増える")
    #expect(card.remarks.contains("望ましくない方向の変化です。"))
  }

  @Test func aResultWithoutVerdictsSaysSo() {
    var result = Fixture.result
    result.verdicts = []
    let index = ResultIndex(result: result, language: .english)
    #expect(index.headlines == ["The trial has no primary outcome, so there is no conclusion."])
  }
}
