public import Foundation
import Ledger
public import Trials
import Vocabulary

/// Tells concealed arms to whoever may know them, and makes the seed public in the end.
public struct Releasing: Sendable {
  private let file: TrialFile
  private let folder: TrialFolder
  private let engine: String
  private var trial: Trial { file.trial }

  /// Names the trial.
  public init(of file: TrialFile, engineVersion: String) {
    self.file = file
    folder = TrialFolder(of: file)
    engine = engineVersion
  }

  /// Releases arms. The event is in the ledger before anybody is told.
  ///
  /// - Parameters:
  ///   - names: units or codes; nil for everyone, which also writes the sealed list.
  ///   - recipient: to whom.
  ///   - time: when; now by default.
  /// - Returns: what is told.
  /// - Throws: ``Vocabulary/Faults`` naming every unit that was not drawn.
  public func release(
    _ names: [String]?, to recipient: String? = nil, at time: Date = .now
  ) throws -> [ReleaseParticulars.Entry] {
    guard trial.assignment.isConcealed else {
      throw EnrolmentFault.notConcealed.fault(at: file.location(of: "assignment"))
    }
    let secret = try SeedSecret.load(folder.secret)
    let ledger = try Locking(of: file, engineVersion: engine).ledger()
    var entries: [ReleaseParticulars.Entry] = []
    var files: [(path: String, bytes: [UInt8])] = []
    do {
      _ = try ledger.append(at: time) { events, units in
        let locked = try Locking.locked(in: events, at: SourceLocation(file: folder.ledger))
        guard secret.commitment == locked.commitment else {
          throw EnrolmentFault.otherSecret.fault(at: SourceLocation(file: folder.secret))
        }
        guard !units.isEmpty else {
          throw EnrolmentFault.notDrawn.fault(at: SourceLocation(file: folder.ledger))
        }
        let arms = try Draw(of: trial, secret: secret, at: file.location(of: "assignment"))
          .arms(of: units)
        let wanted = names.map(Set.init)
        for (unit, arm) in zip(units, arms) {
          let code = unit.code ?? ""
          if let wanted, !wanted.contains(unit.unit), !wanted.contains(code) { continue }
          entries.append(.init(unit: unit.unit, code: code, arm: arm))
        }
        let known = Set(units.map(\.unit)).union(units.compactMap(\.code))
        let unknown = (names ?? []).filter { !known.contains($0) }.map {
          EnrolmentFault.unknownUnit($0).fault(at: SourceLocation(file: folder.ledger))
        }
        if let faults = Faults(unknown) { throw faults }
        if names == nil {
          let list = AssignmentFiles(trial: trial, engine: engine)
            .sealed(entries.map { ($0.code, $0.arm) })
          files = [(folder.sealed, list)]
        }
        return Ledger.Addition(
          .release,
          ReleaseParticulars(
            entries: entries, to: recipient,
            files: files.map {
              FileRecord(
                name: TrialFolder.name(of: $0.path),
                sha256: FieldHash.hexadecimal(ofBytes: $0.bytes))
            }))
      }
    } catch let error as LedgerError {
      throw error.fault(atPath: folder.ledger)
    }
    try TrialFiles.write(files)
    return entries
  }

  /// Makes the seed public, so that everybody can draw again and compare.
  ///
  /// - Throws: ``Vocabulary/Fault`` where the seed is not the one that the lock committed to.
  public func reveal(at time: Date = .now) throws -> SeedSecret {
    let secret = try SeedSecret.load(folder.secret)
    let ledger = try Locking(of: file, engineVersion: engine).ledger()
    do {
      _ = try ledger.append(at: time) { events, _ in
        let locked = try Locking.locked(in: events, at: SourceLocation(file: folder.ledger))
        guard secret.commitment == locked.commitment else {
          throw EnrolmentFault.otherSecret.fault(at: SourceLocation(file: folder.secret))
        }
        let isKnown = events.contains { $0.kind == .reveal }
        return isKnown ? nil : Ledger.Addition(.reveal, secret)
      }
    } catch let error as LedgerError {
      throw error.fault(atPath: folder.ledger)
    }
    return secret
  }
}
