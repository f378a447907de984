import Statistics
import Testing

/// Regressions whose results are printed elsewhere, to the printed digits: the cars, Stata's output
/// (fixtures of estimatr), sleep, peas, plants and chicks as R prints them.
struct PublishedRegressionTests {
  private let reference: LinearModelReference

  init() throws { reference = try LinearModelReference() }

  private func cars(_ name: String) throws -> [Double] { try reference.column(name, of: "mtcars") }

  private func cars(absorbing blocks: String? = nil) throws -> LinearModel {
    try fit(
      cars("mpg"), on: [("hp", cars("hp"))],
      absorbing: blocks.map { Grouping(try cars($0)) })
  }

  private func covariance(_ type: String) throws -> CovarianceEstimator {
    switch type {
    case "HC0": .hc0
    case "HC1": .hc1
    case "HC2": .hc2
    case "HC3": .hc3
    case "CR0": .cr0(Grouping(try cars("cyl")))
    case "cluster": .cr1(Grouping(try cars("cyl")))
    case "CR2": .cr2(Grouping(try cars("cyl")))
    default: .classical
    }
  }

  // estimatr::lm_robust(mpg ~ hp, mtcars): SE of the constant, SE of hp, df, CI of hp.
  @Test(arguments: [
    ("classical", ["1.633921", "0.010119304", "30", "-0.0888947", "-0.0475619"]),
    ("HC0", ["2.0106738", "0.013129799", "30", "-0.0950429", "-0.0414137"]),
    ("HC1", ["2.0766149", "0.013560398", "30", "-0.0959223", "-0.0405343"]),
    ("HC2", ["2.1930119", "0.014714733", "30", "-0.0982798", "-0.0381768"]),
    ("HC3", ["2.4100667", "0.016601933", "30", "-0.102134", "-0.0343226"]),
    ("CR0", ["3.1028057", "0.015001578", "2"]),
    ("cluster", ["3.8629619", "0.018676814", "2"]),
    ("CR2", ["5.0464852", "0.026524621", "1.393706"]),
  ])
  func milesPerGallon(type: String, printed: [String]) throws {
    let model = try cars()
    let constant = try model.coefficient("(Intercept)", covariance: covariance(type))
    let hp = try model.coefficient("hp", covariance: covariance(type))
    let ends = try bounds(of: hp.evidence.interval(level: 0.95))
    compare([constant.value, hp.value], ["30.098861", "-0.068228278"])
    compare(
      Array(
        [constant.standardError, hp.standardError, hp.degreesOfFreedom, ends.lower, ends.upper]
          .prefix(printed.count)), printed)
    if type == "CR2" { #expect(agrees(constant.degreesOfFreedom, "1.394247")) }
  }

  // Stata's regress and areg: the F of one slope is t². Stata held the cars in single precision:
  // about six digits agree.
  @Test(
    arguments: [
      ("classical", nil, nil, 45.459797), ("HC1", nil, nil, 25.315348),
      ("HC2", nil, nil, 21.499286),
      ("HC3", nil, nil, 16.889294), ("cluster", nil, nil, 13.345142),
      ("classical", "carb", 0.00024844, 20.439199), ("HC1", "carb", 0.00018026, 28.169159),
      ("cluster", "carb", 0.00021845, 23.24499),
    ] as [(String, String?, Double?, Double)])
  func stata(type: String, blocks: String?, variance: Double?, f: Double) throws {
    let hp = try cars(absorbing: blocks).coefficient("hp", covariance: covariance(type))
    let t = hp.value / hp.standardError
    #expect(isClose(t * t, f, within: 1e-6), "\(t * t)")
    if let variance { #expect(abs(hp.standardError * hp.standardError - variance) < 0.51e-8) }
  }

  // estimatr::lm_lin(mpg ~ am, ~ wt, mtcars), HC2.
  @Test func lin() throws {
    let am = try cars("am")
    let lin = try LinAdjustment(
      of: cars("mpg"), assignment: am.map { $0 == 1 ? "a" : "c" }, arms: ["c", "a"],
      covariates: [LinearDesign.Column("wt", cars("wt"))])
    let found = try ["a", "wt_c", "a:wt_c"].map { try lin.model.coefficient($0, covariance: .hc2) }
    compare(
      found.flatMap { [$0.value, $0.standardError, $0.degreesOfFreedom] },
      [
        "-2.1677278", "1.0482791", "28", "-3.7859075", "0.74817687", "28", "-5.2983605",
        "1.2553008", "28",
      ])
  }

  // estimatr::difference_in_means: the cars by gearbox, and sleep as if it were not paired.
  @Test(arguments: [
    (
      "mtcars",
      ["7.2449393", "1.9232021", "18.332252", "3.2096842", "11.280194", "0.0013736383"]
    ),
    ("sleep", ["1.58", "0.84909102", "17.776474", "-0.2054832", "3.3654832", "0.0793941"]),
  ])
  func differenceInMeans(data: String, printed: [String]) throws {
    let means = try ContinuousReference().means(of: data)
    var estimate = try MeanDifference().estimate(armAgainstControl, from: means)
    if let value = estimate.value, value < 0 {
      estimate = try MeanDifference().estimate(Contrast("c", versus: "a"), from: means)
    }
    let ends = try bounds(of: estimate.evidence.interval(level: 0.95))
    compare(
      [
        estimate.value, estimate.standardError, estimate.degreesOfFreedom, ends.lower, ends.upper,
        try estimate.evidence.pValue(of: 0),
      ], printed)
  }

  // lm_robust(weight ~ group, PlantGrowth) and, for chicks at days 20 and 21, diet 3 against 1.
  @Test func plantsAndChicks() throws {
    let plants = try fit(
      reference.column("weight", of: "plants"),
      on: ["trt1", "trt2"].map { ($0, try reference.column($0, of: "plants")) })
    let found = try ["trt1", "trt2"].map { try plants.coefficient($0, covariance: .hc2) }
    compare(
      try found.flatMap {
        [$0.value, $0.standardError, $0.degreesOfFreedom, try $0.evidence.pValue(of: 0)]
      },
      ["-0.371", "0.31143485", "27", "0.24391852", "0.494", "0.23148794", "27", "0.04207550"])

    let chicks = Grouping(try reference.column("chick", of: "chicks"))
    #expect(chicks.count == 27)
    let diet = try fit(
      reference.column("weight", of: "chicks"),
      on: [("diet3", reference.column("diet3", of: "chicks"))]
    ).coefficient("diet3", covariance: .cr2(chicks))
    compare(
      [diet.value, diet.standardError, diet.degreesOfFreedom],
      ["90.630303", "25.709333", "19.188441"])
  }

  // npk: nitrogen with the blocks absorbed, and the full factorial (HC2).
  @Test func peas() throws {
    let rows = try ContinuousReference.rows(of: "npk_data")
    func column(_ index: Int) throws -> [Double] {
      try rows.map { try #require(Double($0[index])) }
    }
    let (n, p, k, y) = (try column(1), try column(2), try column(3), try column(4))
    let blocks = try fit(y, on: [("N", n)], absorbing: Grouping(column(0)))
      .coefficient("N", covariance: .hc2)
    compare(
      [blocks.value, blocks.standardError, blocks.degreesOfFreedom],
      ["5.6166667", "1.835885", "17"])
    func product(_ columns: [Double]...) -> [Double] {
      n.indices.map { row in columns.reduce(1) { $0 * $1[row] } }
    }
    let factorial = try fit(
      y,
      on: [
        ("N", n), ("P", p), ("K", k), ("N:P", product(n, p)), ("N:K", product(n, k)),
        ("P:K", product(p, k)), ("N:P:K", product(n, p, k)),
      ])
    let found = try ["N", "N:P:K"].map { try factorial.coefficient($0, covariance: .hc2) }
    compare(
      found.flatMap { [$0.value, $0.standardError, $0.degreesOfFreedom] },
      ["12.333333", "3.9592367", "16", "9.9333333", "9.0515192", "16"])
  }

  // clubSandwich's vignette: traffic deaths and the drinking age, 50 states, 1970 to 1983, both
  // absorbed or given as columns. Its CR1 is CR0 with J/(J − 1) alone, without Stata's
  // (n − 1)/(n − k).
  @Test func drinkingAge() throws {
    let rows = try ContinuousReference.rows(of: "mortality_data")
    func column(_ index: Int) throws -> [Double] {
      try rows.map { try #require(Double($0[index])) }
    }
    let states = Grouping(rows.map { $0[3] })
    #expect(rows.count == 700 && states.count == 50)
    let years = Set(rows.map { $0[4] }).sorted().dropFirst()
    let model = try fit(
      column(0),
      on: [("legal", try column(1)), ("beertaxa", try column(2))]
        + years.map { year in (year, rows.map { $0[4] == year ? 1 : 0 }) },
      absorbing: states)
    var answers: [String: Double] = [:]
    for row in try ContinuousReference.rows(of: "published_tables") {
      answers[row[0...2].joined(separator: ".")] = Double(row[3])
    }
    for (name, one, two) in [
      ("legal", ["7.59", "2.44", "0.00313"], ["7.59", "2.51", "24.58", "0.00583"]),
      ("beertaxa", ["3.82", "5.14", "0.46128"], ["3.82", "5.27", "5.77", "0.49663"]),
    ] {
      let cr0 = try model.coefficient(name, covariance: .cr0(states))
      let error = cr0.standardError * (50.0 / 49).squareRoot()
      #expect(cr0.degreesOfFreedom == 49)
      let cr1 = StudentEvidence(
        estimate: cr0.value, standardError: error, degreesOfFreedom: cr0.degreesOfFreedom)
      compare([cr0.value, error, try cr1.pValue(of: 0)], one)
      #expect(isClose(error, try #require(answers["mortality.CR1.\(name).se"])))
      let cr2 = try model.coefficient(name, covariance: .cr2(states))
      compare(
        [
          cr2.value, cr2.standardError, cr2.degreesOfFreedom, try cr2.evidence.pValue(of: 0),
        ], two)
      for (key, ours) in [
        ("estimate", cr2.value), ("se", cr2.standardError), ("df", cr2.degreesOfFreedom),
      ] {
        let expected = try #require(answers["mortality.CR2.\(name).\(key)"])
        #expect(isClose(ours, expected, within: 1e-8), "\(name) \(key) \(ours as Any)")
      }
    }
  }
}
