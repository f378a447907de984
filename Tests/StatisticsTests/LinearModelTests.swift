import Statistics
import Testing

/// Coefficients, standard errors and degrees of freedom against estimatr and clubSandwich.
@Suite struct LinearModelTests {
  struct Fit: Sendable, CustomTestStringConvertible {
    var data: String
    var variant = ""
    var outcome: String
    var columns: [String]
    var weights: String?
    var blocks: String?
    var clusters: String?
    var types: [String]
    var testDescription: String { data + variant }
  }

  private static let rowTypes = ["classical", "HC0", "HC1", "HC2", "HC3"]
  private static let clusterTypes = ["CR0", "stata", "CR2"]
  private static let fits = [
    Fit(
      data: "mtcars", outcome: "mpg", columns: ["hp"], clusters: "cyl",
      types: rowTypes + clusterTypes + ["bm"]),
    Fit(
      data: "mtcars", variant: ".weighted", outcome: "mpg", columns: ["hp"], weights: "w",
      types: rowTypes),
    Fit(
      data: "mtcars", variant: ".absorbed", outcome: "mpg", columns: ["hp"], blocks: "am",
      types: rowTypes),
    Fit(data: "plants", outcome: "weight", columns: ["trt1", "trt2"], types: rowTypes),
    Fit(
      data: "chicks", outcome: "weight", columns: ["diet3"], clusters: "chick",
      types: clusterTypes),
    Fit(
      data: "areas", outcome: "y", columns: ["z", "x"], clusters: "cluster",
      types: clusterTypes + ["bm"]),
    Fit(
      data: "areas", variant: ".weighted", outcome: "y", columns: ["z", "x"], weights: "w",
      clusters: "cluster", types: clusterTypes),
    Fit(
      data: "areas", variant: ".absorbed", outcome: "y", columns: ["z", "x"], blocks: "area",
      clusters: "cluster", types: clusterTypes + ["bm"]),
    // The blocks are the clusters themselves.
    Fit(
      data: "areas", variant: ".own", outcome: "y", columns: ["x"], blocks: "cluster",
      clusters: "cluster", types: clusterTypes),
    Fit(
      data: "areas", variant: ".weighted.absorbed", outcome: "y", columns: ["z", "x"],
      weights: "w", blocks: "area", clusters: "cluster", types: ["HC2", "HC3", "CR0", "stata"]),
  ]

  @Test(arguments: fits) func everyTypeMatchesR(spec: Fit) throws {
    let reference = try LinearModelReference()
    let model = try fit(
      reference.column(spec.outcome, of: spec.data),
      on: spec.columns.map { ($0, try reference.column($0, of: spec.data)) },
      weights: spec.weights.map { try reference.column($0, of: spec.data) },
      absorbing: spec.blocks.map { Grouping(try reference.column($0, of: spec.data)) })
    let clusters = try spec.clusters.map { Grouping(try reference.column($0, of: spec.data)) }
    for type in spec.types {
      let answers = try #require(reference.answers["\(spec.data)\(spec.variant).\(type)"])
      for term in (spec.blocks == nil ? ["(Intercept)"] : []) + spec.columns {
        let expected = try #require(answers[term])
        let ours = try model.coefficient(term, covariance: try #require(estimator(type, clusters)))
        #expect(isClose(ours.value, try #require(expected["coefficients"])), "\(type) \(term)")
        #expect(isClose(ours.standardError, try #require(expected["std.error"])), "\(type) \(term)")
        #expect(
          isClose(ours.degreesOfFreedom, try #require(expected["df"]), within: 1e-8),
          "\(type) \(term)")
        guard let p = expected["p.value"] else { continue }
        let interval = try bounds(of: ours.evidence.interval(level: 0.95))
        #expect(isClose(try ours.evidence.pValue(of: 0), p, within: 1e-7))
        #expect(isClose(interval.lower, try #require(expected["conf.low"]), within: 1e-8))
        #expect(isClose(interval.upper, try #require(expected["conf.high"]), within: 1e-8))
      }
    }
  }

  private func estimator(_ type: String, _ clusters: Grouping?) -> CovarianceEstimator? {
    switch type {
    case "classical": .classical
    case "HC0": .hc0
    case "HC1": .hc1
    case "HC2": .hc2
    case "HC3": .hc3
    case "bm": .hc2BellMcCaffrey
    case "CR0": clusters.map { .cr0($0) }
    case "stata": clusters.map { .cr1($0) }
    default: clusters.map { .cr2($0) }
    }
  }

  /// Stata's own output as published with estimatr (tests/testthat/stata-ests.txt): variances of
  /// the slope and the constant of mpg on hp, unweighted and with weights drat/5. Stata
  /// kept the data in single precision, hence the seventh digit.
  @Test func matchesStata() throws {
    let reference = try LinearModelReference()
    let cyl = Grouping(try reference.column("cyl", of: "mtcars"))
    let published: [(CovarianceEstimator, weighted: Bool, hp: Double, constant: Double)] = [
      (.classical, false, 0.0001024, 2.669698), (.hc1, false, 0.00018388, 4.3123302),
      (.hc2, false, 0.00021652, 4.8093019), (.hc3, false, 0.00027562, 5.8084222),
      (.cr1(cyl), false, 0.00034882, 14.922475), (.classical, true, 0.00009984, 2.4918295),
      (.hc1, true, 0.00017632, 4.0902569), (.cr1(cyl), true, 0.00031337, 13.155473),
    ]
    for (covariance, weighted, hp, constant) in published {
      let model = try fit(
        reference.column("mpg", of: "mtcars"), on: [("hp", reference.column("hp", of: "mtcars"))],
        weights: weighted ? reference.column("w", of: "mtcars") : nil)
      let slope = try model.coefficient("hp", covariance: covariance).standardError
      let level = try model.coefficient("(Intercept)", covariance: covariance).standardError
      #expect(abs(slope * slope - hp) < 0.6e-8)
      #expect(isClose(level * level, constant, within: 5e-7))
    }
  }

  /// NIST's certified values for Longley's data (itl.nist.gov, Statistical Reference Datasets), whose
  /// columns are so nearly dependent that normal equations lose all but a few digits.
  @Test func matchesNISTOnLongley() throws {
    let reference = try LinearModelReference()
    let certified: [(String, Double, Double)] = [
      ("(Intercept)", -3482258.63459582, 890420.383607373),
      ("deflator", 15.0618722713733, 84.9149257747669),
      ("gnp", -0.358191792925910E-01, 0.334910077722432E-01),
      ("unemployed", -2.02022980381683, 0.488399681651699),
      ("forces", -1.03322686717359, 0.214274163161675),
      ("population", -0.511041056535807E-01, 0.226073200069370),
      ("year", 1829.15146461355, 455.478499142212),
    ]
    let model = try fit(
      reference.column("employed", of: "longley"),
      on: certified.dropFirst().map { ($0.0, try reference.column($0.0, of: "longley")) })
    for (name, value, error) in certified {
      let ours = try model.coefficient(name, covariance: .classical)
      #expect(isClose(ours.value, value, within: 1e-10))
      #expect(isClose(ours.standardError, error, within: 1e-11))
    }
  }

  @Test func residualsAndLeveragesMatchR() throws {
    let reference = try LinearModelReference()
    let model = try fit(
      reference.column("mpg", of: "mtcars"),
      on: ["hp", "wt"].map { ($0, try reference.column($0, of: "mtcars")) },
      weights: reference.column("w", of: "mtcars"))
    let answers = try #require(reference.answers["mtcars.diagnostics"])
    for row in 0..<32 {
      let expected = try #require(answers["\(row + 1)"])
      #expect(abs(model.residuals[row] - (expected["residual"] ?? .nan)) < 1e-12)
      #expect(abs(model.leverages[row] - (expected["leverage"] ?? .nan)) < 1e-13)
    }
    #expect(model.residualDegreesOfFreedom == 29)
  }
}
