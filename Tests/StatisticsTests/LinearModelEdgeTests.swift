import Statistics
import Testing

/// Data on which least squares is often wrong in silence.
@Suite struct LinearModelEdgeTests {
  private let y = [3.0, 1, 4, 1, 5, 9, 2, 6]
  private let x = [1.0, 2, 3, 5, 4, 1, 3, 2]
  private let estimators: [CovarianceEstimator] = {
    let pairs = Grouping([1, 1, 2, 2, 3, 3, 4, 4])
    return [
      .classical, .hc0, .hc1, .hc2, .hc2BellMcCaffrey, .hc3, .cr0(pairs), .cr1(pairs), .cr2(pairs),
    ]
  }()

  /// As in `lm`, the later of two dependent columns goes; the others' numbers do not change.
  @Test func dependentColumnsAreNamed() throws {
    let plain = try fit(y, on: [("x", x)])
    let model = try fit(
      y, on: [("x", x), ("copy", x.map { 3 - 2 * $0 }), ("zero", x.map { _ in 0 })])
    #expect(model.droppedColumns == ["copy", "zero"])
    #expect(model.rank == 2)
    for covariance in estimators {
      let ours = try model.coefficient("x", covariance: covariance)
      let theirs = try plain.coefficient("x", covariance: covariance)
      #expect(isClose(ours.standardError, theirs.standardError))
      #expect(isClose(ours.degreesOfFreedom, theirs.degreesOfFreedom))
    }
    #expect(throws: EstimationError.undefined) {
      try model.coefficient("copy", covariance: .classical)
    }
    // x and its copy: only x − 2·copy is determined, which is what x alone estimates.
    let contrasts = try model.contrasts([[0, 1, -2, 0], [0, 1, 0, 0]], covariance: .hc2)
    #expect(throws: Never.self) { try contrasts.estimates[0].get() }
    #expect(throws: EstimationError.undefined) { try contrasts.estimates[1].get() }
    #expect(contrasts.covariance[1][1] == nil)
  }

  @Test func aDesignWithoutColumnsHasNoModel() throws {
    #expect(throws: EstimationError.noVariation) {
      try LinearModel(
        [1, 2], on: #require(LinearDesign(columns: [LinearDesign.Column("zero", [0, 0])])))
    }
    #expect(throws: EstimationError.undefined) {
      try LinearModel([1], on: #require(LinearDesign(columns: [.intercept(rows: 2)])))
    }
    #expect(LinearDesign(columns: []) == nil)
    #expect(LinearDesign(columns: [LinearDesign.Column("x", [])]) == nil)
    #expect(LinearDesign(columns: [LinearDesign.Column("x", [.nan])]) == nil)
    #expect(LinearDesign(columns: [.intercept(rows: 2)], weights: [1, 0]) == nil)
    #expect(LinearDesign(columns: [.intercept(rows: 2)], absorbing: Grouping([1])) == nil)
  }

  /// More columns than rows: a perfect fit and nothing to judge it by.
  @Test func moreColumnsThanRows() throws {
    let model = try fit([1, 2], on: [("a", [1, 5]), ("b", [3, 4])])
    #expect(model.droppedColumns == ["b"])
    #expect(model.residualDegreesOfFreedom == 0)
    for covariance in [CovarianceEstimator.classical, .hc2, .cr2(Grouping([1, 2]))] {
      #expect(throws: EstimationError.undefined) {
        try model.coefficient("a", covariance: covariance)
      }
    }
  }

  @Test func oneClusterIsNoSample() throws {
    let model = try fit(y, on: [("x", x)])
    let one = Grouping(y.map { _ in "town" })
    for covariance in [CovarianceEstimator.cr0(one), .cr1(one), .cr2(one), .cr2(Grouping([1]))] {
      #expect(throws: EstimationError.undefined) {
        try model.coefficient("x", covariance: covariance)
      }
    }
  }

  /// One cluster in each arm: the residuals of each sum to 0, and an error of 10⁻¹⁶ would be a lie.
  @Test func oneClusterInEachArm() throws {
    let arm = [0.0, 0, 0, 0, 1, 1, 1, 1]
    let model = try fit(y.map { $0 / 3 }, on: [("arm", arm)])
    for covariance in [CovarianceEstimator.cr0(Grouping(arm)), .cr1(Grouping(arm))] {
      #expect(throws: EstimationError.noVariation) {
        try model.coefficient("arm", covariance: covariance)
      }
    }
    #expect(throws: EstimationError.undefined) {
      try model.coefficient("arm", covariance: .cr2(Grouping(arm)))
    }
  }

  /// What no double can hold is said, not printed as infinity or zero.
  @Test func overflowIsSaid() throws {
    #expect(throws: EstimationError.numericalFailure) {
      try fit(y.map { $0 * 1e300 }, on: [("x", x.map { $0 * 1e-300 })])
    }
    let tiny = try fit(y.map { $0 * 1e-300 }, on: [("x", x.map { $0 * 1e300 })])
    #expect(throws: EstimationError.numericalFailure) {
      try tiny.coefficient("x", covariance: .hc2)
    }
    let small = try fit(y.map { $0 * 1e-200 }, on: [("x", x)])
    let contrasts = try small.contrasts([[0, 1]], covariance: .hc2)
    #expect(contrasts.covariance == [[nil]])
    #expect(try contrasts.estimates[0].get().standardError > 0)
    #expect(throws: EstimationError.numericalFailure) {
      try fit(y, on: [("x", x)], weights: [1e300, 1, 1, 1, 1, 1, 1, 1e-300])
    }
  }

  @Test(arguments: [0, 5, 1 / 3.0, 1e300, 1e-300]) func aConstantOutcomeHasNoVariation(
    value: Double
  ) throws {
    let model = try fit(y.map { _ in value }, on: [("x", x)])
    for covariance in estimators {
      #expect(throws: EstimationError.noVariation) {
        try model.coefficient("x", covariance: covariance)
      }
    }
  }

  /// Powers of two change no digit of an estimate or its error, whatever their size.
  @Test(arguments: [-1000, -500, 500, 1000]) func extremeUnitsKeepEveryDigit(power: Int) throws {
    let factor = Double(sign: .plus, exponent: power, significand: 1)
    let plain = try fit(y, on: [("x", x)])
    let outcome = try fit(y.map { $0 * factor }, on: [("x", x)])
    let regressor = try fit(y, on: [("x", x.map { $0 * factor })])
    let both = try fit(y.map { $0 * factor }, on: [("x", x.map { $0 * factor })])
    for covariance in estimators {
      let expected = try plain.coefficient("x", covariance: covariance)
      let first = try outcome.coefficient("x", covariance: covariance)
      #expect(first.value == expected.value * factor)
      #expect(first.standardError == expected.standardError * factor)
      let second = try regressor.coefficient("x", covariance: covariance)
      #expect(second.value == expected.value / factor)
      #expect(second.standardError == expected.standardError / factor)
      #expect(second.degreesOfFreedom == expected.degreesOfFreedom)
      #expect(try both.coefficient("x", covariance: covariance) == expected)
    }
  }

  /// With a column for one row, or a cluster alone in its arm, the residuals there are 0 whatever
  /// the outcome was. Contrasts that rest on it have no variance; the others keep theirs.
  @Test func leverageOneSpoilsOnlyWhatRestsOnIt() throws {
    let own = y.indices.map { $0 == 5 ? 1.0 : 0 }
    let model = try fit(y, on: [("x", x), ("own", own)])
    #expect(abs(model.leverages[5] - 1) < 1e-14)
    for covariance in [CovarianceEstimator.hc2, .hc2BellMcCaffrey, .hc3] {
      #expect(throws: EstimationError.undefined) {
        try model.coefficient("own", covariance: covariance)
      }
    }
    // Without the row, x is the same.
    let others = y.indices.filter { $0 != 5 }
    let rest = try fit(others.map { y[$0] }, on: [("x", others.map { x[$0] })])
    for covariance in [CovarianceEstimator.hc2, .hc2BellMcCaffrey, .hc3] {
      let ours = try model.coefficient("x", covariance: covariance)
      let theirs = try rest.coefficient("x", covariance: covariance)
      #expect(isClose(ours.value, theirs.value))
      #expect(isClose(ours.standardError, theirs.standardError))
      #expect(isClose(ours.degreesOfFreedom, theirs.degreesOfFreedom))
    }
    let treated = try fit(y, on: [("arm", [1, 1, 0, 0, 0, 0, 0, 0])])
    #expect(throws: EstimationError.undefined) {
      try treated.coefficient("arm", covariance: .cr2(Grouping([1, 1, 2, 2, 3, 3, 4, 4])))
    }
  }

  /// A column for each cluster: the regressor within them keeps its CR2 error. The first cluster's
  /// level rests on that cluster alone; clubSandwich prints an error of 0.02 for it, we print none.
  @Test func columnsForClusters() throws {
    let reference = try LinearModelReference()
    let cluster = try reference.column("cluster", of: "areas")
    let model = try fit(
      reference.column("y", of: "areas"),
      on: [("x", reference.column("x", of: "areas"))]
        + (2...12).map { own in ("cluster \(own)", cluster.map { $0 == Double(own) ? 1 : 0 }) })
    let expected = try #require(reference.answers["areas.dummies.CR2"]?["x"])
    let ours = try model.coefficient("x", covariance: .cr2(Grouping(cluster)))
    #expect(isClose(ours.value, try #require(expected["coefficients"])))
    #expect(isClose(ours.standardError, try #require(expected["std.error"])))
    #expect(isClose(ours.degreesOfFreedom, try #require(expected["df"]), within: 1e-8))
    #expect(throws: EstimationError.undefined) {
      try model.coefficient("(Intercept)", covariance: .cr2(Grouping(cluster)))
    }
  }

  /// A column that is constant within the absorbed blocks is one of them.
  @Test func columnsWithinBlocksAreDropped() throws {
    let blocks = Grouping([1, 1, 2, 2, 3, 3, 4, 4])
    let level = [0.1, 0.1, 0.7, 0.7, 1.3, 1.3, 0.1, 0.1]
    let model = try fit(y, on: [("level", level), ("x", x)], absorbing: blocks)
    #expect(model.droppedColumns == ["level"])
    #expect(model.rank == 5)
  }

  /// By hand: arms (1, 3) and (2, 6, 7). Means 2 and 5; squares about them 2 and 14. Classical:
  /// 16/3·(1/2 + 1/3) = 40/9. HC2 is s²/n in each arm: 2/2 + 7/3 = 10/3.
  @Test func handArithmetic() throws {
    let model = try fit([1, 3, 2, 6, 7], on: [("arm", [0, 0, 1, 1, 1])])
    let classical = try model.coefficient("arm", covariance: .classical)
    #expect(isClose(classical.value, 3, within: 1e-14))
    #expect(isClose(classical.standardError, (40.0 / 9).squareRoot(), within: 1e-14))
    #expect(classical.degreesOfFreedom == 3)
    let robust = try model.coefficient("arm", covariance: .hc2)
    #expect(isClose(robust.standardError, (10.0 / 3).squareRoot(), within: 1e-14))
  }
}
