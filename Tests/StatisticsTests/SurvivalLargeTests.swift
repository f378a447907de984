import RandomAssignment
import Statistics
import TestSupport
import Testing

/// More rows than one core takes at a time, so that risk sets are put together from stretches.
struct SurvivalLargeTests {
  /// The rows of `Reference/survival_large.R`.
  struct Rows {
    let followUp: FollowUp
    let groups: [Int]
    let covariates: [[Double]]
    let strata: Grouping
    let clusters: Grouping

    init(_ times: String) throws {
      let rows = Array(0..<120_000)
      let groups = rows.map { (17 * $0 + $0 / 100) % 3 }
      let waits = rows.map { 7919 * $0 % 120_011 * (10 + groups[$0]) }
      followUp = try FollowUp(
        times: waits.map { Double(times == "days" ? $0 / 8000 : $0) },
        events: rows.map { (31 * $0 + $0 / 1000) % 10 < 6 })
      self.groups = groups
      covariates = [groups.map { $0 == 1 ? 1 : 0 }, rows.map { Double(13 * $0 % 101) / 10 }]
      strata = Grouping(rows.map { $0 / 7 % 5 })
      clusters = Grouping(rows.map { $0 % 4001 })
    }
  }

  private func expect(
    _ ours: Double?, _ name: String, in data: String, within tolerance: Double = 1e-10
  ) throws {
    let row = try ContinuousReference.rows(of: "survival_large")
      .first { $0[0] == data && $0[1] == name }
    let theirs = try #require(row.flatMap { Double($0[2]) })
    #expect(isClose(ours, theirs, within: tolerance), "\(name) \(data)")
  }

  @Test(arguments: ["days", "distinct"]) func curvesMatchSurvfit(data: String) throws {
    let rows = try Rows(data)
    let horizon: Double = data == "days" ? 150 : 1_100_000
    let units = try #require(
      UnitSample(
        arms: ["0", "1", "nobody", "2"], assignment: rows.groups.map { $0 == 2 ? 3 : $0 },
        response: [rows.followUp.times, rows.followUp.events.map { $0 ? 1 : 0 }]))
    let curves = try units.survivalCurves()
    #expect(curves[2] == nil)
    for (name, curve) in zip(["0", "1", "2"], [curves[0], curves[1], curves[3]]) {
      let curve = try #require(curve)
      try expect(Double(curve.numbersAtRisk(at: [horizon])[0]), "km.\(name).n", in: data)
      try expect(curve.survival(at: horizon), "km.\(name).s", in: data)
      try expect(curve.standardError(at: horizon), "km.\(name).se", in: data)
      let area = try RestrictedMeanSurvival(curve, horizon: horizon)
      try expect(area.mean, "rmst.\(name).mean", in: data)
      try expect(area.standardError, "rmst.\(name).se", in: data)
      // The same curve from its own units alone.
      let own = rows.groups.indices.filter { "\(rows.groups[$0])" == name }
      #expect(
        try KaplanMeier(
          FollowUp(
            times: own.map { rows.followUp.times[$0] },
            events: own.map { rows.followUp.events[$0] })) == curve)
    }
  }

  @Test(arguments: ["days", "distinct"], [false, true])
  func matchesSurvdiff(data: String, stratified: Bool) throws {
    let rows = try Rows(data)
    let test = try LogRankTest(
      rows.followUp, groups: rows.groups.map(String.init), strata: stratified ? rows.strata : nil)
    try expect(test.statistic, "logrank.\(stratified ? "strata." : "")chisq", in: data)
  }

  @Test(arguments: ["days", "distinct"], CoxRegression.Ties.allCases)
  func matchesCoxph(data: String, ties: CoxRegression.Ties) throws {
    let rows = try Rows(data)
    for stratified in [false, true] {
      func fit(_ clusters: Grouping?) throws -> CoxRegression {
        try CoxRegression(
          rows.followUp, covariates: rows.covariates, ties: ties,
          strata: stratified ? rows.strata : nil, clusters: clusters)
      }
      let (units, clustered) = (try fit(nil), try fit(rows.clusters))
      let prefix = "cox.\(ties.rawValue).\(stratified ? "strata." : "")"
      try expect(units.coefficients[0], prefix + "b1", in: data, within: 1e-9)
      try expect(units.coefficients[1], prefix + "b2", in: data, within: 1e-9)
      for (j, name) in ["11", "22"].enumerated() {
        try expect(units.modelCovariance[j][j], "\(prefix)v\(name)", in: data)
        try expect(units.robustCovariance[j][j], "\(prefix)robust\(name)", in: data)
        try expect(
          clustered.robustCovariance[j][j], "\(prefix)cluster\(name)", in: data, within: 1e-9)
      }
      try expect(units.nullLogLikelihood, prefix + "ll0", in: data)
      try expect(units.logLikelihood, prefix + "ll", in: data)
    }
  }

  /// Many strata of few units, which a stretch holds whole: k copies of the data, each with a baseline of
  /// their own, say the same with 1/k of the variance.
  @Test func copiesOfTheDataShrinkTheVariance() throws {
    let reference = try SurvivalReference()
    let columns = try reference.columns("ties")
    let copies = 700
    func repeated<Value>(_ column: [Value]) -> [Value] {
      (0..<copies).flatMap { _ in column }
    }
    let followUp = try columns.followUp()
    let one = try CoxRegression(followUp, covariates: [columns.x], strata: Grouping(columns.strata))
    let many = try CoxRegression(
      FollowUp(times: repeated(followUp.times), events: repeated(followUp.events)),
      covariates: [repeated(columns.x)],
      strata: Grouping(
        (0..<copies).flatMap { copy in columns.strata.map { "\(copy) \($0)" } }))
    #expect(isClose(many.coefficients[0], one.coefficients[0], within: 1e-9))
    #expect(
      isClose(many.modelCovariance[0][0] * Double(copies), one.modelCovariance[0][0], within: 1e-9))
    #expect(
      isClose(
        many.robustCovariance[0][0] * Double(copies), one.robustCovariance[0][0], within: 1e-9))
  }

  /// Any order of the rows gives one and the same curve.
  @Test(arguments: 0..<20 as Range<UInt64>) func anyOrderOfRowsIsOneCurve(stream: UInt64) throws {
    var generator = PhiloxGenerator(seed: 92, stream: stream)
    let strange = [
      -0.0, 0, 0x1p-1070, 0x1p-1074, 1, 1.0.nextUp, 2, 3.5, 1e155, .greatestFiniteMagnitude,
    ]
    let width = 1 + generator.uniformInteger(below: strange.count)
    var rows = (0..<1 + generator.uniformInteger(below: 400)).map { _ in
      (
        time: generator.uniformInteger(below: 2) == 0
          ? strange[generator.uniformInteger(below: width)]
          : Double(generator.uniformInteger(below: 1 << 20)),
        event: generator.uniformInteger(below: 2) == 0
      )
    }
    func curve() throws -> KaplanMeier {
      KaplanMeier(try FollowUp(times: rows.map(\.time), events: rows.map(\.event)))
    }
    let found = try curve()
    // By the definition: distinct times rise, and count who is there.
    let times = Set(rows.map { $0.time + 0 }).sorted()
    #expect(found.steps.map(\.time) == times)
    for step in found.steps {
      #expect(step.atRisk == rows.count { $0.time >= step.time })
      #expect(step.events == rows.count { $0.time == step.time && $0.event })
      #expect(step.censored == rows.count { $0.time == step.time && !$0.event })
    }
    for place in rows.indices.dropFirst() {
      rows.swapAt(place, generator.uniformInteger(below: place + 1))
    }
    #expect(try curve() == found)
  }
}
