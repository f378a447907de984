/// The columns whose joint moments are wanted over the rows where all of them are present.
public struct VariableSet: Codable, Hashable, Sendable {
  /// Column names, in the order of the moments' means.
  public var columns: [String]

  /// Makes a set from column names.
  public init(_ columns: [String]) {
    self.columns = columns
  }
}

/// What an estimator needs to know about the data: moments of some sets of columns.
///
/// Requests of many outcomes unite into one, so that the data are read once.
public struct MomentRequest: Hashable, Sendable {
  /// The wanted sets, each once, in the order in which they were first asked for.
  public private(set) var sets: [VariableSet]

  /// Makes a request.
  public init(_ sets: [VariableSet] = []) {
    self.sets = []
    for set in sets where !self.sets.contains(set) { self.sets.append(set) }
  }

  /// Adds what another estimator needs.
  public mutating func formUnion(_ other: MomentRequest) {
    for set in other.sets where !sets.contains(set) { sets.append(set) }
  }
}

/// The smallest group of rows that an analysis tells apart.
public struct Cell: Hashable, Sendable {
  /// The arm's identifier.
  public var arm: String
  /// The randomisation block, when the design has blocks.
  public var block: String?
  /// The cohort; nil is everyone.
  public var cohort: String?

  /// Makes a cell.
  public init(arm: String, block: String? = nil, cohort: String? = nil) {
    self.arm = arm
    self.block = block
    self.cohort = cohort
  }
}
