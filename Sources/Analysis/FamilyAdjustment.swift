import RandomAssignment
import Statistics
import Trials

extension TrialAnalysis {
  /// The adjusted p-values of the confirmatory rows, as the plan says.
  func adjusted(
    _ pValues: [Double], of rows: [ResultRow], in observations: Observations
  ) throws(EstimationError) -> [Double] {
    switch trial.analysis.multiplicity {
    case .adjustment(let rule): return try rule.adjusted(pValues)
    case .dunnett, .maxT, .gates: return pValues
    }
  }
}
