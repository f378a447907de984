/// Whoever or whatever is randomised, with what a design needs to know about it.
public struct ExperimentalUnit: Codable, Hashable, Sendable {
  /// The unit's identifier.
  public var id: String
  /// The randomisation block, one key however many columns made it; nil where there are none.
  public var block: String?
  /// The cluster whose members share an arm; nil where there are none.
  public var cluster: String?
  /// Levels of the factors that a minimised draw balances, in the same order for every unit.
  public var factors: [String]
  /// Baseline covariates of a matched or rerandomised draw, in the same order for every unit.
  public var measurements: [Double]

  /// Makes a unit.
  public init(
    id: String, block: String? = nil, cluster: String? = nil, factors: [String] = [],
    measurements: [Double] = []
  ) {
    self.id = id
    self.block = block
    self.cluster = cluster
    self.factors = factors
    self.measurements = measurements
  }
}
