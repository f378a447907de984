import Foundation
public import Ledger
import RandomAssignment
public import Trials
public import Vocabulary

/// The offline check of a trial's folder: ledger, protocol, draw and files against one another.
public struct FolderVerification: Sendable {
  /// One question, and whether it was answered well.
  public struct Finding: Hashable, Sendable {
    /// How a question was answered.
    public enum Status: Hashable, Sendable {
      /// As it should be.
      case sound
      /// Not as it should be.
      case broken
      /// It cannot be asked yet.
      case open
    }

    /// The answer.
    public let status: Status
    /// In words.
    public let words: BilingualText
  }

  /// The findings, in the order in which they were asked.
  public let findings: [Finding]
  /// The last event; nil where the ledger is empty or unreadable.
  public let head: LedgerEvent?

  /// Whether nothing is broken.
  public var isSound: Bool { !findings.contains { $0.status == .broken } }

  /// Checks a folder.
  ///
  /// - Throws: ``Vocabulary/Fault`` where there is no ledger.
  public init(of file: TrialFile, engineVersion: String) throws {
    let folder = TrialFolder(of: file)
    let ledger = try Locking(of: file, engineVersion: engineVersion).ledger()
    let problems = ledger.problems()
    guard problems.isEmpty, let events = try? ledger.events(), let units = try? ledger.units()
    else {
      findings = problems.map { Finding(status: .broken, words: $0.words) }
      head = nil
      return
    }
    head = events.last
    var findings = [
      Finding(
        status: .sound,
        words: BilingualText(
          ja: "台帳：\(events.count)件の記録がすべてつながっています",
          en: "ledger: all \(events.count) events form an unbroken chain"))
    ]
    if let locked = LockedProtocol(in: events) {
      findings.append(Self.checkProtocol(of: file, locked))
      if !units.isEmpty {
        findings.append(
          Self.checkDraw(of: file, units, locked, secret: Self.secret(in: events, folder), events))
      }
    }
    findings += Self.checkFiles(of: events, in: folder, besides: file)
    findings += Self.checkDatabases(of: events)
    self.findings = findings
  }

  // MARK: - Protocol

  private static func checkProtocol(of file: TrialFile, _ locked: LockedProtocol) -> Finding {
    let place = SourceLocation(file: file.path)
    let now = FieldHash.hexadecimal(ofBytes: Array(file.text.utf8))
    let name = TrialFolder.name(of: file.path)
    if now == locked.current.sha256 {
      return Finding(
        status: .sound,
        words: BilingualText(
          ja: "計画：\(name) は確定した版と同じです（\(now.prefix(12))…）",
          en: "protocol: \(name) is the version in force (\(now.prefix(12))…)"))
    }
    guard let changes = try? locked.differences(of: file.trial, at: place) else {
      return Finding(
        status: .broken,
        words: BilingualText(
          ja: "計画：確定した版を、この版の nudge では読めません",
          en: "protocol: this version of nudge cannot read the locked text"))
    }
    if changes.isEmpty {
      return Finding(
        status: .sound,
        words: BilingualText(
          ja: "計画：\(name) は、注釈や書き方のほかは確定した版と同じです",
          en: "protocol: \(name) differs from the version in force in comments and layout only"))
    }
    return Finding(
      status: .broken,
      words: BilingualText(
        ja: "計画：\(name) が変更されています（\(changes.joined(separator: "、"))）",
        en: "protocol: \(name) was changed (\(changes.joined(separator: ", ")))"))
  }

  // MARK: - Draw

  private static func secret(in events: [LedgerEvent], _ folder: TrialFolder) -> SeedSecret? {
    events.first { $0.kind == .reveal }?.particulars(as: SeedSecret.self)
      ?? (try? SeedSecret.load(folder.secret))
  }

  private static func checkDraw(
    of file: TrialFile, _ units: [DrawnUnit], _ locked: LockedProtocol, secret: SeedSecret?,
    _ events: [LedgerEvent]
  ) -> Finding {
    guard let secret else {
      return Finding(
        status: .open,
        words: BilingualText(
          ja: "割付け：乱数の種がまだ公開されていないため、再現はまだできません",
          en: "draw: the seed is not public yet, so it cannot be drawn again"))
    }
    guard secret.commitment == locked.commitment else {
      return Finding(
        status: .broken,
        words: BilingualText(
          ja: "割付け：乱数の種が、計画の確定時の約束と違います",
          en: "draw: the seed is not the one that the lock committed to"))
    }
    let place = file.location(of: "assignment")
    // Drawn by the protocol that was in force then, not by what the file says now.
    let draws = events.filter { $0.kind == .draw }
    let version = locked.versions.last { $0.event.sequence < draws[0].sequence }?.record
    guard let trial = try? (version ?? locked.current).trial(at: place),
      let arms = try? Draw(of: trial, secret: secret, at: place).arms(of: units)
    else {
      return Finding(
        status: .broken,
        words: BilingualText(
          ja: "割付け：確定した計画では、この台帳の割付けを再現できません",
          en: "draw: the locked protocol cannot draw these units"))
    }
    let wrong = zip(units, arms).first { unit, arm in unit.arm.map { $0 != arm } ?? false }
    let seal = draws.last?.particulars(as: DrawParticulars.self)?.seal
    if let wrong {
      return Finding(
        status: .broken,
        words: BilingualText(
          ja: "割付け：「\(wrong.0.unit)」の群が、種からの再現（\(wrong.1)）と違います",
          en: "draw: the arm of '\(wrong.0.unit)' is not the one that the seed gives (\(wrong.1))"))
    }
    guard seal == secret.seal(of: arms) else {
      return Finding(
        status: .broken,
        words: BilingualText(
          ja: "割付け：種からの再現が、割付け時の封印と違います",
          en: "draw: what the seed gives is not what was sealed at the draw"))
    }
    return Finding(
      status: .sound,
      words: BilingualText(
        ja: "割付け：\(units.count)件すべてを乱数の種から再現でき、一致しました",
        en: "draw: all \(units.count) arms were drawn again from the seed and agree"))
  }

  // MARK: - Files

  /// What was read from a database: no file keeps it, so nothing can be compared.
  private static func checkDatabases(of events: [LedgerEvent]) -> [Finding] {
    events.compactMap { event in
      guard let data = event.particulars(as: AccessParticulars.self)?.data, data.sha256.isEmpty
      else { return nil }
      return Finding(
        status: .open,
        words: BilingualText(
          ja: "\(data.name)：データベースから読んだデータです。ファイルがないため、当時と同じかどうかは照合できません"
            + "（記録\(event.sequence)、\(event.kind.name.ja)）",
          en:
            "\(data.name): these data were read from a database; there is no file to compare with what they "
            + "were then (event \(event.sequence), \(event.kind.name.en))"))
    }
  }

  private static func checkFiles(
    of events: [LedgerEvent], in folder: TrialFolder, besides file: TrialFile
  ) -> [Finding] {
    var newest: [String: (record: FileRecord, event: LedgerEvent)] = [:]
    for event in events {
      for record in event.files { newest[record.name] = (record, event) }
    }
    return newest.values.sorted { $0.record.name < $1.record.name }.map { record, event in
      let words = { (ja: String, en: String) in
        BilingualText(
          ja: "\(record.name)：\(ja)（記録\(event.sequence)、\(event.kind.name.ja)）",
          en: "\(record.name): \(en) (event \(event.sequence), \(event.kind.name.en))")
      }
      let path = record.name.hasPrefix("/") ? record.name : file.folder + record.name
      guard let bytes = FileManager.default.contents(atPath: path) else {
        return Finding(status: .open, words: words("ここにはありません", "is not here"))
      }
      let found = FieldHash.hexadecimal(ofBytes: Array(bytes))
      if found == record.sha256 {
        return Finding(status: .sound, words: words("書かれたときのままです", "is as it was written"))
      }
      // An interrupted draw leaves the list of the draw before.
      let isOlder = events.contains { event in
        event.files.contains { $0.name == record.name && $0.sha256 == found }
      }
      return isOlder
        ? Finding(
          status: .open,
          words: words(
            "以前の版です。nudge assign で書き直せます", "is an earlier version; nudge assign writes it anew"))
        : Finding(status: .broken, words: words("書き換えられています", "was changed"))
    }
  }
}
