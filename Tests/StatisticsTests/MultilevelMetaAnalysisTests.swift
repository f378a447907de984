import Statistics
import Testing

/// Against metafor and clubSandwich (Reference/multilevel.R).
struct MultilevelMetaAnalysisTests {
  private static func answers() throws -> [String: [(name: String, value: Double)]] {
    var answers: [String: [(name: String, value: Double)]] = [:]
    for row in try ContinuousReference.rows(of: "multilevel") {
      answers[row[0], default: []].append((row[1], try #require(Double(row[2]))))
    }
    return answers
  }

  private static func levels(_ name: String) throws -> (effects: [StudyEffect], levels: [[Int]]) {
    let data = try MetaAnalysisReference().data("school")
    let districts = try data.clusters.map { Int(try #require(Double($0))) }
    let schools = Array(1...districts.count)
    return (
      data.effects,
      name.hasPrefix("two") ? [districts, schools] : [districts, schools.map { $0 % 2 }, schools]
    )
  }

  @Test(
    arguments: [
      ("two.REML", nil), ("three.REML", nil), ("two.ML", nil), ("three.ML", nil),
      ("two.known", [0.06, 0.03]), ("three.known", [0.05, 0.02, 0.03]),
      ("three.zero", [0, 0.1, 0]),
    ] as [(String, [Double]?)])
  func asMetafor(name: String, variances: [Double]?) throws {
    let (effects, levels) = try Self.levels(name)
    let fit = try MultilevelMetaAnalysis(
      of: effects, levels: levels,
      method: name.hasSuffix(".ML") ? .maximumLikelihood : .restrictedMaximumLikelihood,
      variances: variances)
    let place = try bounds(of: fit.predictionInterval(level: 0.95))
    let robust = try fit.clusterRobust()
    let ends = try bounds(of: robust.interval(level: 0.95))
    var ours: [String: Double?] = [
      "mu": fit.pooled.estimate, "se": fit.pooled.standardError, "lo": place.lower,
      "hi": place.upper, "robust": robust.standardError, "df": robust.degreesOfFreedom,
      "rlo": ends.lower, "rhi": ends.upper, "p": try robust.pValue(of: 0),
    ]
    // nlminb works on differences of the likelihood, good for about seven digits of the sums behind
    // a limit, not of the limit itself where it lies near 0.
    let tolerance = variances == nil ? 2e-6 : 1e-9
    var level = 0
    for (key, expected) in try #require(Self.answers()[name]) {
      if key == "s" {
        ours[key] = fit.levelVariances[level]
        level += 1
        // A variance that is estimated at 0.
        if abs(expected) < 1e-8, abs(fit.levelVariances[level - 1]) < 1e-8 { continue }
      }
      let number = try #require(ours[key] ?? nil)
      #expect(
        abs(number - expected) <= tolerance * max(abs(expected), fit.pooled.standardError),
        "\(key) \(number)")
    }
  }

  /// Konstantopoulos (2011): where another school's effect is expected after maximum likelihood, as
  /// in metafor's own tests.
  @Test func anotherSchool() throws {
    let (effects, levels) = try Self.levels("two")
    let fit = try MultilevelMetaAnalysis(of: effects, levels: levels, method: .maximumLikelihood)
    let place = try bounds(of: fit.predictionInterval(level: 0.95))
    #expect(abs(place.lower - -0.4262) < 5e-5 && abs(place.upper - 0.7951) < 5e-5)
  }

  /// With one effect a unit and one level it is the plain model, and CR2 is Hartung and Knapp's
  /// idea without a common scale: Σw²(y − μ)²/(1 − w/S)/S², by hand for known variances.
  @Test func oneEffectAUnit() throws {
    let effects = try MetaAnalysisReference().data("bcg").effects
    let plain = try MetaAnalysis(of: effects)
    let each = Array(effects.indices)
    let fit = try MultilevelMetaAnalysis(of: effects, levels: [each])
    #expect(isClose(fit.levelVariances[0], plain.tauSquared, within: 1e-9))
    #expect(isClose(fit.pooled.estimate, plain.pooled.estimate, within: 1e-9))
    let weights = effects.map { 1 / ($0.variance + fit.levelVariances[0]) }
    let total = weights.reduce(0, +)
    var variance = 0.0
    for (effect, weight) in zip(effects, weights) {
      let distance = weight * (effect.value - fit.pooled.estimate)
      variance += distance * distance / (1 - weight / total)
    }
    #expect(
      isClose(try fit.clusterRobust().standardError, variance.squareRoot() / total, within: 1e-10))
  }

  @Test func whatCannotBeToldApartIsSaid() throws {
    let effects = [0.1, 0.3, 0.2, 0.4].map { StudyEffect(value: $0, variance: 0.04) }
    #expect(throws: MetaAnalysisError.notIdentified) {
      try MultilevelMetaAnalysis(of: effects, levels: [[1, 1, 1, 1], [1, 2, 3, 4]])
    }
    #expect(throws: MetaAnalysisError.notIdentified) {
      try MultilevelMetaAnalysis(of: effects, levels: [[1, 1, 2, 2], [1, 1, 2, 2]])
    }
    #expect(throws: MetaAnalysisError.malformed) {
      try MultilevelMetaAnalysis(of: effects, levels: [[1, 1, 2]])
    }
    #expect(throws: MetaAnalysisError.malformed) {
      try MultilevelMetaAnalysis(of: effects, levels: [[Int]]())
    }
    #expect(throws: MetaAnalysisError.malformed) {
      try MultilevelMetaAnalysis(of: effects, levels: [[1, 1, 2, 2]], variances: [-1])
    }
    #expect(throws: MetaAnalysisError.notFinite(study: 1)) {
      try MultilevelMetaAnalysis(
        of: [StudyEffect(value: 0, variance: 1), StudyEffect(value: .nan, variance: 1)],
        levels: [[1, 2]])
    }
    // All alike: no variance at any level, and nothing for a robust error to see.
    let alike = [0.1, 0.2, 0.4, 0.1].map { StudyEffect(value: 0.25, variance: $0) }
    let fit = try MultilevelMetaAnalysis(of: alike, levels: [[1, 1, 2, 2], [1, 2, 3, 4]])
    #expect(fit.levelVariances == [0, 0])
    #expect(throws: MetaAnalysisError.noVariation) { try fit.clusterRobust() }
  }

  /// Whatever the numbers, an answer is finite or an error.
  @Test func hostileNumbersEndInReasons() throws {
    let extremes = [1e-300, 1e-150, 1, 1e150, 1e300]
    for value in extremes {
      for variance in extremes {
        let effects = [-9.0, -8, -5, 0, 7, 16].enumerated().map { place, multiple in
          StudyEffect(value: value * multiple, variance: place % 2 == 0 ? variance : 2 * variance)
        }
        for method in MultilevelMetaAnalysis.Method.allCases {
          do throws(MetaAnalysisError) {
            let fit = try MultilevelMetaAnalysis(
              of: effects, levels: [[1, 1, 2, 2, 3, 3], [1, 2, 1, 2, 1, 2]], method: method)
            let robust = try fit.clusterRobust()
            #expect(fit.pooled.estimate.isFinite && fit.pooled.standardError.isFinite)
            #expect(fit.levelVariances.allSatisfy { $0.isFinite && $0 >= 0 })
            #expect(robust.standardError > 0 && robust.degreesOfFreedom?.isFinite == true)
          } catch {
            #expect(error == .numericalFailure || error == .noVariation, "\(error)")
          }
        }
      }
    }
  }

  /// A hundredfold scale, another order and other names change nothing.
  @Test func unitsAndOrderDoNotMatter() throws {
    let (effects, levels) = try Self.levels("three")
    let here = try MultilevelMetaAnalysis(of: effects, levels: levels)
    let there = try MultilevelMetaAnalysis(
      of: effects.reversed().map {
        StudyEffect(value: -100 * $0.value, variance: 10_000 * $0.variance)
      }, levels: levels.map { level in level.reversed().map { "unit \($0)" } })
    #expect(isClose(there.pooled.estimate, -100 * here.pooled.estimate, within: 1e-9))
    for (a, b) in zip(there.levelVariances, here.levelVariances) {
      #expect(isClose(a, 10_000 * b, within: 1e-7))
    }
    let (left, right) = (try there.clusterRobust(), try here.clusterRobust())
    #expect(isClose(left.standardError, 100 * right.standardError, within: 1e-9))
    #expect(isClose(left.degreesOfFreedom, try #require(right.degreesOfFreedom), within: 1e-8))
  }
}
