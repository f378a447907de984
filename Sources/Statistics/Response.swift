/// An outcome as statistics sees it: the columns that hold it and what kind of number it is.
public enum Response: Codable, Hashable, Sendable {
  /// The kind of number, by its name in the trial file.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    case binary, continuous, count, ratio, quantile
    case timeToEvent = "time_to_event"
  }

  /// 0 or 1: the event happened or not.
  case binary(String)
  /// Any number, compared by its mean.
  case continuous(String)
  /// How often something happened; over `exposure` (days, people) where units differ in it.
  case count(String, exposure: String?)
  /// A sum over a sum, such as clicks over impressions.
  case ratio(String, over: String)
  /// Any number, compared at one quantile, such as the median 0.5.
  case quantile(Double, of: String)
  /// How long until an event: `event` is 1 where it was seen and 0 where watching ended before it;
  /// `horizon` is the time up to which arms are compared.
  case timeToEvent(String, event: String, horizon: Double)

  /// The kind of number.
  public var kind: Kind {
    switch self {
    case .binary: .binary
    case .continuous: .continuous
    case .count: .count
    case .ratio: .ratio
    case .quantile: .quantile
    case .timeToEvent: .timeToEvent
    }
  }

  /// The column that names the outcome: the events, the numerator, the time.
  public var column: String {
    switch self {
    case .binary(let column), .continuous(let column), .count(let column, _),
      .ratio(let column, _), .quantile(_, let column), .timeToEvent(let column, _, _):
      column
    }
  }

  /// Every column that must be known of a unit: the first is ``column``.
  public var columns: [String] {
    switch self {
    case .binary, .continuous, .quantile: [column]
    case .count(_, let exposure): [column] + (exposure.map { [$0] } ?? [])
    case .ratio(_, let denominator): [column, denominator]
    case .timeToEvent(_, let event, _): [column, event]
    }
  }

  /// The columns in which only 0 and 1 may stand.
  public var binaryColumns: [String] {
    switch self {
    case .binary: [column]
    case .timeToEvent(_, let event, _): [event]
    case .continuous, .count, .ratio, .quantile: []
    }
  }
}
