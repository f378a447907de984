public import Foundation
public import Ledger
import RandomAssignment
import Statistics
public import Trials
import Vocabulary

/// Draws the units of a list into arms, once and for good.
///
/// The draw is a pure function of the protocol, the seed and the units in their order. For designs whose units
/// keep arriving, everybody since the first is drawn again from the seed, those who came before must come
/// out as they stand in the ledger, and the newcomers follow: no state is kept that could be lost or read.
public struct Drawing: Sendable {
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

  /// The list that is meant: the one that is named, or else the trial's own.
  ///
  /// - Throws: ``Vocabulary/Fault`` where neither is.
  public static func list(named path: String?, for file: TrialFile) throws -> String {
    if let path { return path }
    guard let frame = file.trial.assignment.frame else {
      throw EnrolmentFault.noFrame.fault(at: file.location(of: "assignment"))
    }
    return frame.hasPrefix("/") ? frame : file.folder + frame
  }

  /// What a draw did.
  public struct Outcome: Sendable {
    /// The event; nil where the list held nobody new.
    public var event: LedgerEvent?
    /// How many units it added.
    public var added: Int
    /// How many of the list were drawn before.
    public var drawnBefore: Int
    /// The list.
    public var frame: Frame
    /// Units by arm, in the order of the trial; nil while arms are concealed.
    public var sizes: [(arm: String, count: Int)]?
    /// How alike the arms are; nil for later arrivals, who are compared with nobody.
    public var balance: BalanceTable?
    /// The files that were written.
    public var files: [String]
  }

  /// Draws whoever of the list is new.
  ///
  /// - Parameters:
  ///   - path: the list.
  ///   - force: whether files that nudge did not write may be replaced.
  ///   - time: when; now by default.
  /// - Returns: what was done.
  /// - Throws: ``Vocabulary/Faults`` for everything wrong with the list; ``Vocabulary/Fault`` where the
  ///   protocol is not locked, was changed, or draws everyone at once and has done so. Nothing is then
  ///   drawn or written.
  public func draw(_ path: String, force: Bool = false, at time: Date = .now) throws -> Outcome {
    guard trial.assignment.method != .notRandomised else {
      throw EnrolmentFault.nothingToDraw.fault(at: file.location(of: "assignment"))
    }
    let ledger = try Locking(of: file, engineVersion: engine).ledger()
    let frame = try Frame(at: path, for: file)
    let secret = try SeedSecret.load(folder.secret)
    var drawn: [DrawnUnit] = []
    var contents: [(path: String, bytes: [UInt8])] = []
    var outcome = Outcome(added: 0, drawnBefore: 0, frame: frame, files: [])
    do {
      outcome.event = try ledger.append(at: time) { events, before in
        try checkProtocol(in: events, secret: secret)
        let known = Set(before.map(\.unit))
        let new = frame.units.filter { !known.contains($0.unit) }
        outcome.added = new.count
        outcome.drawnBefore = frame.units.count - new.count
        if !before.isEmpty, !new.isEmpty, !trial.assignment.method.isRolling {
          throw EnrolmentFault.drawnAlready(
            method: trial.assignment.method.rawValue, new: new.count
          ).fault(at: SourceLocation(file: path))
        }
        drawn = try Draw(of: trial, secret: secret, at: file.location(of: "assignment"))
          .extending(before, by: new)
        if before.isEmpty {
          outcome.balance = try balance(of: drawn, frame, secret: secret)
        }
        contents = files(for: drawn, balance: outcome.balance)
        try checkReplaceable(contents.map(\.path), events: events, force: force)
        guard !new.isEmpty else { return nil }
        let arms = try arms(of: drawn, secret: secret)
        let particulars = DrawParticulars(
          method: trial.assignment.method.rawValue, arms: trial.design.arms,
          generator: DrawParticulars.generatorName, engine: engine,
          frame: frame.source,
          before: before.count, units: new.count, ineligible: frame.ineligible,
          outsideLayer: frame.outsideLayer,
          sizes: trial.assignment.isConcealed
            ? nil : Dictionary(arms.map { ($0, 1) }, uniquingKeysWith: +),
          seal: secret.seal(of: arms), rows: DrawnUnit.digest(of: drawn.dropFirst(before.count)),
          balance: outcome.balance?.omnibus?.pValue,
          files: contents.map {
            FileRecord(
              name: TrialFolder.name(of: $0.path), sha256: FieldHash.hexadecimal(ofBytes: $0.bytes))
          })
        return Ledger.Addition(.draw, particulars, units: Array(drawn.dropFirst(before.count)))
      }
    } catch let error as LedgerError {
      throw error.fault(atPath: folder.ledger)
    }
    if !trial.assignment.isConcealed {
      outcome.sizes = trial.design.arms.map(\.id).map { arm in
        (arm, drawn.count { $0.arm == arm })
      }
    }
    outcome.files = try writeFiles(contents, of: outcome, to: ledger)
    return outcome
  }

  /// Writes the files while nobody else can draw, so that the last draw has the last word: ours, or whatever the ledger
  /// holds by now.
  ///
  /// They are copies of the ledger: whatever happens here, drawing the same list again writes them.
  private func writeFiles(
    _ ours: [(path: String, bytes: [UInt8])], of outcome: Outcome, to ledger: Ledger
  ) throws -> [String] {
    var contents = ours
    try ledger.whileNobodyWrites { events, units in
      let last = events.last { $0.kind == .draw }
      if let event = outcome.event, last?.sequence != event.sequence {
        contents = files(for: try units(), balance: outcome.balance)
      }
      if let last {
        contents.append((folder.record, Array(DrawRecord(of: last, trial: trial.id).text.utf8)))
      }
      try TrialFiles.write(contents)
    }
    return contents.map(\.path)
  }

  private func checkProtocol(in events: [LedgerEvent], secret: SeedSecret) throws {
    let locked = try Locking.locked(in: events, at: SourceLocation(file: folder.ledger))
    let changes = try locked.differences(of: trial, at: SourceLocation(file: file.path))
    guard changes.isEmpty else {
      throw EnrolmentFault.protocolChanged(changes).fault(at: SourceLocation(file: file.path))
    }
    guard secret.trial == trial.id, secret.commitment == locked.commitment else {
      throw EnrolmentFault.otherSecret.fault(at: SourceLocation(file: folder.secret))
    }
  }

  /// The arms in their order, concealed or not.
  private func arms(of drawn: [DrawnUnit], secret: SeedSecret) throws -> [String] {
    guard trial.assignment.isConcealed else { return drawn.map { $0.arm ?? "" } }
    return try Draw(of: trial, secret: secret, at: file.location(of: "assignment")).arms(of: drawn)
  }

  private func balance(
    of drawn: [DrawnUnit], _ frame: Frame, secret: SeedSecret
  ) throws -> BalanceTable? {
    let variables = frame.covariates.flatMap(\.variables)
    guard !variables.isEmpty else { return nil }
    let arms = trial.design.arms.map(\.id)
    let positions = Dictionary(arms.enumerated().map { ($1, $0) }) { first, _ in first }
    let indices = try self.arms(of: drawn, secret: secret).map { positions[$0] ?? 0 }
    let control = arms.firstIndex { $0 == trial.control?.arm.id } ?? 0
    let draw = Draw(of: trial, secret: secret, at: file.location(of: "assignment"))
    return BalanceTable(
      of: frame.covariates, arms: indices, control: control,
      units: try draw.experimentalUnits(drawn), design: trial.design, seed: trial.analysis.seed)
  }

  private func files(
    for drawn: [DrawnUnit], balance: BalanceTable?
  ) -> [(path: String, bytes: [UInt8])] {
    let texts = AssignmentFiles(trial: trial, engine: engine)
    var files: [(path: String, bytes: [UInt8])] = []
    if trial.assignment.isConcealed {
      files.append((folder.codes, texts.codes(of: drawn)))
    } else {
      files.append((folder.assignment, texts.assignment(of: drawn)))
    }
    if let balance { files.append((folder.balance, texts.balance(balance))) }
    return files
  }

  private func checkReplaceable(
    _ paths: [String], events: [LedgerEvent], force: Bool
  ) throws {
    guard !force else { return }
    let ours = Set(events.flatMap(\.files).map(\.sha256))
    let foreign = paths.filter { path in
      guard let bytes = FileManager.default.contents(atPath: path) else { return false }
      return !ours.contains(FieldHash.hexadecimal(ofBytes: Array(bytes)))
    }
    let faults = foreign.map { EnrolmentFault.foreignFile.fault(at: SourceLocation(file: $0)) }
    if let faults = Faults(faults) { throw faults }
  }
}
