public import Statistics

/// How the confirmatory tests are adjusted for their number.
public enum MultiplicityPlan: Codable, Hashable, Sendable {
  /// A rule for the p-values alone.
  case adjustment(Multiplicity)
  /// Dunnett's: several arms against one control, with their known correlation.
  case dunnett
  /// Westfall and Young's step-down, from joint re-draws of the arms.
  case maxT
  /// Outcomes in an order: later families are tested once earlier ones say yes.
  case gates(Gates, order: [[String]])

  /// What opens the next family.
  public enum Gates: String, Codable, CaseIterable, Hashable, Sendable {
    /// One outcome after the other.
    case fixedSequence = "fixed_sequence"
    /// Every test of the family.
    case serial
    /// Any test of the family.
    case parallel
  }

  /// The names that stand alone in the trial file.
  public static let names = Multiplicity.allCases.map(\.rawValue) + ["dunnett", "max_t"]

  /// The name in the result.
  public var name: String {
    switch self {
    case .adjustment(let rule): rule.rawValue
    case .dunnett: "dunnett"
    case .maxT: "max_t"
    case .gates(let gates, _): gates.rawValue
    }
  }

  /// From a name that stands alone.
  public init?(name: String) {
    if let rule = Multiplicity(rawValue: name) {
      self = .adjustment(rule)
    } else if name == "dunnett" {
      self = .dunnett
    } else if name == "max_t" {
      self = .maxT
    } else {
      return nil
    }
  }
}
