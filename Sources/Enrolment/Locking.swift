public import Foundation
public import Ledger
public import Trials
import Vocabulary

/// Freezes a trial's protocol and keeps account of its changes.
public struct Locking: Sendable {
  private let file: TrialFile
  private let folder: TrialFolder
  private let engine: String

  /// Names the trial.
  public init(of file: TrialFile, engineVersion: String) {
    self.file = file
    folder = TrialFolder(of: file)
    engine = engineVersion
  }

  /// Locks the protocol: writes it into a new ledger, and the seed into a file of its own.
  ///
  /// - Parameters:
  ///   - seed: the seed of the draw; from the system's randomness by default.
  ///   - person: who locks.
  ///   - time: when; now by default.
  /// - Returns: the event.
  /// - Throws: ``Vocabulary/Fault`` where the protocol is locked already or a file cannot be written.
  public func lock(seed: UInt64? = nil, by person: String? = nil, at time: Date = .now) throws
    -> LedgerEvent
  {
    let place = SourceLocation(file: folder.ledger)
    let ledger = try opening { () throws(LedgerError) in
      try Ledger(at: folder.ledger, creating: true)
    }
    let event = try writing {
      try ledger.append(at: time) { events, _ in
        guard events.isEmpty else { throw EnrolmentFault.alreadyLocked.fault(at: place) }
        // The seed is on the disk before the commitment to it: a lock without its seed could never
        // be drawn, a seed without a lock does no harm.
        let secret = try existingSecret(seed: seed) ?? SeedSecret(trial: file.trial.id, seed: seed)
        if !FileManager.default.fileExists(atPath: folder.secret) {
          try secret.write(to: folder.secret)
        }
        var record = ProtocolRecord(of: file, engine: engine)
        record.commitment = secret.commitment
        record.by = person
        return Ledger.Addition(.lock, record)
      }
    }
    guard let event else { throw EnrolmentFault.alreadyLocked.fault(at: place) }
    return event
  }

  /// A secret that an interrupted lock left behind.
  private func existingSecret(seed: UInt64?) throws -> SeedSecret? {
    guard FileManager.default.fileExists(atPath: folder.secret) else { return nil }
    let secret = try SeedSecret.load(folder.secret)
    guard secret.trial == file.trial.id, seed == nil || secret.number == seed else {
      throw EnrolmentFault.otherSecret.fault(at: SourceLocation(file: folder.secret))
    }
    return secret
  }

  /// Records that the protocol was changed, and why.
  ///
  /// - Throws: ``Vocabulary/Fault`` where there is no lock, no change or no reason.
  public func amend(reason: String, by person: String? = nil, at time: Date = .now) throws
    -> LedgerEvent
  {
    let place = SourceLocation(file: file.path)
    guard !reason.allSatisfy(\.isWhitespace) else {
      throw EnrolmentFault.emptyReason.fault(at: place)
    }
    let ledger = try ledger()
    let event = try writing {
      try ledger.append(at: time) { events, _ in
        let locked = try Self.locked(in: events, at: SourceLocation(file: folder.ledger))
        let changes = try locked.differences(of: file.trial, at: place)
        guard !changes.isEmpty else { return nil }
        var record = ProtocolRecord(of: file, engine: engine)
        record.reason = reason
        record.changes = changes
        record.isAfterUnblinding = locked.unblinding != nil
        record.by = person
        return Ledger.Addition(.amendment, record)
      }
    }
    guard let event else { throw EnrolmentFault.nothingToAmend.fault(at: place) }
    return event
  }

  /// What a note of a departure from the plan says.
  public struct Deviation: Codable, Hashable, Sendable {
    /// What was not done as planned.
    public var text: String
    /// Whether somebody had seen data by arm before the note.
    public var isAfterUnblinding: Bool
    /// Who notes it.
    public var by: String?
  }

  /// Records that something was not done as planned.
  ///
  /// - Throws: ``Vocabulary/Fault`` where there is no lock or no text.
  public func deviate(_ text: String, by person: String? = nil, at time: Date = .now) throws
    -> LedgerEvent
  {
    guard !text.allSatisfy(\.isWhitespace) else {
      throw EnrolmentFault.emptyReason.fault(at: SourceLocation(file: file.path))
    }
    let ledger = try ledger()
    let place = SourceLocation(file: folder.ledger)
    let event = try writing {
      try ledger.append(at: time) { events, _ in
        let locked = try Self.locked(in: events, at: place)
        return Ledger.Addition(
          .deviation,
          Deviation(text: text, isAfterUnblinding: locked.unblinding != nil, by: person))
      }
    }
    guard let event else { throw EnrolmentFault.notLocked.fault(at: place) }
    return event
  }

  /// The trial's ledger.
  ///
  /// - Throws: ``Vocabulary/Fault`` where there is none, or none that can be read.
  public func ledger() throws -> Ledger {
    try opening { () throws(LedgerError) in try Ledger(at: folder.ledger) }
  }

  /// Everything that the ledger holds, the oldest first.
  ///
  /// - Throws: ``Vocabulary/Fault`` where there is no ledger, or none that can be read.
  public func events() throws -> [LedgerEvent] {
    let ledger = try ledger()
    return try opening { () throws(LedgerError) in try ledger.events() }
  }

  static func locked(
    in events: [LedgerEvent], at place: SourceLocation
  ) throws -> LockedProtocol {
    guard let locked = LockedProtocol(in: events) else {
      throw EnrolmentFault.notLocked.fault(at: place)
    }
    return locked
  }

  /// Turns a ledger's errors into faults of its file.
  private func opening<Answer>(_ body: () throws(LedgerError) -> Answer) throws(Fault) -> Answer {
    do throws(LedgerError) {
      return try body()
    } catch {
      throw error.fault(atPath: folder.ledger)
    }
  }

  private func writing<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let error as LedgerError {
      throw error.fault(atPath: folder.ledger)
    }
  }
}
