/// What is believed about a rate beforehand, as a beta distribution: like having seen `events` and
/// `nonEvents` already.
///
/// References: Jeffreys (1946), doi:10.1098/rspa.1946.0056.
public struct BetaPrior: Codable, Hashable, Sendable {
  /// First shape: events believed to have been seen, above 0.
  public var events: Double
  /// Second shape: units without the event, above 0.
  public var nonEvents: Double

  /// Makes a prior.
  public init(events: Double, nonEvents: Double) {
    self.events = events
    self.nonEvents = nonEvents
  }

  /// Beta(½, ½): what nobody has an opinion about; its intervals cover about as often as they say.
  public static let jeffreys = BetaPrior(events: 0.5, nonEvents: 0.5)
  /// Beta(1, 1): every rate alike.
  public static let uniform = BetaPrior(events: 1, nonEvents: 1)

  /// A belief in a rate that weighs as much as this many units: last year's rate, say.
  ///
  /// Both arms with the same prior draw the difference towards 0 as well; a belief about the
  /// difference itself belongs into ``NormalPosterior``.
  public static func centred(on rate: Double, units: Double) -> BetaPrior {
    BetaPrior(events: rate * units, nonEvents: (1 - rate) * units)
  }
}
