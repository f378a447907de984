import GSL

extension MultilevelLikelihood {
  /// The highest point over level variances that are not negative, by Fisher's scoring from several
  /// divisions of the total, about their sum, among the levels.
  static func maximum(
    of blocks: [Block], levels: Int, around total: Double,
    method: MultilevelMetaAnalysis.Method
  ) throws(MetaAnalysisError) -> MultilevelLikelihood {
    var sampling = 0.0
    var count = 0.0
    for block in blocks {
      for effect in block.effects {
        count += 1
        sampling += (effect.variance - sampling) / count
      }
    }
    let scale = total > 0 ? total : sampling / 10
    let share = 1 / Double(levels)
    // Even parts, then nearly all to one level; one level alone starts from several sizes.
    var starts = [[Double](repeating: share * scale, count: levels)]
    for level in 0..<levels {
      starts.append((0..<levels).map { $0 == level ? scale : 0.05 * share * scale })
      starts.append((0..<levels).map { $0 == level ? scale / 20 : 0 })
    }
    var best: MultilevelLikelihood?
    for start in starts {
      let start = try MultilevelLikelihood(blocks, variances: start, method: method)
      guard let end = try start.climb(blocks, scale: scale, method: method) else { continue }
      if best.map({ end.height > $0.height }) ?? true { best = end }
    }
    guard let best else { throw .numericalFailure }
    return best
  }

  /// Scoring until the steps are in the last digits; nil when they never are.
  private func climb(
    _ blocks: [Block], scale: Double, method: MultilevelMetaAnalysis.Method
  ) throws(MetaAnalysisError) -> MultilevelLikelihood? {
    var current = self
    for _ in 0..<1_000 {
      guard let step = current.scoringStep else { return nil }
      let size = step.reduce(0) { max($0, abs($1)) }
      let reached = max(scale, current.variances.reduce(0, +))
      var fraction = 1.0
      var next: MultilevelLikelihood?
      while next == nil, fraction > 1e-6 {
        let trial = try MultilevelLikelihood(
          blocks, variances: zip(current.variances, step).map { max(0, $0 + fraction * $1) },
          method: method)
        // Near the top heights agree to rounding, while the score still shows the way.
        if trial.height >= current.height - 1e-13 * (1 + abs(current.height)) { next = trial }
        fraction /= 2
      }
      guard let next else { return size < 1e-7 * reached ? current : nil }
      let moved = zip(next.variances, current.variances).reduce(0) { max($0, abs($1.0 - $1.1)) }
      current = next
      if moved <= 1e-13 * reached { return current }
    }
    return nil
  }

  /// The inverse of the expected information times the score, over the variances that may move: one
  /// at 0 that would go below stays there.
  private var scoringStep: [Double]? {
    var moving = variances.indices.filter { variances[$0] > 0 || score[$0] > 0 }
    while !moving.isEmpty {
      // In units of each level's own information, so that pivots are near 1.
      let scales = moving.map { expected[$0][$0].squareRoot() }
      var matrix: [Double] = []
      for (a, l) in moving.enumerated() {
        for (b, m) in moving.enumerated() { matrix.append(expected[l][m] / scales[a] / scales[b]) }
      }
      let right = moving.enumerated().map { score[$1] / scales[$0] }
      // Levels that cannot be told apart move one by one.
      let solved = Cholesky(of: matrix, size: moving.count)?.solve(right) ?? right
      let stuck = moving.indices.filter { variances[moving[$0]] == 0 && solved[$0] < 0 }
      guard stuck.isEmpty else {
        moving = moving.indices.filter { !stuck.contains($0) }.map { moving[$0] }
        continue
      }
      var step = variances.map { _ in 0.0 }
      for (a, l) in moving.enumerated() { step[l] = solved[a] / scales[a] }
      return step.allSatisfy(\.isFinite) ? step : nil
    }
    return variances.map { _ in 0 }
  }
}
