/// A unit in the ledger: who arrived, what the draw knew about it, and its arm.
public struct DrawnUnit: Codable, Hashable, Sendable {
  /// The unit's identifier, NFC.
  public var unit: String
  /// What stands for the unit where its identifier must not be seen; nil where nothing is concealed.
  public var code: String?
  /// The randomisation block.
  public var block: String?
  /// The cluster.
  public var cluster: String?
  /// Levels of the factors of a minimised draw.
  public var factors: [String]
  /// Baseline covariates of a matched or rerandomised draw.
  public var measurements: [Double]
  /// The arm; nil while it is concealed.
  public var arm: String?
  /// The block that the draw itself formed, such as a pair.
  public var formedBlock: String?

  /// Makes a unit.
  public init(
    unit: String, code: String? = nil, block: String? = nil, cluster: String? = nil,
    factors: [String] = [], measurements: [Double] = [], arm: String? = nil,
    formedBlock: String? = nil
  ) {
    self.unit = unit
    self.code = code
    self.block = block
    self.cluster = cluster
    self.factors = factors
    self.measurements = measurements
    self.arm = arm
    self.formedBlock = formedBlock
  }

  /// The hash of units in their order: what a draw's event keeps of its rows.
  public static func digest(of units: some Sequence<DrawnUnit>) -> String {
    var hash = FieldHash()
    for unit in units {
      hash.add(unit.unit)
      hash.add(unit.code)
      hash.add(unit.block)
      hash.add(unit.cluster)
      hash.add(unit.factorsText)
      hash.add(unit.measurementsText)
      hash.add(unit.arm)
      hash.add(unit.formedBlock)
    }
    return hash.hexadecimal
  }

  /// The factors as one text: each with its length in bytes in front; nil where there are none.
  var factorsText: String? {
    factors.isEmpty ? nil : factors.map { "\($0.utf8.count):\($0)" }.joined()
  }

  /// The measurements as one text: shortest decimals that read back exactly, spaces between.
  var measurementsText: String? {
    measurements.isEmpty ? nil : measurements.map { "\($0)" }.joined(separator: " ")
  }

  /// Takes a key of several texts apart, each with its length in bytes in front: `6:石狩2:40`; nil where it
  /// is no such key.
  public static func parts(ofKey key: String) -> [String]? { factors(reading: key) }

  /// Reads ``factorsText``; nil where it is no such text.
  static func factors(reading text: String?) -> [String]? {
    guard let text else { return [] }
    var rest = Array(text.utf8)[...]
    var factors: [String] = []
    while !rest.isEmpty {
      guard let colon = rest.firstIndex(of: UInt8(ascii: ":")),
        let length = Int(String(decoding: rest[..<colon], as: UTF8.self)), length >= 0,
        length <= rest.endIndex - colon - 1
      else { return nil }
      let end = colon + 1 + length
      factors.append(String(decoding: rest[(colon + 1)..<end], as: UTF8.self))
      rest = rest[end...]
    }
    return factors
  }

  /// Reads ``measurementsText``; nil where it is no such text.
  static func measurements(reading text: String?) -> [Double]? {
    guard let text else { return [] }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let values = parts.compactMap { Double($0) }
    return values.count == parts.count ? values : nil
  }
}
