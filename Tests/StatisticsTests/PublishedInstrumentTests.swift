import Statistics
import Testing

/// Two-stage least squares as printed: Stata's cars (fixtures of estimatr) and Stock and Watson's
/// cigarettes.
struct PublishedInstrumentTests {
  private let reference: LinearModelReference

  init() throws { reference = try LinearModelReference() }

  private func column(_ name: String) throws -> LinearDesign.Column {
    LinearDesign.Column(name, try reference.column(name, of: "mtcars"))
  }

  private func cars(weighted: Bool = false) throws -> TwoStageLeastSquares {
    try TwoStageLeastSquares(
      of: column("mpg").values, endogenous: [column("hp"), column("am")],
      exogenous: [.intercept(rows: 32)], instruments: [column("wt"), column("gear")],
      weights: weighted ? try column("drat").values.map { $0 / 5 } : nil)
  }

  // ivregress 2sls mpg (hp am = wt gear), small: the F of both slopes, bᵀV⁻¹b/2.
  @Test(arguments: [
    ("classical", false, 44.808289), ("robust", false, 41.366981), ("cluster", false, 108.37591),
    ("classical", true, 46.736059),
  ])
  func modelF(type: String, weighted: Bool, f: Double) throws {
    let model = try cars(weighted: weighted).model
    let covariance: CovarianceEstimator =
      switch type {
      case "robust": .hc1
      case "cluster": .cr1(Grouping(try column("cyl").values))
      default: .classical
      }
    let names = model.coefficients.map(\.name)
    let found = try model.contrasts(
      ["hp", "am"].map { name in names.map { $0 == name ? 1 : 0 } }, covariance: covariance)
    let b = try found.estimates.map { try $0.get().value }
    let v = try found.covariance.map { try $0.map { try #require($0) } }
    let determinant = v[0][0] * v[1][1] - v[0][1] * v[1][0]
    let form =
      (b[0] * b[0] * v[1][1] - 2 * b[0] * b[1] * v[0][1] + b[1] * b[1] * v[0][0]) / determinant
    // Stata held the cars in single precision.
    #expect(isClose(form / 2, f, within: 2e-6), "\(form / 2)")
  }

  @Test func fitOfTheCars() throws {
    let model = try cars().model
    let y = try column("mpg").values
    let mean = y.reduce(0, +) / 32
    let total = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let left = model.residuals.reduce(0) { $0 + $1 * $1 }
    #expect(isClose(1 - left / total, 0.75605596, within: 1e-6))
    #expect(isClose(1 - left / 29 / (total / 31), 0.73923223, within: 1e-6))
    #expect(isClose((left / 29).squareRoot(), 3.0776867, within: 1e-6))
  }

  // estat firststage and endogenous after mpg (hp = wt), small. An F of one restriction is a t².
  @Test func diagnostics() throws {
    let one = try TwoStageLeastSquares(
      of: column("mpg").values, endogenous: [column("hp")], exogenous: [.intercept(rows: 32)],
      instruments: [column("wt")])
    func p(_ f: Double, _ freedom: Double) throws -> Double {
      try StudentEvidence(
        estimate: f.squareRoot(), standardError: 1, degreesOfFreedom: freedom
      ).pValue(of: 0)
    }
    let first = try one.firstStageF(of: "hp", covariance: .classical)
    #expect(agrees(try p(first, 30), "0.00004146"))
    #expect(isClose(try one.firstStageF(of: "hp", covariance: .hc1), 60.763169, within: 1e-6))
    let endogenous = try one.wuHausmanF()
    #expect(agrees(endogenous, "37.5609"))
    #expect(agrees(try p(endogenous, 29), "1.120e-06"))
  }

  // 400 and 400, take-up 120 and 0; events 36 of 120 takers, 28 of 280 others, 40 of 400 controls:
  // estimatr's HC2 of assignment and, by iv_robust, of taking up.
  @Test func takeUpByHand() throws {
    let groups: [(count: Int, z: Double, d: Double, y: Double)] = [
      (36, 1, 1, 1), (84, 1, 1, 0), (28, 1, 0, 1), (252, 1, 0, 0), (40, 0, 0, 1), (360, 0, 0, 0),
    ]
    func column(_ value: (Double, Double, Double) -> Double) -> [Double] {
      groups.flatMap { Array(repeating: value($0.z, $0.d, $0.y), count: $0.count) }
    }
    let (z, d, y) = (column { z, _, _ in z }, column { _, d, _ in d }, column { _, _, y in y })
    let assigned = try fit(y, on: [("z", z)]).coefficient("z", covariance: .hc2)
    let taken = try TwoStageLeastSquares(
      of: y, endogenous: [LinearDesign.Column("d", d)], exogenous: [.intercept(rows: 800)],
      instruments: [LinearDesign.Column("z", z)]
    ).model.coefficient("d", covariance: .hc2)
    for (ours, printed) in [
      (assigned, ["0.06", "0.0237151", "0.0134487", "0.106551"]),
      (taken, ["0.20", "0.0775567", "0.0477608", "0.3522392"]),
    ] {
      let ends = try bounds(of: ours.evidence.interval(level: 0.95))
      compare([ours.value, ours.standardError, ends.lower, ends.upper], printed)
    }
  }

  // Stock and Watson: log packs on log real price and income, 48 states in 1995, instruments the
  // general sales tax and the cigarette tax; −1.277 (.250), .280 (.254) in HC1.
  @Test(arguments: [
    ("classical", CovarianceEstimator.classical, ["0.26319859", "0.23856544"]),
    ("HC1", .hc1, ["0.24961", "0.25388965"]), ("HC2", .hc2, ["0.25470016", "0.25471436"]),
  ])
  func cigarettes(type: String, covariance: CovarianceEstimator, errors: [String]) throws {
    let rows = try ContinuousReference.rows(of: "cigarettes_data")
    func column(_ name: String, _ index: Int) throws -> LinearDesign.Column {
      LinearDesign.Column(name, try rows.map { try #require(Double($0[index])) })
    }
    let income = try column("income", 2)
    let model = try TwoStageLeastSquares(
      of: column("packs", 0).values, endogenous: [column("price", 1)],
      exogenous: [.intercept(rows: 48), income],
      instruments: [column("salestax", 3), column("cigtax", 4)]
    ).model
    var answers: [String: Double] = [:]
    for row in try ContinuousReference.rows(of: "published_tables") {
      answers[row[0...2].joined(separator: ".")] = Double(row[3])
    }
    for (name, value, error) in [
      ("price", "-1.2774241", errors[0]), ("income", "0.28040483", errors[1]),
    ] {
      let ours = try model.coefficient(name, covariance: covariance)
      compare([ours.value, ours.standardError, ours.degreesOfFreedom], [value, error, "45"])
      #expect(isClose(ours.value, try #require(answers["cigarettes.\(type).\(name).estimate"])))
      #expect(
        isClose(ours.standardError, try #require(answers["cigarettes.\(type).\(name).se"])))
    }
  }
}
