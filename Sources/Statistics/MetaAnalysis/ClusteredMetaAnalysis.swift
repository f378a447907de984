/// The average effect when studies come in clusters – several effects from one paper, several
/// schools of one district – whose effects resemble each other.
///
///     y = μ + a_cluster + u_effect + e,   var a = σ²_cluster,   var u = σ²_effect,   var e = v known
///
/// Both variances by restricted maximum likelihood. Treating effects of one paper as independent
/// counts the same evidence several times; this is the remedy when their sampling errors are
/// independent. When the errors share people (several outcomes, one control arm) they are not, and
/// the standard error here is too small: cluster-robust errors are then needed on top.
///
/// R: `metafor::rma.mv(yi, vi, random = ~ 1 | cluster)` and `~ 1 | cluster/effect`. Konstantopoulos
/// (2011), doi:10.1002/jrsm.35.
public struct ClusteredMetaAnalysis: Sendable {
  /// Which effects are random.
  public enum Levels: String, CaseIterable, Codable, Hashable, Sendable {
    /// One intercept a cluster: within a cluster all effects are equal but for sampling.
    case cluster
    /// A cluster's intercept, and around it each effect's own.
    case clusterAndEffect = "cluster_and_effect"
  }

  /// Which effects are random.
  public let levels: Levels
  /// μ with its uncertainty (Wald: the variances taken as known, and the normal distribution).
  public let pooled: StudentEvidence
  /// σ²_cluster, the variance of the clusters' mean effects.
  public let clusterVariance: Double
  /// σ²_effect, the variance of effects around their cluster's; 0 by supposition at ``Levels/cluster``.
  public let effectVariance: Double
  /// How many clusters there are.
  public let clusterCount: Int

  /// Pools effects in clusters.
  ///
  /// - Parameters:
  ///   - effects: the effects.
  ///   - clusters: the cluster of each, in the same order.
  ///   - levels: which effects are random.
  /// - Throws: ``MetaAnalysisError``; `notIdentified` for a single cluster, or, with both levels,
  ///   when no cluster holds two effects.
  public init(
    of effects: [StudyEffect], clusters: [some Hashable & Sendable],
    levels: Levels = .clusterAndEffect
  ) throws(MetaAnalysisError) {
    guard clusters.count == effects.count else { throw .malformed }
    // Its checks of the input, and the size of what there is to divide between the levels.
    let plain = try MetaAnalysis(of: effects)
    var positions: [AnyHashable: Int] = [:]
    var groups: [[StudyEffect]] = []
    for (effect, cluster) in zip(effects, clusters) {
      if let position = positions[AnyHashable(cluster)] {
        groups[position].append(effect)
      } else {
        positions[AnyHashable(cluster)] = groups.count
        groups.append([effect])
      }
    }
    guard groups.count > 1,
      levels == .cluster || groups.contains(where: { $0.count > 1 })
    else { throw .notIdentified }

    let fit = try ClusteredLikelihood.maximum(
      of: groups, around: plain.tauSquared, hasEffectLevel: levels == .clusterAndEffect)
    let standardError = (1 / fit.information).squareRoot()
    guard standardError > 0, standardError.isFinite else { throw .numericalFailure }
    self.levels = levels
    clusterCount = groups.count
    clusterVariance = fit.clusterVariance
    effectVariance = fit.effectVariance
    pooled = StudentEvidence(
      estimate: fit.mean, standardError: standardError, degreesOfFreedom: nil)
  }

  /// Where the true effect of an effect in another cluster is expected, μ ± z·√(σ²_c + σ²_e + SE²).
  ///
  /// Too narrow with few clusters: both variances are taken at their estimates. R: `predict(rma.mv(…))`.
  ///
  /// - Throws: ``MetaAnalysisError/undefined`` unless 0 < `level` < 1.
  public func predictionInterval(level: Double) throws(MetaAnalysisError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let variance = clusterVariance + effectVariance + pooled.standardError * pooled.standardError
    do {
      return try StudentEvidence(
        estimate: pooled.estimate, standardError: variance.squareRoot(), degreesOfFreedom: nil
      ).interval(level: level)
    } catch { throw .numericalFailure }
  }
}
