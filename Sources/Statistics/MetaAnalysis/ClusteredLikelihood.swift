import GSL

/// The restricted likelihood of effects in clusters at one pair of variances.
///
/// Within a cluster V = D + σ²_c 11ᵀ, D = diag(v + σ²_e). With w = 1/(v + σ²_e), s = Σw and
/// f = 1/(1 + σ²_c·s), V⁻¹1 = f·w and V⁻¹ = D⁻¹ − σ²_c·f·wwᵀ: every trace that the score and Fisher's
/// information ask for is a sum of a few sums a cluster, and no matrix is inverted.
struct ClusteredLikelihood {
  /// σ²_c.
  let clusterVariance: Double
  /// σ²_e.
  let effectVariance: Double
  /// μ̂.
  let mean: Double
  /// 1ᵀV⁻¹1, the reciprocal of the variance of μ̂.
  let information: Double
  /// Twice the restricted log-likelihood, up to a constant.
  let height: Double
  /// Twice the score for σ²_c and σ²_e: yᵀPGPy − tr PG.
  let score: (cluster: Double, effect: Double)
  /// Twice the expected information: tr PGPG′.
  let expected: (cluster: Double, both: Double, effect: Double)

  init(
    _ groups: [[StudyEffect]], clusterVariance: Double, effectVariance: Double
  ) throws(MetaAnalysisError) {
    var information = 0.0
    var weighted = 0.0
    for group in groups {
      let sums = Sums(group, clusterVariance, effectVariance)
      information += sums.s * sums.f
      weighted += sums.y * sums.f
    }
    let mean = weighted / information

    var height = -Elementary.logarithm(information)
    var (clusterSquares, effectSquares) = (0.0, 0.0)
    // Sums over clusters of a = 1ᵀV⁻¹1, b = 1ᵀV⁻²1, and what the traces need of them.
    var (a2, a3, b1, ab, third, traceV, traceV2) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for group in groups {
      let sums = Sums(group, clusterVariance, effectVariance)
      let (s, q, t, f) = (sums.s, sums.q, sums.t, sums.f)
      let g = clusterVariance * f
      let (a, b) = (s * f, f * f * q)
      let residual = sums.y - mean * s
      clusterSquares += residual * f * residual * f
      height += Elementary.logarithm(f)
      for effect in group {
        let weight = 1 / (effect.variance + effectVariance)
        let distance = effect.value - mean
        let part = weight * (distance - g * residual)
        effectSquares += part * part
        height += Elementary.logarithm(weight) - distance * part
      }
      a2 += a * a
      a3 += a * a * a
      b1 += b
      ab += a * b
      third += f * f * (t - g * q * q)
      traceV += s - g * q
      traceV2 += q - 2 * g * t + g * g * q * q
    }
    let total = information
    self.clusterVariance = clusterVariance
    self.effectVariance = effectVariance
    self.mean = mean
    self.information = total
    self.height = height
    score = (
      clusterSquares - (total - a2 / total), effectSquares - (traceV - b1 / total)
    )
    let effectTrace = traceV2 - 2 * third / total + b1 * b1 / total / total
    let bothTrace = b1 - 2 * ab / total + b1 * a2 / total / total
    expected = (
      a2 - 2 * a3 / total + a2 * a2 / total / total, bothTrace, effectTrace
    )
    guard height.isFinite, mean.isFinite, score.cluster.isFinite, score.effect.isFinite,
      total > 0
    else { throw .numericalFailure }
  }

  /// Σw, Σw², Σw³, Σwy and f of one cluster.
  private struct Sums {
    var (s, q, t, y, f) = (0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ group: [StudyEffect], _ clusterVariance: Double, _ effectVariance: Double) {
      for effect in group {
        let weight = 1 / (effect.variance + effectVariance)
        s += weight
        q += weight * weight
        t += weight * weight * weight
        y += weight * effect.value
      }
      f = 1 / (1 + clusterVariance * s)
    }
  }
}
