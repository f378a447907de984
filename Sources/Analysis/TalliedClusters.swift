import DataSources
import RandomAssignment
import Statistics
import Trials

// Trials that drew whole clusters: the cluster is one more text that parts the rows, and what each adds up to serves for its units.

extension TrialAnalysis {
  /// The set of which each cluster's moments serve for all of an outcome's estimators; nil where some estimator looks at units.
  func clusterTotals(of outcome: Outcome) -> VariableSet? {
    let sets = estimators(for: outcome).map {
      $0.clusterTotals(of: outcome.response, drawnIn: trial.drawnGroups)
    }
    guard let first = sets.first, sets.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}

extension TalliedRows {
  /// The column of the clusters that were drawn whole; nil where none were.
  var clusterColumn: String? {
    analysis.trial.drawnGroups.hasClusters ? analysis.trial.assignment.clusters : nil
  }

  /// Clusters of each arm with a unit in the population; empty where units were drawn one by one.
  var clusterCounts: [String: Int] {
    guard let column = clusterColumn else { return [:] }
    var drawn: [String: Set<String>] = [:]
    for part in population {
      guard let arm = part.arm, let cluster = tally.text(column, of: part) else { continue }
      drawn[arm, default: []].insert(cluster)
    }
    return drawn.mapValues(\.count)
  }

  /// What whole clusters show of an outcome; nil where an outcome is missing, which is tested by drawing clusters again, or where
  /// sums have lost digits that units keep.
  func showing(
    ofClusters set: VariableSet, of outcome: Outcome, in parts: [Tally.Part]
  ) -> Observations.Showing? {
    guard parts.allSatisfy({ tally.moments(set, of: $0)?.count == $0.rows }) else { return nil }
    let isBinary = outcome.response.kind == .binary
    let totals = clusterTotals(in: parts) { part in
      tally.moments(set, of: part).map { own in
        // From whole events, in which no digit is lost.
        isBinary ? Moments(events: own.onesOfFirst, of: own.count) : own
      }
    }
    guard let totals, isBinary || totals.keepsDigits else { return nil }
    return Observations.Showing(Sample(clusterTotals: totals))
  }

  /// Some moments, cluster by cluster.
  func clusterTotals(
    in parts: [Tally.Part], _ moments: (Tally.Part) -> Moments?
  ) -> ClusterTotals? {
    guard let column = clusterColumn else { return nil }
    var found: [(cluster: String, arm: Int, moments: Moments)] = []
    for part in parts {
      guard let arm = part.arm else { continue }
      guard let place = arms.firstIndex(of: arm), let cluster = tally.text(column, of: part),
        let own = moments(part)
      else { return nil }
      found.append((cluster, place, own))
    }
    return ClusterTotals(arms: arms, parts: found)
  }
}
