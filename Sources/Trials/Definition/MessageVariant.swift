public import RandomAssignment
public import Vocabulary

/// One arm and what its people receive.
public struct MessageVariant: Codable, Hashable, Sendable {
  /// The EAST framework's four levers.
  public enum EAST: String, Codable, CaseIterable, Hashable, Sendable {
    case easy, attractive, social, timely
  }

  /// The arm as the draw sees it: identifier and share.
  public var arm: Arm
  /// The name for readers.
  public var name: BilingualText
  /// Whether the other arms are compared with this one.
  public var isControl: Bool
  /// The level of each factor that the message combines; empty where the trial is not factorial.
  public var levels: [String: String]
  /// Which levers the message pulls.
  public var east: [EAST]
  /// Identifiers of the insights that it answers.
  public var addresses: [String]
  /// How it is delivered, such as mail.
  public var channel: String?
  /// Yen a unit.
  public var cost: Double?
  /// The full text.
  public var message: BilingualText?
}

/// Something learnt from an interview or a workshop: what holds people back.
public struct Insight: Codable, Hashable, Sendable {
  /// Identifier that messages refer to.
  public var id: String
  /// Where it was learnt, such as interview or workshop.
  public var source: String?
  /// What holds people back, in their words.
  public var barrier: BilingualText
}
