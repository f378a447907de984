import Statistics
import TestSupport
import Testing

/// Coefficients and their covariances against glm, MASS and sandwich.
struct GeneralizedLinearModelTests {
  let reference: GeneralizedLinearModelReference

  init() throws {
    reference = try GeneralizedLinearModelReference()
  }

  private func expect(
    _ model: GeneralizedLinearModel, agreesWith fit: String, clusters: Grouping? = nil
  ) throws {
    let kinds: [(String, LikelihoodCovariance)] =
      [("model", .modelBased), ("hc0", .hc0), ("hc1", .hc1)]
      + (clusters.map { [("cr0", .cr0($0)), ("cr1", .cr1($0))] } ?? [])
    for coefficient in model.coefficients {
      let name = coefficient.name
      let wanted = try reference.number(fit, name, "estimate")
      #expect(isClose(coefficient.value, wanted, within: 1e-8), "\(fit) \(name)")
      for (kind, covariance) in kinds {
        let error = try model.standardError(of: name, covariance: covariance)
        let wanted = try reference.number(fit, name, kind)
        #expect(isClose(error, wanted, within: 1e-8), "\(fit) \(name) \(kind)")
      }
    }
    for (ours, what) in [
      (model.logLikelihood, "log_likelihood"), (model.deviance, "deviance"),
    ] {
      #expect(isClose(ours, try reference.number(fit, "fit", what), within: 1e-8), "\(fit) \(what)")
    }
  }

  private func trialColumns() throws -> [LinearDesign.Column] {
    try reference.indicators(of: "arm", in: "trial") { "arm\($0 + 2)" }
      + ["age", "female"].map { LinearDesign.Column($0, try reference.column($0, of: "trial")) }
  }

  @Test func warpbreaksAsPublished() throws {
    let tension = try reference.indicators(of: "tension", in: "warpbreaks") {
      ["tensionM", "tensionH"][$0]
    }
    let model = try GeneralizedLinearModel(
      try reference.column("breaks", of: "warpbreaks"), on: try design(tension), family: .poisson)
    try expect(model, agreesWith: "warpbreaks")
    for (name, value, error) in [
      ("tensionM", -0.321320, 0.130331), ("tensionH", -0.518488, 0.136072),
    ] {
      let found = try #require(model.coefficients.first { $0.name == name }?.value)
      #expect(abs(found - value) < 5e-7)
      #expect(abs(try model.standardError(of: name, covariance: .hc0) - error) < 5e-7)
    }
  }

  @Test func logisticRegressionOfATrial() throws {
    let model = try GeneralizedLinearModel(
      try reference.column("event", of: "trial"), on: try design(try trialColumns()),
      family: .binomial)
    try expect(
      model, agreesWith: "logit", clusters: Grouping(try reference.column("cluster", of: "trial")))
  }

  @Test func poissonRegressionWithExposure() throws {
    let model = try GeneralizedLinearModel(
      try reference.column("count", of: "trial"), on: try design(try trialColumns()),
      family: .poisson, offset: try reference.logExposure())
    try expect(
      model, agreesWith: "poisson",
      clusters: Grouping(try reference.column("cluster", of: "trial")))
  }

  @Test func negativeBinomialOfQuine() throws {
    var columns: [LinearDesign.Column] = []
    for (name, labels) in [
      ("Eth", ["EthN"]), ("Sex", ["SexM"]), ("Age", ["AgeF1", "AgeF2", "AgeF3"]),
      ("Lrn", ["LrnSL"]),
    ] {
      columns += try reference.indicators(of: name, in: "quine") { labels[$0] }
    }
    let fit = try NegativeBinomialModel(
      try reference.column("days", of: "quine"), on: try design(columns))
    #expect(isClose(fit.theta, try reference.number("quine", "fit", "theta"), within: 1e-8))
    // Venables & Ripley's printed digits: theta 1.275.
    #expect(abs(try #require(fit.theta) - 1.275) < 5e-4)
    try expect(fit.model, agreesWith: "quine")
  }

  @Test func negativeBinomialWithExposure() throws {
    let fit = try NegativeBinomialModel(
      try reference.column("count", of: "trial"), on: try design(try trialColumns()),
      offset: try reference.logExposure())
    let theta = try reference.number("negative_binomial", "fit", "theta")
    #expect(isClose(fit.theta, theta, within: 1e-8))
    try expect(fit.model, agreesWith: "negative_binomial")
  }

  @Test("counts less variable than Poisson's have no finite theta")
  func evenCounts() throws {
    let columns = Array(try trialColumns().prefix(3))
    let fit = try NegativeBinomialModel(
      try reference.column("even", of: "trial"), on: try design(columns))
    #expect(fit.theta == nil)
    #expect(fit.model.family == .poisson)
    try expect(fit.model, agreesWith: "even")
  }

  @Test("a copy of a column is left out, and nothing else changes")
  func collinear() throws {
    var columns = try trialColumns()
    let twice = LinearDesign.Column("twice", columns[2].values.map { 2 * $0 + 3 })
    columns.append(twice)
    columns.append(.init("constant", columns[2].values.map { _ in 7 }))
    let model = try GeneralizedLinearModel(
      try reference.column("event", of: "trial"), on: try design(columns), family: .binomial)
    #expect(model.droppedColumns == ["twice", "constant"])
    let wanted = try reference.number("logit", "age", "estimate")
    #expect(isClose(model.coefficients[3].value, wanted, within: 1e-8))
  }

  @Test("units of measurement do not matter", arguments: [1e-300, 1e-12, 1e12, 1e300])
  func scale(factor: Double) throws {
    var columns = try trialColumns()
    columns[2].values = columns[2].values.map { $0 * factor / 64 }
    let model = try GeneralizedLinearModel(
      try reference.column("event", of: "trial"), on: try design(columns), family: .binomial)
    let value = try #require(model.coefficients[3].value) * factor / 64
    #expect(isClose(value, try reference.number("logit", "age", "estimate"), within: 1e-8))
  }

  @Test("separation, and outcomes that are all alike, are said")
  func separation() throws {
    let x = (0..<20).map(Double.init)
    let step = x.map { $0 < 10 ? 0.0 : 1 }
    let columns = try design([.init("x", x)])
    #expect(throws: EstimationError.infiniteCoefficients) {
      try GeneralizedLinearModel(step, on: columns, family: .binomial)
    }
    // Quasi-complete: one level without events.
    let arms = try design([.init("arm", x.map { $0 < 5 ? 1 : 0 })])
    #expect(throws: EstimationError.infiniteCoefficients) {
      try GeneralizedLinearModel(
        x.map { $0 < 5 || $0 > 12 ? 0 : 1 }, on: arms, family: .binomial)
    }
    for family in [ResponseFamily.poisson, .negativeBinomial(alpha: 0.5)] {
      #expect(throws: EstimationError.infiniteCoefficients) {
        try GeneralizedLinearModel(x.map { $0 < 5 ? 0 : $0 }, on: arms, family: family)
      }
    }
    let zeros = x.map { _ in 0.0 }
    for family in [ResponseFamily.binomial, .poisson, .negativeBinomial(alpha: 1)] {
      #expect(throws: EstimationError.noEvents) {
        try GeneralizedLinearModel(zeros, on: columns, family: family)
      }
    }
    #expect(throws: EstimationError.noVariation) {
      try GeneralizedLinearModel(x.map { _ in 1 }, on: columns, family: .binomial)
    }
    for y in [-1, 0.5, .nan, .infinity] {
      #expect(throws: EstimationError.undefined) {
        try GeneralizedLinearModel([y] + x.dropFirst(), on: columns, family: .binomial)
      }
    }
  }

  /// The logistic regressions of published trials; glm stops at about eight digits.
  @Test(
    arguments: TrialAnswers.of(.logit).filter { $0.id.hasPrefix("nsw") || $0.id.hasPrefix("rossi") }
  )
  func publishedTrials(entry: TrialAnswers.Entry) throws {
    // glm(cbind(c(events of the arm, of the control), c(others, others)) ~ c(1, 0))
    let n = try entry.counts(after: "cbind(c(")
    try #require(n.count >= 4)
    let cells = [(n[0], 1.0, 1.0), (n[1], 1, 0), (n[2], 0, 1), (n[3], 0, 0)]
    let y = cells.flatMap { Array(repeating: $0.1, count: $0.0) }
    let arm = cells.flatMap { Array(repeating: $0.2, count: $0.0) }
    let model = try GeneralizedLinearModel(
      y, on: try design([.init("arm", arm)]), family: .binomial)
    let value = try #require(model.coefficients[1].value)
    let error = try model.standardError(of: "arm", covariance: .modelBased)
    let wanted = try #require(entry.value["logor"])
    #expect(abs(value - wanted) <= 1e-8 * max(abs(wanted), 1e-5), "\(entry.id)")
    #expect(isClose(error, try #require(entry.value["se"]), within: 1e-5), "\(entry.id)")
  }

  @Test("an arm alone on its log odds: Woolf's error")
  func twoByTwo() throws {
    // 12 of 40 against 5 of 60; by hand log(12·55/(28·5)) and √(1/12 + 1/28 + 1/5 + 1/55).
    let arm = (0..<100).map { $0 < 40 ? 1.0 : 0 }
    let y = (0..<100).map { $0 < 12 || $0 >= 95 ? 1.0 : 0 }
    let model = try GeneralizedLinearModel(
      y, on: try design([.init("arm", arm)]), family: .binomial)
    #expect(isClose(model.coefficients[1].value, 1.5505974124111668, within: 1e-12))
    let variance = 1.0 / 12 + 1.0 / 28 + 1.0 / 5 + 1.0 / 55
    #expect(
      isClose(
        try model.standardError(of: "arm", covariance: .modelBased), variance.squareRoot(),
        within: 1e-12))
    #expect(
      isClose(
        try model.standardError(of: "arm", covariance: .hc0), variance.squareRoot(), within: 1e-12))
  }
}
