import RandomAssignment
import Statistics

// Randomisation tests of textbooks, regressions of counts, pooled tables.

extension Agreement {
  /// Gerber & Green (2012), table 2.2, and the block × cluster example of R's ri.
  static var drawn: [Agreement] {
    let y: [Double] = [15, 15, 20, 20, 10, 15, 30]
    @Sendable func mean(_ arms: [Int], _ arm: Int) -> Double {
      let own = zip(y, arms).filter { $0.1 == arm }.map(\.0)
      return own.reduce(0, +) / Double(own.count)
    }
    let villages = ArmPermutations(observed: [1, 0, 0, 0, 0, 0, 1]).flatMap { permutations in
      try? RandomizationTest(over: permutations, draws: 100, seed: 1) {
        (arms) throws(EstimationError) in mean(arms, 1) - mean(arms, 0)
      }
    }
    let clusters = ArmPermutations(
      observed: [1, 0, 1, 0, 1, 1, 0, 1, 0], blocks: Grouping([0, 0, 1, 1, 1, 2, 2, 2, 2]))
    return [
      Agreement(
        "割り付けの引き直し p", "randomisation p, two-sided", "Gerber & Green 2.2", "0.380952",
        villages?.pValue()),
      Agreement(
        "同、片側", "the same, upper", "Gerber & Green 2.2", "0.238095", villages?.pValue(.upper)),
      Agreement(
        "帰無分布の標準偏差", "SD of the null", "ri2", "5.322906", villages?.standardDeviation),
      Agreement(
        "層とまとまりの割り付け数", "draws of blocks × clusters", "ri", "36", clusters?.count),
    ]
  }

  /// R's warpbreaks: breaks of yarn by tension.
  static var counts: [Agreement] {
    let breaks: [Double] = [
      26, 30, 54, 25, 70, 52, 51, 26, 67, 18, 21, 29, 17, 12, 18, 35, 30, 36, 36, 21, 24, 18, 10,
      43,
      28, 15, 26, 27, 14, 29, 19, 29, 31, 41, 20, 44, 42, 26, 19, 16, 39, 28, 21, 39, 29, 20, 21,
      24,
      17, 13, 15, 15, 16, 28,
    ]
    let tension = (0..<54).map { $0 / 9 % 3 }
    let columns =
      [.intercept(rows: 54)]
      + [1, 2].map { level in
        LinearDesign.Column("\(level)", tension.map { $0 == level ? 1 : 0 })
      }
    let model = LinearDesign(columns: columns).flatMap {
      try? GeneralizedLinearModel(breaks, on: $0, family: .poisson)
    }
    func error(_ level: Int) -> Double? {
      try? model?.standardError(of: "\(level)", covariance: .hc0)
    }
    return [
      Agreement(
        "ポアソン回帰 M", "Poisson regression, M", "R glm", "-0.321320",
        model?.coefficients[1].value),
      Agreement("同、HC0 標準誤差", "the same, HC0 SE", "sandwich", "0.130331", error(1)),
      Agreement(
        "ポアソン回帰 H", "Poisson regression, H", "R glm", "-0.518488",
        model?.coefficients[2].value),
      Agreement("同、HC0 標準誤差", "the same, HC0 SE", "sandwich", "0.136072", error(2)),
    ]
  }

  /// Berkeley's admissions of 1973 by department: men admitted and all, women admitted and all.
  static var strata: [Agreement] {
    let departments = [
      (512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375),
      (53, 191, 94, 393), (22, 373, 24, 341),
    ]
    let tables = departments.compactMap {
      TwoByTwoTable(events: $0.0, of: $0.1, versus: $0.2, of: $0.3)
    }
    let pooled = try? CochranMantelHaenszel(tables)
    return [
      Agreement(
        "共通オッズ比（CMH）", "common odds ratio (CMH)", "R", "0.90469683", pooled?.oddsRatio)
    ]
  }
}
