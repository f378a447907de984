extension ClusteredLikelihood {
  /// The highest point over σ²_c ≥ 0 and σ²_e ≥ 0, by Fisher's scoring.
  ///
  /// A step that would leave the quadrant moves along its edge; one that would go down is halved.
  /// The likelihood may have more than one hill, so the climb starts from several divisions of the
  /// total between the levels, and the highest end wins.
  static func maximum(
    of groups: [[StudyEffect]], around total: Double, hasEffectLevel: Bool
  ) throws(MetaAnalysisError) -> ClusteredLikelihood {
    let count = groups.reduce(0.0) { $0 + Double($1.count) }
    let sampling = groups.reduce(0.0) { sum, group in
      sum + group.reduce(0) { $0 + $1.variance / count }
    }
    let scale = total > 0 ? total : sampling / 10
    let shares = hasEffectLevel ? [0.5, 0.1, 0.9, 0, 1] : [1, 0.1, 10, 0]
    var best: ClusteredLikelihood?
    for share in shares {
      let start = try ClusteredLikelihood(
        groups, clusterVariance: share * scale,
        effectVariance: hasEffectLevel ? (1 - share) * scale : 0)
      guard let end = try start.climb(groups, scale: scale, hasEffectLevel: hasEffectLevel)
      else { continue }
      if best.map({ end.height > $0.height }) ?? true { best = end }
    }
    guard let best else { throw .numericalFailure }
    return best
  }

  /// Scoring until the steps are in the last digits; nil when they never are.
  private func climb(
    _ groups: [[StudyEffect]], scale: Double, hasEffectLevel: Bool
  ) throws(MetaAnalysisError) -> ClusteredLikelihood? {
    var current = self
    for _ in 0..<2_000 {
      let step = current.scoringStep(hasEffectLevel: hasEffectLevel)
      guard step.cluster.isFinite, step.effect.isFinite else { return nil }
      let size = max(abs(step.cluster), abs(step.effect))
      let reached = max(scale, current.clusterVariance + current.effectVariance)
      var fraction = 1.0
      var next: ClusteredLikelihood?
      while next == nil, fraction > 1e-6 {
        let trial = try ClusteredLikelihood(
          groups, clusterVariance: max(0, current.clusterVariance + fraction * step.cluster),
          effectVariance: max(0, current.effectVariance + fraction * step.effect))
        // Near the top heights agree to rounding, while the score still shows the way.
        if trial.height >= current.height - 1e-13 * (1 + abs(current.height)) { next = trial }
        fraction /= 2
      }
      guard let next else { return size < 1e-7 * reached ? current : nil }
      let moved = max(
        abs(next.clusterVariance - current.clusterVariance),
        abs(next.effectVariance - current.effectVariance))
      current = next
      if moved <= 1e-13 * reached { return current }
    }
    return nil
  }

  /// The inverse of the expected information times the score, over the variances that may move: one
  /// at 0 whose score points below stays there.
  private func scoringStep(hasEffectLevel: Bool) -> (cluster: Double, effect: Double) {
    let movesCluster = clusterVariance > 0 || score.cluster > 0
    let movesEffect = hasEffectLevel && (effectVariance > 0 || score.effect > 0)
    let alone = (
      cluster: movesCluster ? score.cluster / expected.cluster : 0,
      effect: movesEffect ? score.effect / expected.effect : 0
    )
    guard movesCluster, movesEffect else { return alone }
    let determinant = expected.cluster * expected.effect - expected.both * expected.both
    guard determinant > 1e-12 * expected.cluster * expected.effect else { return alone }
    let cluster =
      (expected.effect * score.cluster - expected.both * score.effect) / determinant
    let effect =
      (expected.cluster * score.effect - expected.both * score.cluster) / determinant
    // With one of them on the edge and sent below, the other moves as if it were alone.
    if clusterVariance == 0, cluster < 0 { return (0, alone.effect) }
    if effectVariance == 0, effect < 0 { return (alone.cluster, 0) }
    return (cluster, effect)
  }
}
