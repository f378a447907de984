import RandomAssignment
import Statistics
import Trials

extension TrialAnalysis {
  func supplements(in observations: Observations) -> [ResultRow] { [] }
}
