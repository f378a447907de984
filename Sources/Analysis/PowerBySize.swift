import Statistics
import Trials

/// How likely a trial of some size is to find what is worthwhile.
public struct PowerBySize: Codable, Hashable, Sendable {
  /// Units in all arms together.
  public var units: Int
  /// The probability that the planned test, alone, finds the worthwhile effect.
  public var power: Double
}

extension TrialAnalysis {
  /// The power at the worthwhile effect for fewer and more units of the kind that were analysed; empty where no effect is called
  /// worthwhile.
  ///
  /// It rests on the standard error that was found, not on the effect that was found, and says nothing more about these data: the
  /// interval does. Standard errors shrink with √n, so that with few clusters, or looks, it is approximate:
  /// 1 − β = Φ(δ/SE − z) + Φ(−δ/SE − z). Hoenig & Heisey (2001), doi:10.1198/000313001300339897, on why the effect is not the one
  /// observed.
  func powerBySize(
    _ row: ResultRow, worthwhile: Double?, in observations: Observations
  ) -> [PowerBySize] {
    let all = observations.units.values.reduce(0, +)
    let isDifference = row.measure == RiskDifference.name || row.measure == MeanDifference.name
    guard let worthwhile, worthwhile > 0, isDifference, let error = row.stdError, error > 0,
      all > 0
    else { return [] }
    return [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8].compactMap { factor in
      let units = (Double(all) * factor).rounded()
      let effect = worthwhile / (error * (Double(all) / units).squareRoot())
      guard units >= 2, units < 1e15,
        let power = try? PriceOfLooking.fixedPower(
          drift: effect, significance: 1 - trial.analysis.level)
      else { return nil }
      return PowerBySize(units: Int(units), power: power)
    }
  }
}
