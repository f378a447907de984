/// The right-hand side of a linear model: columns, and where wanted weights and absorbed blocks.
///
/// An intercept is a column like any other: ``Column/intercept(rows:)``. With absorbed blocks there
/// is none to add, since the blocks' own levels take its place (it would be dropped).
public struct LinearDesign: Hashable, Sendable {
  /// One regressor.
  public struct Column: Hashable, Sendable {
    /// Its name in results.
    public var name: String
    /// One value a row.
    public var values: [Double]

    /// Makes a regressor.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }

    /// The constant regressor.
    public static func intercept(rows: Int) -> Column {
      Column("(Intercept)", Array(repeating: 1, count: max(rows, 0)))
    }
  }

  /// The regressors, in order.
  public let columns: [Column]
  /// How many rows there are.
  public let rows: Int
  /// Positive weights, one a row: row i counts as if its variance were σ²/wᵢ.
  public let weights: [Double]?
  /// Blocks whose fixed effects are absorbed.
  public let blocks: Grouping?

  /// Makes a design; nil when lengths disagree, there is no row or column, two columns share a
  /// name, a value is not finite, or a weight is not positive and finite.
  public init?(columns: [Column], weights: [Double]? = nil, absorbing blocks: Grouping? = nil) {
    guard let first = columns.first, !first.values.isEmpty,
      Set(columns.map(\.name)).count == columns.count,
      columns.allSatisfy({
        $0.values.count == first.values.count && $0.values.allSatisfy(\.isFinite)
      }),
      weights.map({
        $0.count == first.values.count && $0.allSatisfy { $0 > 0 && $0.isFinite }
      }) ?? true,
      blocks.map({ $0.groups.count == first.values.count }) ?? true
    else { return nil }
    self.columns = columns
    rows = first.values.count
    self.weights = weights
    self.blocks = blocks
  }
}
