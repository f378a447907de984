import RandomAssignment
public import Statistics

/// How alike the drawn arms are in what was known before.
public struct BalanceTable: Codable, Hashable, Sendable {
  /// One variable in one arm, beside the control.
  public struct Row: Codable, Hashable, Sendable {
    /// The column.
    public var covariate: String
    /// The level whose share is compared; nil for a column of numbers.
    public var level: String?
    /// The arm.
    public var arm: String
    /// The comparison.
    public var balance: CovariateBalance
  }

  /// The rows, by covariate, level and arm.
  public var rows: [Row]
  /// The test of all covariates together; nil where there are none, or none that vary.
  public var omnibus: OmnibusBalance?

  /// A p below this stops the trial for a second look at list and draw (Green Lab SOP).
  public static let omnibusLimit = 0.01

  init(
    of covariates: [FrameCovariate], arms: [Int], control: Int, units: [ExperimentalUnit],
    design: some AssignmentDesign, seed: UInt64
  ) {
    rows = []
    for covariate in covariates {
      for variable in covariate.variables {
        var values = Array(repeating: [Double](), count: design.arms.count)
        for (arm, value) in zip(arms, variable.values) { values[arm].append(value) }
        for (arm, name) in design.arms.map(\.id).enumerated() where arm != control {
          rows.append(
            Row(
              covariate: covariate.name, level: variable.level, arm: name,
              balance: CovariateBalance(arm: values[arm], control: values[control])))
        }
      }
    }
    omnibus = try? OmnibusBalance(
      of: covariates.flatMap { $0.variables.map(\.values) }, arms: arms, units: units,
      design: design, seed: seed)
  }
}
