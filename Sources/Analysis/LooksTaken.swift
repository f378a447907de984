import Statistics
import Trials

/// The planned looks of a trial and what this one showed.
public struct LooksTaken: Codable, Hashable, Sendable {
  /// Shares of the planned information.
  public var fractions: [Double]
  /// The critical values of |z|; nil where a look cannot stop the trial.
  public var critical: [Double?]
  /// The look that was analysed.
  public var look: Monitoring.Look
}

extension TrialAnalysis {
  /// The looks and the comparisons at this one; nil for a trial that is analysed once.
  func looksTaken(in observations: Observations) -> LooksTaken? {
    guard let sequential, let plan = trial.analysis.looks else { return nil }
    return LooksTaken(
      fractions: plan.fractions,
      critical: sequential.boundary.upper.map { $0.isFinite ? $0 : nil },
      look: Monitoring.Look(
        number: sequential.look + 1, comparisons: comparisons(in: observations)))
  }
}
