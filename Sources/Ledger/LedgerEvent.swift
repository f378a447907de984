import Foundation

/// One thing that happened to a trial, as it stands in the ledger for good.
public struct LedgerEvent: Codable, Hashable, Sendable {
  /// What can happen to a trial.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    /// The protocol was frozen.
    case lock
    /// The frozen protocol was changed, with a reason.
    case amendment
    /// Units were drawn into arms.
    case draw
    /// Arms of concealed units were told to somebody.
    case release
    /// The seed was made public.
    case reveal
    /// Somebody looked at data by arm.
    case look
    /// Something was not done as planned.
    case deviation
    /// Effects were estimated.
    case analysis
  }

  /// The hash of the empty ledger, before its first event.
  public static let genesis = String(repeating: "0", count: 64)
  /// The first field of every event's hash; a change of the method would change it.
  public static let version = "nudge-ledger-1"

  /// The event's number, from 1 without gaps.
  public let sequence: Int
  /// When, in UTC: `2026-11-25T15:40:45Z`.
  public let time: String
  /// What.
  public let kind: Kind
  /// The particulars: JSON with sorted keys, kept as the very text that was hashed.
  public let body: String
  /// The hash of the event before, or ``genesis``.
  public let previous: String
  /// The hash of this event, in hexadecimal.
  public let hash: String

  init(
    sequence: Int, time: String, kind: Kind, body: String, previous: String, hash: String? = nil
  ) {
    self.sequence = sequence
    self.time = time
    self.kind = kind
    self.body = body
    self.previous = previous
    self.hash =
      hash
      ?? FieldHash.hexadecimal([
        Self.version, String(sequence), time, kind.rawValue, body, previous,
      ])
  }

  /// What the event's hash should be.
  var expectedHash: String {
    LedgerEvent(sequence: sequence, time: time, kind: kind, body: body, previous: previous).hash
  }

  /// The particulars as a value; nil where they have another shape.
  public func particulars<Body: Decodable>(as type: Body.Type) -> Body? {
    try? JSONDecoder().decode(type, from: Data(body.utf8))
  }
}
