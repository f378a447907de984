import Foundation
public import Ledger
public import Trials
public import Vocabulary

/// One version of the protocol, as a lock or an amendment keeps it.
public struct ProtocolRecord: Codable, Hashable, Sendable {
  /// The trial.
  public var trial: String
  /// The version of the program.
  public var engine: String
  /// SHA-256 of ``text``, as `sha256sum` prints it.
  public var sha256: String
  /// The trial file, whole.
  public var text: String
  /// What the seed was committed to; a lock's alone.
  public var commitment: String?
  /// Why the protocol was changed; an amendment's alone.
  public var reason: String?
  /// What was changed, by the keys that lead there.
  public var changes: [String]?
  /// Whether somebody had seen data by arm before the change.
  public var isAfterUnblinding: Bool?
  /// Who did it.
  public var by: String?
}

/// Every version of a trial's protocol, from its ledger.
public struct LockedProtocol: Sendable {
  /// The lock's event.
  public let lock: LedgerEvent
  /// The lock and the amendments, the oldest first.
  public let versions: [(event: LedgerEvent, record: ProtocolRecord)]
  /// The number of the first event after which data by arm were known; nil while nobody has looked.
  public let unblinding: Int?

  /// Finds the protocol; nil where the ledger holds no lock.
  public init?(in events: [LedgerEvent]) {
    let versions = events.compactMap { event -> (event: LedgerEvent, record: ProtocolRecord)? in
      guard event.kind == .lock || event.kind == .amendment else { return nil }
      return event.particulars(as: ProtocolRecord.self).map { (event, $0) }
    }
    guard let first = versions.first, first.event.kind == .lock else { return nil }
    lock = first.event
    self.versions = versions
    unblinding =
      events.first { event in
        guard event.kind == .look || event.kind == .analysis else { return false }
        return event.particulars(as: AccessParticulars.self)?.isRehearsal != true
      }?.sequence
  }

  /// The protocol that is in force.
  public var current: ProtocolRecord { versions[versions.count - 1].record }

  /// What the seed was committed to.
  public var commitment: String? { versions[0].record.commitment }

  /// The protocol that was in force when data by arm were first known: the last word on what is
  /// confirmatory.
  public var confirmatory: ProtocolRecord {
    guard let unblinding else { return current }
    return versions.last { $0.event.sequence < unblinding }?.record ?? versions[0].record
  }

  /// Where a trial differs from the protocol in force.
  ///
  /// - Throws: ``Vocabulary/Fault`` where this version cannot read the locked text.
  public func differences(of trial: Trial, at place: SourceLocation) throws(Fault) -> [String] {
    CanonicalTrial(trial).differences(from: CanonicalTrial(try current.trial(at: place)))
  }
}

extension ProtocolRecord {
  /// The trial that the text defines.
  ///
  /// - Throws: ``Vocabulary/Fault`` where this version cannot read it.
  public func trial(at place: SourceLocation) throws(Fault) -> Trial {
    guard let trial = try? Trial.decode(yaml: text, file: place.file) else {
      throw EnrolmentFault.lockedTextUnreadable.fault(at: place)
    }
    return trial
  }

  init(of file: TrialFile, engine: String) {
    trial = file.trial.id
    self.engine = engine
    text = file.text
    sha256 = FieldHash.hexadecimal(ofBytes: Array(file.text.utf8))
  }
}
