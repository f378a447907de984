/// The average effect when effects are nested in several levels, such as effects within studies
/// within publications, with a standard error that trusts the outermost level alone.
///
///     y = μ + Σₗ aₗ + e,   var aₗ = σ²ₗ for each unit of level l,   var e = v known
///
/// The level variances come from (restricted) maximum likelihood; μ̂ is the mean weighted by V⁻¹.
/// Its model-based error needs independent sampling errors; ``clusterRobust()`` allows them to be
/// dependent in any way within the outermost units (several outcomes of the same people, one
/// control arm for several messages). With fewer than about ten outermost units neither is worth
/// much.
///
/// In R: `metafor::rma.mv(yi, vi, random = ~ 1 | publication/study/effect)`, then
/// `robust(cluster = publication, clubSandwich = TRUE)`.
/// References: Konstantopoulos (2011), doi:10.1002/jrsm.35; Pustejovsky & Tipton (2018),
/// doi:10.1080/07350015.2016.1247004.
public struct MultilevelMetaAnalysis: Sendable {
  /// How the level variances are estimated.
  public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
    /// By the likelihood of what the mean leaves over: nearly unbiased.
    case restrictedMaximumLikelihood = "reml"
    /// By the likelihood of the effects; too small with few outermost units.
    case maximumLikelihood = "ml"
  }

  /// μ with its uncertainty (Wald: the variances taken as known, and the normal distribution).
  public let pooled: StudentEvidence
  /// σ²ₗ, one a level, outermost first.
  public let levelVariances: [Double]
  /// How many outermost units there are.
  public let clusterCount: Int

  private let fit: MultilevelLikelihood

  /// Pools nested effects.
  ///
  /// - Parameters:
  ///   - effects: the effects.
  ///   - levels: for each level, outermost first, the unit of each effect, by its name within the
  ///     units around it: study 1 of publication A is not study 1 of publication B.
  ///   - method: how the level variances are estimated.
  ///   - variances: level variances that are known, or to be supposed, instead.
  /// - Throws: ``MetaAnalysisError``; `notIdentified` for a single outermost unit, or a level whose
  ///   units are those of the level around it.
  public init(
    of effects: [StudyEffect], levels: [[some Hashable & Sendable]],
    method: Method = .restrictedMaximumLikelihood, variances: [Double]? = nil
  ) throws(MetaAnalysisError) {
    guard !levels.isEmpty, levels.allSatisfy({ $0.count == effects.count }) else {
      throw .malformed
    }
    // Its checks of the input, and the size of what there is to divide between the levels.
    let plain = try MetaAnalysis(of: effects)
    let nesting = Nesting(levels)
    guard nesting.units[0] > 1 else { throw .notIdentified }
    let blocks = nesting.blocks(of: effects)
    if let variances {
      guard variances.count == levels.count, variances.allSatisfy({ $0 >= 0 && $0.isFinite })
      else { throw .malformed }
      fit = try MultilevelLikelihood(blocks, variances: variances, method: method)
    } else {
      guard zip(nesting.units, nesting.units.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw .notIdentified
      }
      fit = try MultilevelLikelihood.maximum(
        of: blocks, levels: levels.count, around: plain.tauSquared, method: method)
    }
    let standardError = (1 / fit.information).squareRoot()
    guard standardError > 0, standardError.isFinite else { throw .numericalFailure }
    pooled = StudentEvidence(
      estimate: fit.mean, standardError: standardError, degreesOfFreedom: nil)
    levelVariances = fit.variances
    clusterCount = nesting.units[0]
  }

  /// μ with the bias-reduced cluster-robust error (CR2) over the outermost units and
  /// Satterthwaite's degrees of freedom.
  ///
  /// - Throws: ``MetaAnalysisError/noVariation`` where the residuals cancel within every unit;
  ///   ``MetaAnalysisError/numericalFailure``.
  public func clusterRobust() throws(MetaAnalysisError) -> StudentEvidence {
    let (variance, degreesOfFreedom) = try fit.biasReducedVariance()
    guard variance > 0 else { throw .noVariation }
    let standardError = variance.squareRoot()
    guard standardError.isFinite, degreesOfFreedom > 0, degreesOfFreedom.isFinite else {
      throw .numericalFailure
    }
    return StudentEvidence(
      estimate: fit.mean, standardError: standardError, degreesOfFreedom: degreesOfFreedom)
  }

  /// Where the true effect of an effect in another outermost unit is expected, μ ± z·√(Σσ²ₗ + SE²).
  ///
  /// In R: `predict(rma.mv(…))`.
  ///
  /// - Throws: ``MetaAnalysisError/undefined`` unless 0 < `level` < 1.
  public func predictionInterval(level: Double) throws(MetaAnalysisError) -> Interval {
    guard level > 0, level < 1 else { throw .undefined }
    let variance =
      levelVariances.reduce(0, +) + pooled.standardError * pooled.standardError
    do {
      return try StudentEvidence(
        estimate: pooled.estimate, standardError: variance.squareRoot(), degreesOfFreedom: nil
      ).interval(level: level)
    } catch { throw .numericalFailure }
  }
}

/// Which effects share which units.
private struct Nesting {
  /// How many units each level has.
  private(set) var units: [Int] = []
  /// One an effect and level: the position of its unit.
  private var codes: [[Int]] = []

  init(_ levels: [[some Hashable]]) {
    var around = [Int](repeating: 0, count: levels.first?.count ?? 0)
    for level in levels {
      var positions: [[AnyHashable]: Int] = [:]
      around = zip(around, level).map { outer, name in
        let key: [AnyHashable] = [outer, name]
        let position = positions[key] ?? positions.count
        positions[key] = position
        return position
      }
      units.append(positions.count)
      codes.append(around)
    }
  }

  func blocks(of effects: [StudyEffect]) -> [MultilevelLikelihood.Block] {
    var rows = [[Int]](repeating: [], count: units[0])
    for row in effects.indices { rows[codes[0][row]].append(row) }
    return rows.map { rows in
      MultilevelLikelihood.Block(
        effects: rows.map { effects[$0] },
        sharing: codes.map { code in
          rows.flatMap { i in rows.map { j in code[i] == code[j] ? 1 : 0 } }
        })
    }
  }
}
