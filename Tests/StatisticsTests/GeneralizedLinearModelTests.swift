import Foundation
import RandomAssignment
import Statistics
import Testing

/// Logistic, Poisson and negative binomial regression against R
/// (Reference/generalized_linear_models.R).
@Suite struct GeneralizedLinearModelTests {
  struct Reference: Decodable {
    struct Warp: Decodable {
      let y: [Double]
      let tension: [String]
      let coef: [Double]
      let hc0: [Double]
      let hc1: [Double]
    }
    struct Negative: Decodable {
      let y: [Double]
      let sex: [Double]
      let age: [String]
      let theta: Double
      let coef: [Double]
      let hc0: [Double]
    }
    struct Means: Decodable {
      let means: [Double]
      let covariance: [[Double]]
    }
    struct Logit: Decodable {
      let coef: [Double]
      let hc0: [Double]
    }
    let warp: Warp
    let negative: Negative
    let arm: [Int]
    let x: [Double]
    let w: [Double]
    let cluster: [Int]
    let y: [Double]
    let count: [Double]
    let means: [String: Means]
    let logit: Logit

    static func load() throws -> Reference {
      let url = Bundle.module.url(
        forResource: "Reference/generalized_linear_models", withExtension: "json")
      guard let url else { throw CocoaError(.fileNoSuchFile) }
      return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }

    func units(_ response: [[Double]], clustered: Bool = false) throws -> UnitSample {
      try #require(
        UnitSample(
          arms: ["control", "easy", "social"], assignment: arm, response: response,
          covariates: ["x": [LinearDesign.Column("x", x)]],
          clusters: clustered ? Grouping(cluster) : nil))
    }
  }

  private static func indicators(_ labels: [String], _ levels: [String]) -> [LinearDesign.Column] {
    levels.map { level in LinearDesign.Column(level, labels.map { $0 == level ? 1 : 0 }) }
  }

  private static func compare(
    _ model: GeneralizedLinearModel, _ coefficients: [Double],
    errors: [(CovarianceEstimator, [Double])]
  ) throws {
    for (ours, theirs) in zip(model.coefficients, coefficients) {
      #expect(isClose(ours.value, theirs))
    }
    for (covariance, theirs) in errors {
      let each = coefficients.indices.map { place in
        coefficients.indices.map { $0 == place ? 1.0 : 0 }
      }
      let found = try model.robust(each, covariance: covariance)
      for (ours, theirs) in zip(found.estimates, theirs) {
        let error = try ours.get().standardError
        #expect(isClose(error, theirs))
      }
    }
  }

  @Test func poissonOfWarpBreaks() throws {
    let reference = try Reference.load().warp
    let columns =
      [.intercept(rows: reference.y.count)] + Self.indicators(reference.tension, ["M", "H"])
    let model = try GeneralizedLinearModel(reference.y, on: columns, family: .poisson)
    try Self.compare(
      model, reference.coef, errors: [(.hc0, reference.hc0), (.hc1, reference.hc1)])
    // As printed: M −.321320 (.130331), H −.518488 (.136072).
    let (m, h) = (
      try #require(model.coefficients[1].value), try #require(model.coefficients[2].value)
    )
    #expect(abs(m + 0.321320) < 5e-7 && abs(h + 0.518488) < 6e-7)
  }

  @Test func negativeBinomialOfAbsences() throws {
    let reference = try Reference.load().negative
    let columns =
      [.intercept(rows: reference.y.count), LinearDesign.Column("sex", reference.sex)]
      + Self.indicators(reference.age, ["F1", "F2", "F3"])
    let model = try GeneralizedLinearModel.negativeBinomial(reference.y, on: columns)
    guard case .negativeBinomial(let theta) = model.family else {
      Issue.record("\(model.family)")
      return
    }
    #expect(isClose(theta, reference.theta))
    try Self.compare(model, reference.coef, errors: [(.hc0, reference.hc0)])
  }

  @Test func logisticWithACovariate() throws {
    let reference = try Reference.load()
    let labels = reference.arm.map(String.init)
    let columns =
      [.intercept(rows: reference.y.count)] + Self.indicators(labels, ["1", "2"])
      + [LinearDesign.Column("x", reference.x)]
    let model = try GeneralizedLinearModel(reference.y, on: columns, family: .binomial)
    try Self.compare(model, reference.logit.coef, errors: [(.hc0, reference.logit.hc0)])
  }

  static let estimators: [(name: String, estimator: any Estimator, response: Response)] = [
    ("logistic", Logistic(covariates: ["x"]), .binary("y")),
    ("logistic_model", Logistic(covariates: ["x"], standardError: .model), .binary("y")),
    ("logistic_clustered", Logistic(covariates: ["x"]), .binary("y")),
    ("poisson", Poisson(covariates: ["x"]), .count("count", exposure: "w")),
    ("negative_binomial", NegativeBinomial(covariates: ["x"]), .count("count", exposure: "w")),
  ]

  @Test("means if everybody had got the arm", arguments: estimators.indices)
  func standardisedMeans(index: Int) throws {
    let (name, estimator, response) = Self.estimators[index]
    let reference = try Reference.load()
    let expected = try #require(reference.means[name])
    let units = try reference.units(
      response.kind == .binary ? [reference.y] : [reference.count, reference.w],
      clustered: name.hasSuffix("clustered"))
    let means = try estimator.marginalMeans(
      of: response, in: Sample(units: units), arms: units.arms)
    for (row, mean) in expected.means.enumerated() {
      #expect(isClose(means.arms[row].mean, mean))
      for (column, value) in expected.covariance[row].enumerated() {
        let ours = try #require(means.covariance[row][column])
        #expect(abs(ours - value) < 1e-8 * expected.covariance[0][0], "\(name) \(row) \(column)")
      }
    }
  }

  @Test("without covariates a logistic regression gives back the rates")
  func ratesAreGivenBack() throws {
    let reference = try Reference.load()
    let units = try reference.units([reference.y])
    let logistic = try Logistic().marginalMeans(
      of: .binary("y"), in: Sample(units: units), arms: units.arms)
    let plain = try DifferenceInMeans().marginalMeans(
      of: .binary("y"), in: Sample(units: units), arms: units.arms)
    for (a, b) in zip(logistic.arms, plain.arms) { #expect(isClose(a.mean, b.mean)) }
  }

  @Test("counts that are no more spread than Poisson's have no θ")
  func poissonIsTheLimit() throws {
    // Every count is 2 or 3: less spread than its mean.
    let y = (0..<40).map { Double(2 + $0 % 2) }
    let model = try GeneralizedLinearModel.negativeBinomial(y, on: [.intercept(rows: 40)])
    #expect(model.family == .poisson && isClose(model.fitted[0], 2.5))
  }

  @Test func degenerateDataAreErrors() throws {
    let rows = 8
    let one = LinearDesign.Column.intercept(rows: rows)
    let arm = LinearDesign.Column("arm", (0..<rows).map { Double($0 % 2) })
    #expect(throws: EstimationError.noEvents) {
      try GeneralizedLinearModel(Array(repeating: 0, count: rows), on: [one], family: .poisson)
    }
    #expect(throws: EstimationError.noVariation) {
      try GeneralizedLinearModel(Array(repeating: 1, count: rows), on: [one], family: .binomial)
    }
    // The arm tells events from non-events.
    #expect(throws: EstimationError.separation) {
      try GeneralizedLinearModel(arm.values, on: [one, arm], family: .binomial)
    }
    // Quasi-separation: no event in one arm.
    #expect(throws: EstimationError.separation) {
      try GeneralizedLinearModel([0, 1, 0, 0, 0, 1, 0, 0], on: [one, arm], family: .binomial)
    }
    for strange in [-1, .nan, .infinity] {
      #expect(throws: EstimationError.undefined) {
        try GeneralizedLinearModel(
          [strange] + Array(repeating: 1, count: rows - 1), on: [one], family: .poisson)
      }
    }
    // A column that says the same as another is left out.
    let twice = try GeneralizedLinearModel(
      [0, 1, 1, 0, 1, 1, 0, 1], on: [one, arm, LinearDesign.Column("again", arm.values)],
      family: .binomial)
    #expect(twice.coefficients[2].value == nil)
    // Large counts and small exposures.
    let large = try GeneralizedLinearModel(
      (0..<rows).map { 1e12 * Double(1 + $0 % 3) }, on: [one, arm], family: .poisson)
    #expect(!large.fitted.contains { !$0.isFinite })
  }

  @Test("robust intervals of a standardised rate cover")
  func coverage() throws {
    var covered = 0
    let trials = 400
    for trial in 0..<trials {
      var generator = PhiloxGenerator(seed: 21, stream: UInt64(trial))
      var x: [Double] = []
      var y: [Double] = []
      let arms = (0..<200).map { $0 % 2 }
      for _ in arms {
        let value = generator.uniformDouble()
        x.append(value)
        // A rate that rises with x, and no effect.
        y.append(generator.uniformDouble() < 0.1 + 0.4 * value ? 1 : 0)
      }
      let units = try #require(
        UnitSample(
          arms: ["control", "social"], assignment: arms, response: [y],
          covariates: ["x": [LinearDesign.Column("x", x)]]))
      let means = try Logistic(covariates: ["x"]).marginalMeans(
        of: .binary("y"), in: Sample(units: units), arms: units.arms)
      let estimate = try RiskDifference().estimate(
        Contrast("social", versus: "control"), from: means)
      if try estimate.evidence.interval(level: 0.95).contains(0) { covered += 1 }
    }
    let share = Double(covered) / Double(trials)
    #expect(abs(share - 0.95) < 4 * (0.0475 / Double(trials)).squareRoot(), "\(share)")
  }
}
