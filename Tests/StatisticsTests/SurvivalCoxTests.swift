import Statistics
import Testing

struct SurvivalCoxTests {
  @Test(arguments: ["lung", "ties"], CoxRegression.Ties.allCases)
  func matchesCoxph(data: String, ties: CoxRegression.Ties) throws {
    let reference = try SurvivalReference()
    let columns = try reference.columns(data)
    let covariates = [columns.groups.map { $0 == "2" ? 1.0 : 0 }, columns.x]
    for stratified in [false, true] {
      func fit(_ clusters: [String]?) throws -> CoxRegression {
        try CoxRegression(
          columns.followUp(), covariates: covariates, ties: ties,
          strata: stratified ? Grouping(columns.strata) : nil,
          clusters: clusters.map { Grouping($0) })
      }
      let units = try fit(nil)
      let clustered = try fit(columns.clusters)
      func expect(_ ours: Double?, _ name: String) throws {
        let full = "cox.\(ties.rawValue)\(stratified ? ".strata" : "").\(name)"
        #expect(try reference.agrees(ours, full, in: data, within: 1e-9), "\(full) \(data)")
      }
      for j in 0...1 {
        try expect(units.coefficients[j], "b\(j + 1)")
        try expect(units.logHazardRatio(j)?.standardError, "se\(j + 1)")
        try expect(units.logHazardRatio(j, robust: true)?.standardError, "robust\(j + 1)")
        try expect(clustered.logHazardRatio(j, robust: true)?.standardError, "cluster\(j + 1)")
      }
      try expect(units.modelCovariance[0][1], "v12")
      try expect(clustered.robustCovariance[1][0], "cluster.v12")
      try expect(units.nullLogLikelihood, "ll0")
      try expect(units.logLikelihood, "ll")
      try expect(units.scoreTest.statistic, "score")
      try expect(units.likelihoodRatioTest.statistic, "lr")
      try expect(units.likelihoodRatioTest.pValue, "lr.p")
      try expect(units.waldTest.statistic, "wald")
      try expect(clustered.robustWaldTest?.statistic, "wald.cluster")
    }
  }

  // The package's own example: survival::lung by sex.
  @Test func lungBySex() throws {
    let reference = try SurvivalReference()
    let columns = try reference.columns("lung")
    let fit = try CoxRegression(
      columns.followUp(), covariates: [columns.groups.map { $0 == "2" ? 2.0 : 1 }])
    let ratio = try #require(fit.logHazardRatio(0))
    #expect(try reference.agrees(ratio.estimate, "cox.sex.b", in: "lung"))
    #expect(try reference.agrees(ratio.standardError, "cox.sex.se", in: "lung"))
  }

  // Times 1 2 3, the units of x = 1 first or last: β runs to ±∞. With x = 0 1 0 and events at 1 and 2,
  // the likelihood is 1/(2 + e^β) · e^β/(1 + e^β), highest where e^2β = 2: β = log(2)/2.
  @Test func separationIsSaid() throws {
    let three = try FollowUp(times: [1, 2, 3], events: [true, true, true])
    for column in [[1.0, 0, 0], [0, 0, 1], [0, 1e-9, 3e-9]] {
      #expect(throws: SurvivalError.monotoneLikelihood(covariates: [0])) {
        try CoxRegression(three, covariates: [column])
      }
    }
    let fit = try CoxRegression(three, covariates: [[0, 1, 0]])
    #expect(isClose(fit.coefficients[0], 0.34657359027997264, within: 1e-14))
    // Only the second of two covariates separates: the first is as above within each of its values.
    let six = try FollowUp(
      times: [1, 2, 3, 11, 12, 13], events: [true, true, true, false, false, false])
    #expect(throws: SurvivalError.monotoneLikelihood(covariates: [1])) {
      try CoxRegression(six, covariates: [[0, 1, 0, 0, 1, 0], [1, 1, 1, 0, 0, 0]])
    }
  }

  // Only one unit of ten thousand is unexposed and it outlives the one event, so β runs to ∞; but the
  // likelihood is within 10⁻⁴ of its limit from the start, and flat to 10⁻¹³ soon after.
  @Test func flatSeparationIsSaid() throws {
    let count = 10_000
    let followUp = try FollowUp(
      times: (0..<count).map { $0 == 0 ? 1 : 2 }, events: (0..<count).map { $0 == 0 })
    let exposed = (0..<count).map { $0 == 1 ? 0.0 : 1 }
    #expect(throws: SurvivalError.monotoneLikelihood(covariates: [0])) {
      try CoxRegression(followUp, covariates: [exposed])
    }
  }

  @Test func whatIsMissingIsSaid() throws {
    let three = try FollowUp(times: [1, 2, 3], events: [true, true, true])
    func error(_ columns: [[Double]], strata: [String]? = nil) -> SurvivalError? {
      do {
        _ = try CoxRegression(three, covariates: columns, strata: strata.map { Grouping($0) })
        return nil
      } catch { return error }
    }
    #expect(error([[0.1, 0.1, 0.1]]) == .collinear(covariate: 0))
    #expect(error([[0, 1, 0], [1, 3, 1]]) == .collinear(covariate: 1))
    #expect(error([[0.1, 0.1, 0.7]], strata: ["a", "a", "b"]) == .collinear(covariate: 0))
    #expect(error([[0, .nan, 0]]) == .invalidCovariate(row: 1, covariate: 0))
    #expect(error([[0, 1]]) == .unequalLengths(expected: 3, found: 2))
    #expect(error([]) == .unequalLengths(expected: 1, found: 0))
    #expect(error([[0, 1e300, -1e300]]) == .numericalFailure)
    let censored = try FollowUp(times: [1, 2], events: [false, false])
    #expect(throws: SurvivalError.noEvents) { try CoxRegression(censored, covariates: [[0, 1]]) }
  }
}
