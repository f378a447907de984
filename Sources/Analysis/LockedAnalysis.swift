import Enrolment
import Ledger
import Trials
import Vocabulary

/// A trial as the lock lets it be analysed: what was not planned before data by arm were seen is exploratory.
struct LockedAnalysis {
  /// The trial, with every primary outcome that the lock does not cover made exploratory.
  let trial: Trial
  /// What the comparison with the lock found.
  let check: Check

  /// Parts of the protocol that change no number: they may be mended without a word.
  private static let silent: Set<String> = [
    "title", "owner", "period", "counted", "insights", "data", "funnel", "cohorts", "simulation",
    "monitoring",
  ]
  private static let silentOfArms: Set<String> = [
    "name", "east", "addresses", "channel", "cost", "message",
  ]
  private static let silentOfAnalysis: Set<String> = [
    "subgroups", "inference", "prior", "draws", "seed",
  ]

  /// Compares a trial with its record; nil is a trial that was never locked.
  ///
  /// - Throws: ``Vocabulary/Fault`` where this version cannot read the locked text.
  init(of file: TrialFile, record: TrialRecord?) throws {
    guard let record else {
      trial = file.trial.asConcluded
      check = Check(kind: .protocolLock(hash: nil, changes: [], exploratory: []), status: .warn)
      return
    }
    let place = SourceLocation(file: file.path)
    let planned = try record.locked.confirmatory.trial(at: place)
    let paths = CanonicalTrial(file.trial).differences(from: CanonicalTrial(planned))
    let unplanned = Self.unplanned(paths, in: file.trial)
    var trial = file.trial
    for place in trial.outcomes.indices
    where trial.outcomes[place].role == .primary && unplanned.contains(trial.outcomes[place].id) {
      trial.outcomes[place].role = .exploratory
    }
    self.trial = trial.asConcluded
    let unrecorded = try record.locked.differences(of: file.trial, at: place)
    check = Check(
      kind: .protocolLock(
        hash: record.locked.lock.hash, changes: unrecorded,
        exploratory: file.trial.outcomes.map(\.id).filter(unplanned.contains)),
      status: !unrecorded.isEmpty ? .fail : unplanned.isEmpty ? .pass : .warn)
  }

  /// The outcomes whose numbers differ from what was planned: those that were changed themselves, or
  /// all where the change touches everything.
  private static func unplanned(_ paths: [String], in trial: Trial) -> Set<String> {
    var unplanned: Set<String> = []
    let outcomes = trial.outcomes.map(\.id)
    for path in paths {
      let keys = path.split(whereSeparator: { ".[]".contains($0) }).map(String.init)
      guard let root = keys.first, !silent.contains(root) else { continue }
      switch root {
      case "outcomes":
        // Another name for readers is the same outcome.
        if keys.count > 2, keys[2] == "name" { continue }
        unplanned.formUnion(keys.count > 1 ? [keys[1]] : outcomes)
      case "variants" where keys.count > 2 && silentOfArms.contains(keys[2]): continue
      case "analysis" where keys.count > 1 && silentOfAnalysis.contains(keys[1]): continue
      default: unplanned.formUnion(outcomes)
      }
    }
    return unplanned.intersection(outcomes)
  }
}
