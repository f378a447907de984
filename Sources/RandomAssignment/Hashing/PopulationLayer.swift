/// A population that several trials share: each takes slots of its own, so nobody is in two of them.
///
/// A layer has a name of its own, so its slots say nothing about the arms within a trial. Slots that no
/// trial takes are the holdout.
public struct PopulationLayer: Codable, Hashable, Sendable {
  /// How many slots there are: shares of a population are given in hundredths of a per cent.
  public static let slots = 10_000

  /// The layer's name, which is the salt of its hash.
  public var name: String

  /// Makes a layer.
  public init(name: String) {
    self.name = name
  }

  /// The slot of a unit, from 0 to 9,999.
  public func slot(of identifier: String) -> Int {
    UnitHash(salt: name).slot(of: identifier, among: Self.slots)
  }
}
