import Statistics
import Synchronization

/// The arms' means that were estimated from one sample: effects, checks, means and corrections for several tests all ask for the same, and a
/// regression on a million rows is not to be repeated for each.
final class FoundMeans: Sendable {
  private struct Question: Hashable {
    var estimator: AnyHashable
    var response: Response
    var arms: [String]
  }

  private struct Answers: @unchecked Sendable {
    // Estimators are values, and sendable; their erased form does not say so.
    var known: [Question: Result<MarginalMeans, EstimationError>] = [:]
  }

  private let answers = Mutex(Answers())

  /// What an estimator says of the sample, computed once.
  func means(
    of response: Response, in sample: Sample, arms: [String], by estimator: any Estimator
  ) -> Result<MarginalMeans, EstimationError> {
    let question = Question(estimator: AnyHashable(estimator), response: response, arms: arms)
    if let known = answers.withLock({ $0.known[question] }) { return known }
    let found = Result { () throws(EstimationError) -> MarginalMeans in
      try estimator.marginalMeans(of: response, in: sample, arms: arms)
    }
    answers.withLock { $0.known[question] = found }
    return found
  }
}
