/// How sure a conclusion is, in GRADE's four words, with every reason for a lower one.
///
/// A randomised trial begins high. It is lowered for risk of bias (a failed check, outcomes missing unevenly, departures from the
/// plan after arms were seen, no locked plan) and for imprecision (an interval that does not decide). What another town may
/// expect is a question of its own (`nudge rollout`), and so is whether several trials agree (`nudge pool`). GRADE: Guyatt et
/// al. (2008), doi:10.1136/bmj.39489.470347.AD.
public struct Certainty: Hashable, Sendable {
  /// GRADE's words.
  public enum Level: Int, Hashable, Comparable, Sendable {
    case veryLow, low, moderate, high

    /// From the lowest.
    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// Why it is lower.
  public enum Reason: Hashable, Sendable, CaseIterable {
    /// A check failed: two steps.
    case failedCheck
    /// Outcomes are missing more often in one arm.
    case unevenGaps
    /// Something departed from the plan after arms were seen.
    case lateDeviation
    /// The plan was not locked before.
    case notLocked
    /// The interval holds effects on both sides of what is worthwhile, or of none.
    case imprecise
    /// The interval holds worthwhile effects in both directions: a further step.
    case veryImprecise

    var steps: Int { self == .failedCheck ? 2 : 1 }
  }

  /// The word.
  public let level: Level
  /// The reasons.
  public let reasons: [Reason]

  init(_ reasons: [Reason]) {
    self.reasons = reasons
    let lowered = Level.high.rawValue - reasons.reduce(0) { $0 + $1.steps }
    level = Level(rawValue: max(0, lowered)) ?? .veryLow
  }
}

extension TrialResult {
  /// How sure one conclusion is; nil for simulated data, about which there is nothing to be sure of.
  public func certainty(of verdict: Verdict) -> Certainty? {
    guard !trial.simulated else { return nil }
    var reasons: Set<Certainty.Reason> = []
    for check in checks {
      if check.status == .fail { reasons.insert(.failedCheck) }
      switch check.kind {
      case .missingness(let outcome, _, _, _, _)
      where outcome == verdict.outcome && check.status == .warn:
        reasons.insert(.unevenGaps)
      case .deviation(_, _, late: true): reasons.insert(.lateDeviation)
      case .protocolLock(hash: nil, _, _): reasons.insert(.notLocked)
      default: break
      }
    }
    if let low = verdict.confLow, let high = verdict.confHigh {
      let worthwhile = verdict.worthwhile ?? 0
      let isDecided: Bool =
        switch verdict.conclusion {
        case .increases: low >= worthwhile
        case .decreases: -high >= worthwhile
        case .practicallyUnchanged: true
        case .undecided: false
        }
      if !isDecided { reasons.insert(.imprecise) }
      if worthwhile > 0, low <= -worthwhile, high >= worthwhile { reasons.insert(.veryImprecise) }
    } else {
      reasons.formUnion([.imprecise, .veryImprecise])
    }
    return Certainty(Certainty.Reason.allCases.filter(reasons.contains))
  }
}
