import RandomAssignment
import Statistics
import Testing

struct SimultaneousTests {
  static let shapes = ["equal2", "equal3", "uneven", "steep", "none", "mixed"]

  @Test(arguments: shapes, ["2", "5", "27", "120", "Inf"])
  func tailsMatchMvtnorm(shape: String, freedom: String) throws {
    let reference = try DecisionReference()
    let name = "\(shape).\(freedom)"
    let size = Int(try reference.number("k", in: name))
    let entries = try reference.series("r", in: name)
    let correlations = (0..<size).map { i in (0..<size).map { entries[i * size + $0] } }
    let df = try reference.number("df", in: name)
    let maximum = try MaximumT(
      correlations: correlations, degreesOfFreedom: df.isFinite ? df : nil)
    for c in ["0.5", "1.5", "2.5", "4"] {
      let expected = try reference.number("tail.\(c)", in: name)
      let ours = try maximum.upperTail(try #require(Double(c)))
      // TVPACK's four or eight terms of size 1, each to about 10⁻¹³.
      #expect(abs(ours - expected) < 1e-11, "\(name) \(c) \(ours) \(expected)")
    }
  }

  @Test(arguments: ["many5.20", "many5.Inf", "many9.20", "many9.Inf"])
  func manyComparisonsMatchIntegrate(name: String) throws {
    let reference = try DecisionReference()
    let df = try reference.number("df", in: name)
    let maximum = try MaximumT(
      loadings: try reference.series("l", in: name), degreesOfFreedom: df.isFinite ? df : nil)
    for c in ["1.5", "2.7"] {
      let expected = try reference.number("tail.\(c)", in: name)
      let ours = try maximum.upperTail(try #require(Double(c)))
      #expect(abs(ours - expected) < 1e-10, "\(name) \(c) \(ours) \(expected)")
    }
  }

  /// Equal groups against one control: Reference/dunnett.R.
  @Test func pointsForEqualGroups() throws {
    let rows = try ContinuousReference.rows(of: "dunnett")
    #expect(rows.count == 15)
    for row in rows {
      let groups = try #require(Int(row[0]))
      let freedom = try #require(Double(row[1]))
      let point = try #require(Double(row[2]))
      let maximum = try MaximumT(
        loadings: Array(repeating: 0.5.squareRoot(), count: groups),
        degreesOfFreedom: freedom > 0 ? freedom : nil)
      #expect(abs(try maximum.criticalValue(level: 0.95) - point) < 1e-7, "\(row)")
    }
  }

  @Test func plantGrowthMatchesMultcomp() throws {
    let reference = try DecisionReference()
    let estimates = try reference.series("estimate", in: "plants")
    let errors = try reference.series("error", in: "plants")
    // 30 plants: each mean's variance is half of a difference's.
    let own = errors[0] * errors[0] / 2
    let means = MarginalMeans(
      quantity: .mean,
      arms: [("ctrl", 0), ("trt1", estimates[0]), ("trt2", estimates[1])].map {
        .init(arm: $0.0, count: 10, mean: 5.032 + $0.1, standardDeviation: 0.6)
      },
      covariance: (0..<3).map { i in (0..<3).map { $0 == i ? own : 0 } },
      degreesOfFreedom: .fixed(27), standardErrorType: .pooled, areSimpleAverages: true)
    let compared = try DunnettComparisons(of: ["trt1", "trt2"], versus: "ctrl", in: means)
    let expected = try reference.series("p", in: "plants")
    for (ours, theirs) in zip(try compared.adjustedPValues, expected) {
      #expect(isClose(ours, theirs, within: 1e-9))
    }
    let critical = try reference.number("critical", in: "plants")
    for (place, interval) in try compared.intervals(level: 0.95).enumerated() {
      let ends = try ends(interval)
      #expect(isClose(ends.lower, estimates[place] - critical * errors[place], within: 1e-9))
      #expect(isClose(ends.upper, estimates[place] + critical * errors[place], within: 1e-9))
    }
  }

  /// Correlations that are no products: the lattice against TVPACK.
  @Test(arguments: [("odd", "5"), ("odd", "Inf"), ("chain", "Inf")])
  func generalCorrelationsMatchMvtnorm(shape: String, freedom: String) throws {
    let reference = try DecisionReference()
    let name = "\(shape).\(freedom)"
    let entries = try reference.series("r", in: name)
    let df = try reference.number("df", in: name)
    let maximum = try MaximumT(
      correlations: (0..<3).map { i in (0..<3).map { entries[i * 3 + $0] } },
      degreesOfFreedom: df.isFinite ? df : nil)
    #expect(maximum.loadings == nil)
    for c in ["1.5", "2.5", "4"] {
      let expected = try reference.number("tail.\(c)", in: name)
      let ours = try maximum.upperTail(try #require(Double(c)))
      #expect(
        abs(ours - expected) < (expected < 0.15 ? 1e-5 : 1e-4), "\(name) \(c) \(ours) \(expected)")
    }
  }

  /// A covariance with a hole is an error, not a trap; an arm that is not there is named.
  @Test func incompleteCovariancesAreRefused() throws {
    func means(_ covariance: [[Double?]]) -> MarginalMeans {
      MarginalMeans(
        quantity: .mean,
        arms: ["c", "a", "b"].map { .init(arm: $0, count: 9, mean: 1, standardDeviation: 1) },
        covariance: covariance, degreesOfFreedom: .infinite, standardErrorType: .z,
        areSimpleAverages: false)
    }
    let holes: [[[Double?]]] = [
      [[1, 0, 0], [0, 1, nil], [0, nil, 1]], [[1, 0, 0], [0, 1], [0, 0, 1]], [],
    ]
    for hole in holes {
      #expect(throws: EstimationError.self) {
        try DunnettComparisons(of: ["a", "b"], versus: "c", in: means(hole))
      }
    }
    let whole = means([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    #expect(throws: EstimationError.noUnits(arm: "d")) {
      try DunnettComparisons(of: ["a", "d"], versus: "c", in: whole)
    }
    #expect(throws: EstimationError.undefined) {
      try DunnettComparisons(of: [], versus: "c", in: whole)
    }
    #expect(
      try DunnettComparisons(of: ["a", "b"], versus: "c", in: whole).adjustedPValues == [1, 1])
  }

  @Test func oneComparisonIsStudents() throws {
    let maximum = try MaximumT(loadings: [0], degreesOfFreedom: 7)
    let student = StudentEvidence(estimate: 2.5, standardError: 1, degreesOfFreedom: 7)
    #expect(isClose(try maximum.upperTail(2.5), try student.pValue(of: 0), within: 1e-12))
    // Statistics that are all the same are one.
    let same = try MaximumT(loadings: [1, 1, -1], degreesOfFreedom: 7)
    #expect(isClose(try same.upperTail(2.5), try student.pValue(of: 0), within: 1e-9))
  }

  @Test func whatHasNoStructureIsRefused() throws {
    let impossible = [[1, 2.0], [2, 1]]
    #expect(throws: EstimationError.undefined) {
      try MaximumT(correlations: impossible, degreesOfFreedom: nil)
    }
    for bad in [0, -1, Double.nan, .infinity] {
      #expect(throws: EstimationError.undefined) {
        try MaximumT(loadings: [0.5], degreesOfFreedom: bad)
      }
    }
    // Each pair may be so correlated, all three together may not.
    let three = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]
    #expect(throws: EstimationError.undefined) {
      try MaximumT(correlations: three, degreesOfFreedom: nil)
    }
    #expect(throws: EstimationError.undefined) {
      try MaximumT(loadings: [.nan], degreesOfFreedom: nil)
    }
    let fine = try MaximumT(loadings: [0.5, 0.5], degreesOfFreedom: 3)
    #expect(try fine.upperTail(0) == 1 && fine.upperTail(.infinity) == 0)
    #expect(throws: EstimationError.undefined) { try fine.upperTail(.nan) }
    #expect(throws: EstimationError.undefined) { try fine.criticalValue(level: 1) }
  }

  @Test func selectedIntervalsFollowTheirDefinition() throws {
    let reference = try DecisionReference()
    let estimates = try reference.series("estimate", in: "selected")
    let errors = try reference.series("error", in: "selected")
    let evidence = zip(estimates, errors).map {
      StudentEvidence(estimate: $0, standardError: $1, degreesOfFreedom: nil)
    }
    let rate = try FalseCoverageRate(selectingFrom: evidence, at: 0.1)
    #expect(
      rate.selected.map { Double($0 + 1) } == (try reference.series("chosen", in: "selected")))
    let lower = try reference.series("low", in: "selected")
    let upper = try reference.series("high", in: "selected")
    for (place, interval) in rate.intervals.enumerated() {
      let ends = try ends(interval)
      #expect(isClose(ends.lower, lower[place]) && isClose(ends.upper, upper[place]))
      #expect(!interval.contains(0))
    }
    let none = try FalseCoverageRate(
      selectingFrom: [StudentEvidence(estimate: 0.1, standardError: 1, degreesOfFreedom: nil)],
      at: 0.1)
    #expect(none.selected.isEmpty && none.intervals.isEmpty && none.level == nil)
    #expect(try FalseCoverageRate(selectingFrom: [], at: 0.1).selected.isEmpty)
    #expect(throws: EstimationError.undefined) {
      try FalseCoverageRate(selectingFrom: evidence, at: 0)
    }
  }

  @Test func bonferroniDividesTheError() throws {
    let evidence = (0..<4).map {
      StudentEvidence(estimate: Double($0), standardError: 1, degreesOfFreedom: 9)
    }
    for (one, interval) in zip(
      evidence, try Multiplicity.simultaneousIntervals(evidence, level: 0.9))
    {
      #expect(interval == (try one.interval(level: 0.975)))
    }
    #expect(try Multiplicity.simultaneousIntervals([], level: 0.9).isEmpty)
  }

  /// Four arms of 6 units without any effect: the largest |t| passes its critical value in a tenth of
  /// all trials.
  @Test func theFamilywiseErrorIsTheLevel() throws {
    let maximum = try MaximumT(
      loadings: Array(repeating: 0.5.squareRoot(), count: 3), degreesOfFreedom: 20)
    let critical = try maximum.criticalValue(level: 0.9)
    var generator = PhiloxGenerator(seed: 77)
    let trials = 1500
    var rejections = 0
    for _ in 0..<trials {
      var squares = 0.0
      let means = (0..<4).map { _ in
        // Twelve uniforms less six are normal enough for six units' mean.
        let values = (0..<6).map { _ in
          (0..<12).reduce(-6.0) { sum, _ in sum + generator.uniformDouble() }
        }
        let mean = values.reduce(0, +) / 6
        squares += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return mean
      }
      let error = (squares / 20 * 2 / 6).squareRoot()
      if (1...3).contains(where: { abs(means[$0] - means[0]) > critical * error }) {
        rejections += 1
      }
    }
    // 0.1 with a standard error of 0.0077.
    #expect(abs(Double(rejections) / Double(trials) - 0.1) < 0.025)
  }
}
