import Statistics
import Testing

struct SurvivalCurveTests {
  static let groups = [("lung", "1"), ("lung", "2"), ("ties", "1"), ("ties", "2"), ("ties", "3")]
  static let times = [
    "lung": ["5", "100", "270.5", "500", "900"], "ties": ["0", "1", "2.5", "5"],
  ]

  @Test(arguments: groups, KaplanMeier.Scale.allCases)
  func matchesSurvfit(of group: (data: String, name: String), scale: KaplanMeier.Scale) throws {
    let reference = try SurvivalReference()
    let curve = try KaplanMeier(reference.columns(group.data).followUp(of: group.name))
    let prefix = "km.\(group.name).\(scale.rawValue)."
    #expect(try reference.agrees(curve.median, prefix + "median", in: group.data))
    let median = try bounds(of: #require(try curve.medianInterval(level: 0.95, scale: scale)))
    #expect(try reference.agrees(median.lower, prefix + "median.lo", in: group.data))
    #expect(try reference.agrees(median.upper, prefix + "median.hi", in: group.data))
    for text in try #require(Self.times[group.data]) {
      let time = try #require(Double(text))
      let name = prefix + text
      #expect(
        try reference.number("\(name).n", in: group.data)
          == Double(
            curve.numbersAtRisk(at: [time])[0]))
      #expect(try reference.agrees(curve.survival(at: time), "\(name).s", in: group.data))
      #expect(try reference.agrees(curve.standardError(at: time), "\(name).se", in: group.data))
      // Before the first event R prints 1 to 1 on every scale; the log–log scale has no such point.
      guard let interval = try curve.interval(at: time, level: 0.95, scale: scale) else {
        #expect(curve.survival(at: time) == 1 && scale == .logLog)
        continue
      }
      let ends = try bounds(of: interval)
      #expect(try reference.agrees(ends.lower, "\(name).lo", in: group.data))
      #expect(try reference.agrees(ends.upper, "\(name).hi", in: group.data))
    }
  }

  @Test(arguments: [("lung", "300"), ("lung", "900.5"), ("ties", "1"), ("ties", "4")])
  func restrictedMeansMatchR(data: String, horizon: String) throws {
    let reference = try SurvivalReference()
    let tau = try #require(Double(horizon))
    let means = try ["1", "2"].map { group in
      try RestrictedMeanSurvival(
        KaplanMeier(reference.columns(data).followUp(of: group)), horizon: tau)
    }
    let prefix = "rmst.\(horizon)."
    for (mean, group) in zip(means, ["1", "2"]) {
      #expect(try reference.agrees(mean.mean, prefix + "mean" + group, in: data))
      #expect(try reference.agrees(mean.standardError, prefix + "se" + group, in: data))
    }
    let difference = try means[1].difference(from: means[0])
    #expect(difference.estimate == means[1].mean - means[0].mean)
    #expect(try reference.agrees(difference.standardError, prefix + "diff.se", in: data))
    let ratio = try means[1].logRatio(to: means[0])
    #expect(try reference.agrees(ratio.standardError, prefix + "logratio.se", in: data))
  }

  // Group 2 was last seen on day 965: a mean up to day 1022 would rest on nothing.
  @Test func aHorizonBeyondTheFollowUpIsRefused() throws {
    let reference = try SurvivalReference()
    let curve = try KaplanMeier(reference.columns("lung").followUp(of: "2"))
    #expect(throws: SurvivalError.horizonBeyondFollowUp(group: "2", lastTime: 965)) {
      try RestrictedMeanSurvival(curve, horizon: 1022, group: "2")
    }
    let other = try RestrictedMeanSurvival(
      KaplanMeier(reference.columns("lung").followUp(of: "1")), horizon: 1022)
    #expect(try reference.agrees(other.mean, "rmst.1022.mean1", in: "lung"))
    #expect(try reference.agrees(other.standardError, "rmst.1022.se1", in: "lung"))
    for horizon in [0, -1, .nan, .infinity] {
      #expect(throws: SurvivalError.invalidHorizon) {
        try RestrictedMeanSurvival(curve, horizon: horizon)
      }
    }
    let short = try RestrictedMeanSurvival(curve, horizon: 100)
    let long = try RestrictedMeanSurvival(curve, horizon: 200)
    #expect(throws: SurvivalError.invalidHorizon) { try short.difference(from: long) }
    #expect(throws: SurvivalError.noVariation) {
      try RestrictedMeanSurvival(curve, horizon: 1).difference(
        from: RestrictedMeanSurvival(curve, horizon: 1))
    }
  }

  // 2+ 3 3 5 8: Ŝ(3) = 1 − 2/4 = ½ exactly, until 5; so the median is (3 + 5)/2.
  @Test func theMedianOfAFlatHalfIsItsMiddle() throws {
    let curve = KaplanMeier(
      try FollowUp(times: [8, 3, 2, 5, 3], events: [true, true, false, true, true]))
    #expect(curve.steps.map(\.survival) == [1, 0.5, 0.25, 0])
    #expect(curve.median == 4)
    #expect(curve.standardError(at: 8) == nil && curve.survival(at: 8) == 0)
    #expect(try curve.interval(at: 8, level: 0.9) == nil)
    #expect(curve.survival(at: 9) == nil && curve.survival(at: -1) == nil)
    #expect(curve.numbersAtRisk(at: [0, 3, 3.5, 8, 9, .nan]) == [5, 4, 2, 1, 0, 0])
  }

  @Test func nobodyAndEverybody() throws {
    let censored = KaplanMeier(try FollowUp(times: [1, 2], events: [false, false]))
    #expect(censored.median == nil && censored.survival(at: 2) == 1)
    #expect(try censored.medianInterval(level: 0.95) == nil)
    let one = KaplanMeier(try FollowUp(times: [0], events: [true]))
    #expect(one.median == 0 && one.survival(at: 0) == 0)
    for time in [-1, -0x1p-1070, .nan, .infinity] {
      #expect(throws: SurvivalError.invalidTime(row: 1)) {
        try FollowUp(times: [1, time], events: [true, true])
      }
    }
    #expect(throws: SurvivalError.noUnits(group: nil)) { try FollowUp(times: [], events: []) }
    #expect(throws: SurvivalError.unequalLengths(expected: 1, found: 0)) {
      try FollowUp(times: [1], events: [])
    }
    #expect(throws: SurvivalError.invalidLevel) { try one.interval(at: 0, level: 1) }
  }
}
