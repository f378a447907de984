import Statistics
import Testing

struct SurvivalIncidenceTests {
  @Test func matchesSurvfitOfSeveralStates() throws {
    let reference = try SurvivalReference()
    let columns = try reference.columns("ties")
    let curves = try CumulativeIncidence(
      times: columns.times, causes: columns.causes.map { $0 > 0 ? "c\($0)" : nil })
    let last = try #require(columns.times.max())
    for (time, text) in [(0, "0"), (1, "1"), (2.5, "2.5"), (5, "5"), (9, "9"), (last, nil)] {
      for cause in ["c1", "c2"] {
        let name = "cif.\(cause).\(text ?? "\(Int(last))")."
        #expect(
          try reference.agrees(curves.incidence(of: cause, at: time), name + "p", in: "ties"))
        #expect(
          try reference.agrees(curves.standardError(of: cause, at: time), name + "se", in: "ties"))
      }
    }
    #expect(curves.incidence(of: "c3", at: 1) == nil)
    #expect(curves.incidence(of: "c1", at: last + 1) == nil)
    #expect(curves.standardError(of: "c1", at: .nan) == nil)
  }

  // A single cause is Kaplan–Meier with Greenwood's error.
  @Test(arguments: ["lung", "ties"]) func oneCauseIsKaplanMeier(data: String) throws {
    let columns = try SurvivalReference().columns(data)
    let curves = try CumulativeIncidence(
      times: columns.times, causes: columns.causes.map { $0 > 0 ? "any" : nil })
    for step in try KaplanMeier(columns.followUp()).steps where step.survival > 0 {
      let error = try #require(step.standardError)
      #expect(isClose(curves.incidence(of: "any", at: step.time), 1 - step.survival))
      #expect(isClose(curves.standardError(of: "any", at: step.time), error))
    }
  }

  @Test func whatIsMissingIsSaid() {
    #expect(throws: SurvivalError.noEvents) { try CumulativeIncidence(times: [1], causes: [nil]) }
    #expect(throws: SurvivalError.invalidTime(row: 0)) {
      try CumulativeIncidence(times: [-1], causes: ["a"])
    }
  }
}
