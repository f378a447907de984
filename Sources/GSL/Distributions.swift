import CGSL

// Tails and quantiles. Upper tails are functions of their own, never 1 − cdf, so that z = 9 keeps
// its p. Each returns nil where its arguments make no sense.

/// The standard normal distribution.
package enum Normal {
  /// P(Z > z).
  package static func upperTail(_ z: Double) -> Double? { checked { gsl_cdf_ugaussian_Q(z) } }
  /// P(Z ≤ z).
  package static func lowerTail(_ z: Double) -> Double? { checked { gsl_cdf_ugaussian_P(z) } }
  /// The z with P(Z > z) = `probability`, for a probability above 0 and below 1.
  package static func upperQuantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    return checked { gsl_cdf_ugaussian_Qinv(probability) }
  }
}

/// Student's t distribution.
package struct StudentT {
  /// Degrees of freedom, above 0.
  package let degreesOfFreedom: Double

  /// Makes the distribution; nil unless the degrees of freedom are positive and finite.
  package init?(degreesOfFreedom: Double) {
    guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T > t).
  ///
  /// Beyond 30 degrees of freedom GSL takes the first terms of Cornish and Fisher's expansion,
  /// which far out keeps seven digits at 60 and fifteen at 4,000; the beta distribution keeps
  /// twelve there.
  package func upperTail(_ t: Double) -> Double? {
    guard degreesOfFreedom > 30, degreesOfFreedom < 4000, abs(t) > 2 else {
      return checked { gsl_cdf_tdist_Q(t, degreesOfFreedom) }
    }
    let share = degreesOfFreedom / (degreesOfFreedom + t * t)
    return checked { gsl_cdf_beta_P(share, degreesOfFreedom / 2, 0.5) / 2 }
      .map { t < 0 ? 1 - $0 : $0 }
  }
  /// The t with P(T > t) = `probability`, for a probability above 0 and below 1.
  package func upperQuantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    return checked { gsl_cdf_tdist_Qinv(probability, degreesOfFreedom) }
  }
}

/// The χ² distribution.
package struct ChiSquared {
  /// Degrees of freedom, above 0.
  package let degreesOfFreedom: Double

  /// Makes the distribution; nil unless the degrees of freedom are positive and finite.
  package init?(degreesOfFreedom: Double) {
    guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(X > x).
  package func upperTail(_ x: Double) -> Double? {
    guard x >= 0 else { return nil }
    return checked { gsl_cdf_chisq_Q(x, degreesOfFreedom) }
  }
}

/// The beta distribution.
package struct Beta {
  /// First shape, above 0.
  package let a: Double
  /// Second shape, above 0.
  package let b: Double

  /// Makes the distribution; nil unless both shapes are positive and finite.
  package init?(_ a: Double, _ b: Double) {
    guard a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
    self.a = a
    self.b = b
  }

  // GSL's own quantiles stop short where a and b differ by a million; its tails do not.

  /// The x with P(X ≤ x) = `probability`.
  package func lowerQuantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    return root(between: 0, and: 1) { x in
      (checked { gsl_cdf_beta_P(x, a, b) } ?? tailsOfWholeShapes(x)?.lower ?? .nan) - probability
    }
  }
  /// The x with P(X > x) = `probability`.
  package func upperQuantile(_ probability: Double) -> Double? {
    guard probability > 0, probability < 1 else { return nil }
    return root(between: 0, and: 1) { x in
      (checked { gsl_cdf_beta_Q(x, a, b) } ?? tailsOfWholeShapes(x)?.upper ?? .nan) - probability
    }
  }

  /// P(X ≤ x) = P(K ≥ a) with K ~ Binomial(a + b − 1, x), and P(X > x): for shapes of some millions GSL's continued
  /// fraction gives up near the mean.
  private func tailsOfWholeShapes(_ x: Double) -> (lower: Double, upper: Double)? {
    guard let successes = Int(exactly: a - 1), let trials = Int(exactly: a + b - 1),
      let tails = Binomial(trials: trials, probability: x)?.summedTails(successes)
    else { return nil }
    return (tails.upper, tails.lower)
  }
}

/// The binomial distribution.
package struct Binomial {
  /// Trials.
  package let trials: Int
  /// Probability of a success.
  package let probability: Double

  /// Makes the distribution; nil unless 0 ≤ probability ≤ 1 and 0 ≤ trials ≤ 2³² − 1.
  package init?(trials: Int, probability: Double) {
    guard trials >= 0, trials <= Int(UInt32.max), probability >= 0, probability <= 1 else {
      return nil
    }
    self.trials = trials
    self.probability = probability
  }

  /// P(X ≤ `successes`).
  package func lowerTail(_ successes: Int) -> Double? {
    guard successes >= 0 else { return 0 }
    guard successes < trials else { return 1 }
    return checked { gsl_cdf_binomial_P(UInt32(successes), probability, UInt32(trials)) }
      ?? summedTails(successes)?.lower
  }

  /// P(X ≤ `successes`) and P(X > `successes`) by adding up masses in ratio to the mode's, which takes no
  /// factorial and some √n steps: GSL's continued fraction gives up near the mean of some million trials.
  fileprivate func summedTails(_ successes: Int) -> (lower: Double, upper: Double)? {
    guard probability > 0, probability < 1 else { return nil }
    let n = Double(trials)
    let odds = probability / (1 - probability)
    let mode = min(Int((n + 1) * probability), trials)
    var (lower, upper) = (0.0, 0.0)
    func add(_ mass: Double, at outcome: Int) {
      if outcome <= successes { lower += mass } else { upper += mass }
    }
    add(1, at: mode)
    var (mass, outcome) = (1.0, mode)
    while outcome > 0, mass > 1e-20 {
      mass *= Double(outcome) / ((n - Double(outcome) + 1) * odds)
      outcome -= 1
      add(mass, at: outcome)
    }
    (mass, outcome) = (1, mode)
    while outcome < trials, mass > 1e-20 {
      mass *= (n - Double(outcome)) * odds / (Double(outcome) + 1)
      outcome += 1
      add(mass, at: outcome)
    }
    return (lower / (lower + upper), upper / (lower + upper))
  }

  /// P(X = `successes`).
  package func mass(_ successes: Int) -> Double {
    guard successes >= 0, successes <= trials else { return 0 }
    return checked {
      gsl_ran_binomial_pdf(UInt32(successes), probability, UInt32(trials))
    } ?? 0
  }
}

/// The natural logarithm of n!, for conditional and multinomial exact tests.
package func logFactorial(_ n: Int) -> Double? {
  guard n >= 0, n <= Int(UInt32.max) else { return nil }
  return checked { gsl_sf_lnfact(UInt32(n)) }
}
