import GSL

/// How much of the type I error may be used up by the time a share of the planned information is in.
///
/// A spending function rises from 0 at no information to α at the planned maximum. What a look may
/// spend depends on how far the trial has come, not on how many looks were planned: looks may be
/// added or moved, as long as their timing does not depend on the results.
///
/// The argument of each is the error of **one side**: a two-sided test at 0.05 spends 0.025 on each.
///
/// R: `gsDesign::sfLDOF`, `sfLDPocock`, `sfHSD`, `sfPower`.
/// Lan & DeMets (1983), doi:10.1093/biomet/70.3.659.
public enum SpendingFunction: Hashable, Sendable {
  /// 2 − 2Φ(z_{α/2}/√t): almost nothing early, close to O'Brien and Fleming's boundaries.
  case obrienFleming
  /// α·ln(1 + (e − 1)t): close to Pocock's constant boundary.
  case pocock
  /// α(1 − e^{−γt})/(1 − e^{−γ}); γ = −4 is close to O'Brien–Fleming, γ = 1 to Pocock, γ = 0 is αt.
  ///
  /// Hwang, Shih & DeCani (1990), doi:10.1002/sim.4780091207.
  case hwangShihDeCani(gamma: Double)
  /// α·t^ρ with ρ > 0; ρ = 3 is close to O'Brien–Fleming.
  ///
  /// Kim & DeMets (1987), doi:10.1093/biomet/74.1.149.
  case kimDeMets(rho: Double)

  /// The error spent by information fraction `t`; all of it from t = 1 on.
  ///
  /// - Parameters:
  ///   - total: the one-sided error α (or β), above 0 and below 1.
  ///   - t: information over planned maximum information, at least 0.
  /// - Returns: the cumulative error.
  /// - Throws: ``EstimationError/undefined`` outside these ranges or for a parameter without meaning.
  public func spent(of total: Double, at t: Double) throws(EstimationError) -> Double {
    guard total > 0, total < 1, t >= 0, isDefined else { throw .undefined }
    if t == 0 { return 0 }
    if t >= 1 { return total }
    switch self {
    case .obrienFleming:
      guard let z = Normal.upperQuantile(total / 2), let tail = Normal.upperTail(z / t.squareRoot())
      else { throw .numericalFailure }
      return 2 * tail
    case .pocock:
      return total * Elementary.logarithm(1 + Elementary.exponentialMinusOne(1) * t)
    case .hwangShihDeCani(let gamma):
      // For γ below 0 both parts are divided by e^{−γ}, which may overflow.
      if gamma == 0 { return total * t }
      let spent = Elementary.exponentialMinusOne(-abs(gamma) * t)
      let whole = Elementary.exponentialMinusOne(-abs(gamma))
      if gamma > 0 { return total * spent / whole }
      return total * Elementary.exponential(gamma * (1 - t)) * spent / whole
    case .kimDeMets(let rho):
      return total * Elementary.exponential(rho * Elementary.logarithm(t))
    }
  }

  private var isDefined: Bool {
    switch self {
    case .obrienFleming, .pocock: true
    case .hwangShihDeCani(let gamma): gamma.isFinite
    case .kimDeMets(let rho): rho > 0 && rho.isFinite
    }
  }
}
