// A check in result.json is flat: {"check": "sample_ratio", "status": "pass", "p_value": 0.41, …}.

extension Check {
  private enum CodingKeys: String, CodingKey {
    case check, status
    case observed, shares
    case pValue = "p_value"
    case ofClusters = "of_clusters"
    case method, outcome, missing, units, count, examples, column, step
    case hash, changes, exploratory, tally, text, time, late
  }

  private enum Name: String, Codable {
    case sampleRatio = "sample_ratio"
    case missingness
    case duplicateUnits = "duplicate_units"
    case rowsWithoutArm = "rows_without_arm"
    case rowsOutsidePopulation = "rows_outside_population"
    case simulatedData = "simulated_data"
    case notRandomised = "not_randomised"
    case clustersIgnored = "clusters_ignored"
    case funnelOrder = "funnel_order"
    case protocolLock = "protocol_lock"
    case drawnList = "drawn_list"
    case deviation
  }

  /// Reads the flat form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind: Kind =
      switch try container.decode(Name.self, forKey: .check) {
      case .sampleRatio:
        .sampleRatio(
          observed: try container.decode([String: Int].self, forKey: .observed),
          shares: try container.decode([String: Int].self, forKey: .shares),
          pValue: try container.decodeIfPresent(Double.self, forKey: .pValue),
          method: try container.decode(String.self, forKey: .method),
          ofClusters: try container.decodeIfPresent(Bool.self, forKey: .ofClusters) ?? false)
      case .missingness:
        .missingness(
          outcome: try container.decode(String.self, forKey: .outcome),
          missing: try container.decode([String: Int].self, forKey: .missing),
          units: try container.decode([String: Int].self, forKey: .units),
          pValue: try container.decodeIfPresent(Double.self, forKey: .pValue),
          method: try container.decodeIfPresent(String.self, forKey: .method))
      case .duplicateUnits:
        .duplicateUnits(
          count: try container.decode(Int.self, forKey: .count),
          examples: try container.decode([String].self, forKey: .examples))
      case .rowsWithoutArm:
        .rowsWithoutArm(count: try container.decode(Int.self, forKey: .count))
      case .rowsOutsidePopulation:
        .rowsOutsidePopulation(count: try container.decode(Int.self, forKey: .count))
      case .simulatedData: .simulatedData
      case .notRandomised: .notRandomised
      case .clustersIgnored:
        .clustersIgnored(column: try container.decodeIfPresent(String.self, forKey: .column))
      case .funnelOrder:
        .funnelOrder(
          step: try container.decode(String.self, forKey: .step),
          count: try container.decode(Int.self, forKey: .count))
      case .protocolLock:
        .protocolLock(
          hash: try container.decodeIfPresent(String.self, forKey: .hash),
          changes: try container.decode([String].self, forKey: .changes),
          exploratory: try container.decode([String].self, forKey: .exploratory))
      case .drawnList: .drawnList(try container.decode(DrawnTally.self, forKey: .tally))
      case .deviation:
        .deviation(
          text: try container.decode(String.self, forKey: .text),
          time: try container.decode(String.self, forKey: .time),
          late: try container.decode(Bool.self, forKey: .late))
      }
    self.init(kind: kind, status: try container.decode(Status.self, forKey: .status))
  }

  /// Writes the flat form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .check)
    try container.encode(status, forKey: .status)
    switch kind {
    case .sampleRatio(let observed, let shares, let pValue, let method, let ofClusters):
      try container.encode(observed, forKey: .observed)
      try container.encode(shares, forKey: .shares)
      try container.encode(pValue, forKey: .pValue)
      try container.encode(method, forKey: .method)
      if ofClusters { try container.encode(true, forKey: .ofClusters) }
    case .missingness(let outcome, let missing, let units, let pValue, let method):
      try container.encode(outcome, forKey: .outcome)
      try container.encode(missing, forKey: .missing)
      try container.encode(units, forKey: .units)
      try container.encode(pValue, forKey: .pValue)
      try container.encodeIfPresent(method, forKey: .method)
    case .duplicateUnits(let count, let examples):
      try container.encode(count, forKey: .count)
      try container.encode(examples, forKey: .examples)
    case .rowsWithoutArm(let count), .rowsOutsidePopulation(let count):
      try container.encode(count, forKey: .count)
    case .simulatedData, .notRandomised:
      break
    case .clustersIgnored(let column):
      try container.encode(column, forKey: .column)
    case .funnelOrder(let step, let count):
      try container.encode(step, forKey: .step)
      try container.encode(count, forKey: .count)
    case .protocolLock(let hash, let changes, let exploratory):
      try container.encode(hash, forKey: .hash)
      try container.encode(changes, forKey: .changes)
      try container.encode(exploratory, forKey: .exploratory)
    case .drawnList(let tally):
      try container.encode(tally, forKey: .tally)
    case .deviation(let text, let time, let late):
      try container.encode(text, forKey: .text)
      try container.encode(time, forKey: .time)
      try container.encode(late, forKey: .late)
    }
  }

  private var name: Name {
    switch kind {
    case .sampleRatio: .sampleRatio
    case .missingness: .missingness
    case .duplicateUnits: .duplicateUnits
    case .rowsWithoutArm: .rowsWithoutArm
    case .rowsOutsidePopulation: .rowsOutsidePopulation
    case .simulatedData: .simulatedData
    case .notRandomised: .notRandomised
    case .clustersIgnored: .clustersIgnored
    case .funnelOrder: .funnelOrder
    case .protocolLock: .protocolLock
    case .drawnList: .drawnList
    case .deviation: .deviation
    }
  }
}
