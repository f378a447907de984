import Foundation
public import Ledger
public import Trials
import Vocabulary

/// What a trial's ledger says to whoever analyses or watches the trial.
public struct TrialRecord: Sendable {
  /// The protocol with its versions.
  public let locked: LockedProtocol
  /// Everyone who was drawn; while arms are concealed, with the arms that were released or whose seed is
  /// public, else without.
  public let units: [DrawnUnit]
  /// What departed from the plan.
  public let deviations: [(event: LedgerEvent, deviation: Locking.Deviation)]
  /// All events, the oldest first.
  public let events: [LedgerEvent]

  /// Reads the ledger that stands beside a trial file; nil where there is none.
  ///
  /// - Throws: ``Vocabulary/Fault`` where the ledger is damaged or holds no lock.
  public static func load(for file: TrialFile, engineVersion: String) throws -> TrialRecord? {
    let folder = TrialFolder(of: file)
    guard FileManager.default.fileExists(atPath: folder.ledger) else { return nil }
    let ledger = try Locking(of: file, engineVersion: engineVersion).ledger()
    do {
      return try TrialRecord(ledger, in: folder, for: file)
    } catch let error as LedgerError {
      throw error.fault(atPath: folder.ledger)
    }
  }

  private init(_ ledger: Ledger, in folder: TrialFolder, for file: TrialFile) throws {
    let problems = ledger.problems()
    guard problems.isEmpty else {
      throw LedgerError.unreadable(problems.map(\.words.en).joined(separator: "; "))
    }
    events = try ledger.events()
    locked = try Locking.locked(in: events, at: .init(file: folder.ledger))
    deviations = events.compactMap { event in
      guard event.kind == .deviation else { return nil }
      return event.particulars(as: Locking.Deviation.self).map { (event, $0) }
    }
    var told: [String: String] = [:]
    for event in events where event.kind == .release {
      for entry in event.particulars(as: ReleaseParticulars.self)?.entries ?? [] {
        told[entry.unit] = entry.arm
      }
    }
    let stored = try ledger.units()
    if let revealed = events.first(where: { $0.kind == .reveal })?
      .particulars(as: SeedSecret.self), stored.contains(where: { $0.arm == nil })
    {
      let arms = try Draw(of: file.trial, secret: revealed, at: file.location(of: "assignment"))
        .arms(of: stored)
      for (unit, arm) in zip(stored, arms) { told[unit.unit] = arm }
    }
    units = stored.map { unit in
      var unit = unit
      unit.arm = unit.arm ?? told[unit.unit]
      return unit
    }
  }

  /// Records that somebody saw data by arm.
  ///
  /// - Throws: ``Vocabulary/Fault`` where the ledger cannot be written.
  public static func note(
    _ kind: LedgerEvent.Kind, _ access: AccessParticulars, for file: TrialFile,
    engineVersion: String
  ) throws {
    let ledger = try Locking(of: file, engineVersion: engineVersion).ledger()
    do throws(LedgerError) {
      try ledger.append(kind, access)
    } catch {
      throw error.fault(atPath: TrialFolder(of: file).ledger)
    }
  }
}
