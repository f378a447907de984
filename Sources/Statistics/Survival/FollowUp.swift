/// How long each unit was followed, and whether the event ended it.
///
/// A unit whose event was not seen is censored: all that is known is that its time is longer. A unit
/// censored at a time is still at risk of the events at that same time, as everywhere in the field.
/// Two times are tied when they are the same number; recorded times should not carry rounding noise.
///
/// R: `Surv(time, event)`.
public struct FollowUp: Hashable, Sendable {
  /// Time from entry to event or censoring; 0 or more, in whatever unit the trial uses.
  public let times: [Double]
  /// Whether the event happened at that time.
  public let events: [Bool]

  /// Pairs times with events.
  ///
  /// - Parameters:
  ///   - times: one a unit, finite and at least 0.
  ///   - events: one a unit; false is censored.
  /// - Throws: ``SurvivalError/noUnits(group:)``, ``SurvivalError/unequalLengths(expected:found:)`` or
  ///   ``SurvivalError/invalidTime(row:)``.
  public init(times: [Double], events: [Bool]) throws(SurvivalError) {
    try Self.check(times, against: events.count)
    self.times = times
    self.events = events
  }

  /// How many units.
  public var count: Int { times.count }

  /// The rules of every column of times.
  static func check(_ times: [Double], against count: Int) throws(SurvivalError) {
    guard times.count == count else {
      throw .unequalLengths(expected: times.count, found: count)
    }
    guard !times.isEmpty else { throw .noUnits(group: nil) }
    if let row = times.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .invalidTime(row: row)
    }
  }
}

extension Grouping {
  /// Whether there is one group a unit.
  ///
  /// - Throws: ``SurvivalError/unequalLengths(expected:found:)``.
  func check(against units: Int) throws(SurvivalError) {
    guard groups.count == units else {
      throw .unequalLengths(expected: units, found: groups.count)
    }
  }
}
