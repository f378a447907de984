import RandomAssignment
import Statistics
import TestSupport
import Testing

/// Marginal means by standardisation against predict() and the delta method written out in R.
struct StandardizedMeansTests {
  let reference: GeneralizedLinearModelReference
  static let count = Response.count("count", exposure: "exposure")
  static let names = ["age", "female"]

  init() throws {
    reference = try GeneralizedLinearModelReference()
  }

  private func means(
    _ estimator: any Estimator, of response: Response, in units: UnitSample
  ) throws -> MarginalMeans {
    try estimator.marginalMeans(of: response, in: Sample(units: units), arms: units.arms)
  }

  private func expect(_ means: MarginalMeans, agreeWith fit: String) throws {
    for row in 0..<3 {
      let mean = try reference.number(fit, "mean\(row + 1)", "estimate")
      #expect(isClose(means.arms[row].mean, mean, within: 1e-8), "\(fit)")
      for column in 0..<3 {
        let wanted = try reference.number(fit, "mean\(row + 1)", "cov\(column + 1)")
        let found = try #require(means.covariance[row][column])
        // Covariances near 0 are measured beside the variances.
        let scale = try reference.number(fit, "mean1", "cov1")
        #expect(abs(found - wanted) <= 1e-8 * max(abs(wanted), 0.01 * scale), "\(fit)")
      }
    }
    #expect(!means.areSimpleAverages)
  }

  @Test("logistic: HC1, the likelihood's own, CR1")
  func logistic() throws {
    let units = try reference.sample("event")
    let robust = try means(Logistic(covariates: Self.names), of: .binary("event"), in: units)
    try expect(robust, agreeWith: "logit_hc1")
    #expect(robust.degreesOfFreedom == .infinite && robust.standardErrorType == .robust)
    let model = try means(
      Logistic(covariates: Self.names, standardError: .model), of: .binary("event"), in: units)
    try expect(model, agreeWith: "logit_model")
    #expect(model.standardErrorType == .modelBased)
    let clustered = try means(
      Logistic(covariates: Self.names), of: .binary("event"),
      in: try reference.sample("event", clustered: true))
    try expect(clustered, agreeWith: "logit_cr1")
    #expect(clustered.degreesOfFreedom == .fixed(59))
  }

  @Test("Poisson over exposure: HC1, the likelihood's own, CR1")
  func poisson() throws {
    let units = try reference.sample("count", exposure: "exposure")
    try expect(
      try means(Poisson(covariates: Self.names), of: Self.count, in: units),
      agreeWith: "poisson_hc1")
    try expect(
      try means(
        Poisson(covariates: Self.names, standardError: .model), of: Self.count, in: units),
      agreeWith: "poisson_model")
    try expect(
      try means(
        Poisson(covariates: Self.names), of: Self.count,
        in: try reference.sample("count", exposure: "exposure", clustered: true)),
      agreeWith: "poisson_cr1")
  }

  @Test func negativeBinomial() throws {
    try expect(
      try means(
        NegativeBinomial(covariates: Self.names), of: Self.count,
        in: try reference.sample("count", exposure: "exposure")),
      agreeWith: "negative_binomial_hc1")
  }

  @Test("without covariates the means are plain rates, and Poisson's error is the ratio's")
  func plain() throws {
    let events = try reference.sample("event")
    let logistic = try means(Logistic(), of: .binary("event"), in: events)
    let counts = try reference.sample("count", exposure: "exposure")
    let poisson = try means(Poisson(), of: Self.count, in: counts)
    for arm in 0..<3 {
      let rows = events.assignment.indices.filter { events.assignment[$0] == arm }
      let n = Double(rows.count)
      let rate = rows.reduce(0) { $0 + events.outcome[$1] } / n
      #expect(isClose(logistic.arms[arm].mean, rate, within: 1e-12))
      let scale = Double(events.count) / Double(events.count - 3)
      let variance = rate * (1 - rate) / n * scale
      #expect(isClose(logistic.covariance[arm][arm], variance, within: 1e-10))
      let sum = rows.reduce(0) { $0 + counts.outcome[$1] }
      let over = rows.reduce(0) { $0 + counts.response[1][$1] }
      #expect(isClose(poisson.arms[arm].mean, sum / over, within: 1e-12))
      let squares = rows.reduce(0.0) { total, row in
        let rest = counts.outcome[row] - sum / over * counts.response[1][row]
        return total + rest * rest
      }
      #expect(isClose(poisson.covariance[arm][arm], squares / over / over * scale, within: 1e-10))
    }
  }

  @Test("arms swapped: the difference changes its sign and nothing else")
  func swapped() throws {
    let units = try reference.sample("event")
    let found = try means(Logistic(covariates: Self.names), of: .binary("event"), in: units)
    let one = try RiskDifference().estimate(Contrast("b", versus: "a"), from: found)
    let two = try RiskDifference().estimate(Contrast("a", versus: "b"), from: found)
    #expect(isClose(one.value, -(try #require(two.value)), within: 1e-14))
    #expect(isClose(one.standardError, try #require(two.standardError), within: 1e-14))
    let p = try one.evidence.pValue(of: 0)
    let end = try bounds(of: one.evidence.interval(level: 1 - p))
    #expect(min(abs(end.lower), abs(end.upper)) < 1e-10)
  }

  @Test("exposures in another unit: rates in it, and nothing else", arguments: [1e-9, 24, 1e200])
  func unitsOfExposure(factor: Double) throws {
    let counts = try reference.sample("count", exposure: "exposure")
    let scaled = try #require(
      UnitSample(
        arms: counts.arms, assignment: counts.assignment,
        response: [counts.outcome, counts.response[1].map { $0 * factor }],
        covariates: counts.covariates))
    for estimator in [
      Poisson(covariates: Self.names) as any Estimator, NegativeBinomial(covariates: Self.names),
    ] {
      let one = try means(estimator, of: Self.count, in: counts)
      let two = try means(estimator, of: Self.count, in: scaled)
      for arm in 0..<3 {
        #expect(isClose(two.arms[arm].mean * factor, one.arms[arm].mean, within: 1e-9))
      }
    }
  }

  @Test("units without exposure say nothing, unless they have events")
  func withoutExposure() throws {
    let counts = try reference.sample("count", exposure: "exposure")
    func adding(_ events: Double, over exposure: Double) throws -> UnitSample {
      try #require(
        UnitSample(
          arms: counts.arms, assignment: counts.assignment + [1],
          response: [counts.outcome + [events], counts.response[1] + [exposure]]))
    }
    let wanted = try means(Poisson(), of: Self.count, in: counts)
    let found = try means(Poisson(), of: Self.count, in: try adding(0, over: 0))
    #expect(found.arms.map(\.mean) == wanted.arms.map(\.mean))
    for (events, exposure) in [(1.0, 0.0), (0, -1)] {
      #expect(throws: EstimationError.denominatorNotPositive(arm: "b")) {
        try means(Poisson(), of: Self.count, in: try adding(events, over: exposure))
      }
    }
  }

  @Test("an arm without events, nobody with an event, values that are no outcome")
  func degenerate() throws {
    let assignment = (0..<60).map { $0 % 3 }
    func units(_ y: [Double]) throws -> UnitSample {
      try #require(UnitSample(arms: ["a", "b", "c"], assignment: assignment, response: [y]))
    }
    let none = try units(assignment.enumerated().map { $1 == 1 ? 0 : Double($0 % 2) })
    let whole = Response.count("y", exposure: nil)
    let pairs: [(any Estimator, Response)] = [
      (Logistic(), .binary("y")), (Poisson(), whole), (NegativeBinomial(), whole),
    ]
    for (estimator, response) in pairs {
      #expect(throws: EstimationError.infiniteCoefficients) {
        try means(estimator, of: response, in: none)
      }
      #expect(throws: EstimationError.noEvents) {
        try means(estimator, of: response, in: try units(assignment.map { _ in 0 }))
      }
    }
    #expect(throws: EstimationError.notBinary(arm: "a")) {
      try means(Logistic(), of: .binary("y"), in: try units(assignment.map { 2 + Double($0) }))
    }
    #expect(throws: EstimationError.undefined) {
      try means(Poisson(), of: whole, in: try units(assignment.map { -1 - Double($0) }))
    }
    for huge in [1e150, 1e300] {
      let y = assignment.indices.map { huge * Double($0 % 5) }
      if let found = try? means(Poisson(), of: whole, in: try units(y)) {
        #expect(found.arms.allSatisfy { $0.mean.isFinite })
      }
    }
  }

  @Test("95% intervals of the adjusted difference cover in 95% of draws")
  func coverage() throws {
    let draws = 400
    var covered = 0
    for draw in 0..<draws {
      var random = PhiloxGenerator(seed: 20_261_125, stream: UInt64(draw))
      let rows = 0..<200
      let x = rows.map { _ in Double.random(in: -1...1, using: &random) }
      let y = x.map { Double.random(in: 0..<1, using: &random) < 0.3 + 0.25 * $0 ? 1.0 : 0 }
      let units = try #require(
        UnitSample(
          arms: ["a", "b"], assignment: rows.map { $0 % 2 }, response: [y],
          covariates: ["x": [LinearDesign.Column("x", x)]]))
      let found = try means(Logistic(covariates: ["x"]), of: .binary("y"), in: units)
      let effect = try RiskDifference().estimate(Contrast("b", versus: "a"), from: found)
      if try effect.evidence.pValue(of: 0) > 0.05 { covered += 1 }
    }
    // Three standard errors of 400 draws at 0.95 are 0.033.
    #expect(abs(Double(covered) / Double(draws) - 0.95) < 0.033)
  }

  private static func means(
    _ estimator: some Estimator, _ response: Response, _ y: [Double], exposure: [Double]? = nil,
    x: [Double]? = nil
  ) throws -> MarginalMeans {
    let half = y.count / 2
    let units = try #require(
      UnitSample(
        arms: ["control", "social"], assignment: y.indices.map { $0 < half ? 0 : 1 },
        response: [y] + (exposure.map { [$0] } ?? []),
        covariates: x.map { ["x": [LinearDesign.Column("x", $0)]] } ?? [:]))
    return try estimator.marginalMeans(of: response, in: Sample(units: units), arms: units.arms)
  }

  @Test("an arm without events is infinitely far away, not a small number")
  func emptyArms() throws {
    for y: [Double] in [[0, 0, 0, 0, 1, 2, 3, 4], [1, 2, 3, 4, 0, 0, 0, 0]] {
      #expect(throws: EstimationError.infiniteCoefficients) {
        try Self.means(Poisson(), .count("y", exposure: nil), y)
      }
    }
  }

  // Poisson's own variance of a mean is μ/n: 2/4 and 3/4, whether or not the fit is perfect.
  @Test func modelErrorsOfAPerfectFit() throws {
    let means = try Self.means(
      Poisson(standardError: .model), .count("y", exposure: nil), [2, 2, 2, 2, 3, 3, 3, 3])
    #expect(isClose(means.covariance[0][0] ?? nil, 0.5))
    #expect(isClose(means.covariance[1][1] ?? nil, 0.75))
  }

  @Test("a far value of a covariate is not separation")
  func leverage() throws {
    var generator = PhiloxGenerator(seed: 3)
    var x = (0..<60).map { _ in 2 * generator.uniformDouble() - 1 }
    var y = x.map { generator.uniformDouble() < 0.4 + 0.1 * $0 ? 1.0 : 0 }
    x[59] = 60
    y[59] = 1
    let means = try Self.means(Logistic(covariates: ["x"]), .binary("y"), y, x: x)
    #expect(means.arms.allSatisfy { $0.mean > 0 && $0.mean < 1 })
  }

  @Test("exposures near the largest double")
  func largeExposure() throws {
    for exposure in [1e300, 1e307, 1e308] {
      let found = try Self.means(
        Poisson(), .count("y", exposure: "t"), [1, 2, 3, 4, 2, 4, 5, 6],
        exposure: Array(repeating: exposure, count: 8))
      // 10 and 17 events in four exposures each; one ulp of log 1e308 is 1e-13.
      #expect(abs(found.arms[0].mean * exposure - 2.5) < 1e-11)
      #expect(abs(found.arms[1].mean * exposure - 4.25) < 1e-11)
    }
  }
}
