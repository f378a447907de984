import Analysis
import Testing

/// The settings that a trial file gives an estimator reach the result.
struct EstimatorSettingTests {
  /// Student's sleep data: hours gained under two drugs, ten people each, read as unpaired.
  static let sleep =
    "arm,y\n"
    + [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0].map { "control,\($0)\n" }.joined()
    + [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4].map { "social,\($0)\n" }.joined()

  /// R: t.test(extra ~ group, data = sleep), with var.equal = TRUE for pooled, and 2·pnorm(−|t|) for z.
  static let cases: [(setting: String, df: Double?, p: Double)] = [
    ("difference_in_means", 17.776473516178, 0.0793941401873582),
    ("{difference_in_means: {variance: welch}}", 17.776473516178, 0.0793941401873582),
    ("{difference_in_means: {variance: pooled}}", 18, 0.0791867142159382),
    ("{difference_in_means: {variance: z}}", nil, 0.0627705229785691),
  ]

  @Test("welch, pooled and z are chosen in the trial file", arguments: cases.indices)
  func variance(index: Int) throws {
    let (setting, df, p) = Self.cases[index]
    let trial = """
      nudge: 1
      trial: sleep
      title: Sleep
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: y, role: primary, kind: continuous, column: y}]
      analysis: {estimator: \(setting)}
      data: {file: data.csv, shape: units}
      """
    let result = try TrialFixture.analyze(trial, data: Self.sleep)
    let row = try #require(result.results.first { $0.measure == "mean_difference" })
    #expect(row.estimate.map { abs($0 - 1.58) < 1e-12 } == true)
    #expect(row.pValue.map { abs($0 - p) < 1e-12 } == true)
    #expect((row.df == nil) == (df == nil))
    if let df { #expect(row.df.map { abs($0 - df) < 1e-9 } == true) }
  }
}
