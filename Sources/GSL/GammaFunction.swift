import CGSL

/// Γ*(x) = Γ(x)/(√(2π)·x^(x−½)·e^(−x)) for x > 0: what is left of the gamma function once its growth
/// is divided out, so that ratios of large gammas keep all their digits.
package func regulatedGamma(_ x: Double) -> Double? {
  guard x > 0, x.isFinite else { return nil }
  return checked { gsl_sf_gammastar(x) }
}

/// Γ(x)/(√x·Γ(x − ½)) for x > ½, which rises to 1.
package func halfStepGammaRatio(_ x: Double) -> Double? {
  guard let upper = regulatedGamma(x), let lower = regulatedGamma(x - 0.5) else { return nil }
  return upper / lower * exp(-0.5 - (x - 1) * log1p(-0.5 / x))
}

/// The logarithm of the beta function B(a, b) = Γ(a)Γ(b)/Γ(a + b), for a, b > 0.
package func logBeta(_ a: Double, _ b: Double) -> Double? {
  guard a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
  return checked { gsl_sf_lnbeta(a, b) }
}

/// log Γ(x) for x > 0.
package func logGamma(_ x: Double) -> Double? {
  guard x > 0, x.isFinite else { return nil }
  return checked { gsl_sf_lngamma(x) }
}
