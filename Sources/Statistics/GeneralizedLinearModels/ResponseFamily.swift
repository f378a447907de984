private import GSL

/// The distribution of an outcome around its mean, with the link on which the mean is linear.
///
/// | case | mean | variance | log-likelihood of one row, less what is free of η |
/// |---|---|---|---|
/// | `binomial` | 1/(1 + e^(−η)) | μ(1 − μ) | yη − log(1 + e^η) |
/// | `poisson` | e^η | μ | yη − e^η |
/// | `negativeBinomial` | e^η | μ + αμ² | yη − (y + 1/α)·log(1 + αe^η) |
///
/// α = 1/θ of `MASS::glm.nb`; at 0 the negative binomial is Poisson's. All three log-likelihoods are
/// concave in η.
public enum ResponseFamily: Hashable, Sendable {
  /// Zeros and ones, on the logit.
  case binomial
  /// Counts whose variance is their mean, on the logarithm.
  case poisson
  /// Counts with variance μ + αμ² (NB2), on the logarithm; α is above 0.
  case negativeBinomial(alpha: Double)

  /// Whether a value can be an outcome.
  func accepts(_ y: Double) -> Bool {
    switch self {
    case .binomial: y == 0 || y == 1
    case .poisson: y >= 0 && y.isFinite
    // Its likelihood is a product over 0, …, y − 1.
    case .negativeBinomial: y >= 0 && y.isFinite && y == y.rounded()
    }
  }

  /// The mean at a linear predictor.
  func mean(at eta: Double) -> Double {
    switch self {
    case .binomial:
      eta >= 0
        ? 1 / (1 + Elementary.exponential(-eta))
        : Elementary.exponential(eta) / (1 + Elementary.exponential(eta))
    case .poisson, .negativeBinomial: Elementary.exponential(eta)
    }
  }

  /// dμ/dη.
  func slope(at eta: Double) -> Double {
    switch self {
    case .binomial:
      // By the smaller of the two rates, which keeps its digits.
      { $0 / ((1 + $0) * (1 + $0)) }(Elementary.exponential(-abs(eta)))
    case .poisson, .negativeBinomial: Elementary.exponential(eta)
    }
  }

  /// The part of one row's log-likelihood that depends on η.
  func kernel(_ y: Double, at eta: Double) -> Double {
    switch self {
    case .binomial:
      // log of the probability of what was seen.
      -Self.softPlus(y == 1 ? -eta : eta)
    case .poisson: (y == 0 ? 0 : y * eta) - Elementary.exponential(eta)
    case .negativeBinomial(let alpha):
      (y == 0 ? 0 : y * eta)
        - (y + 1 / alpha) * Self.softPlus(eta + Elementary.logarithm(alpha))
    }
  }

  /// d(log-likelihood)/dη.
  func score(_ y: Double, at eta: Double) -> Double {
    switch self {
    case .binomial: y == 1 ? mean(at: -eta) : -mean(at: eta)
    case .poisson: y - Elementary.exponential(eta)
    case .negativeBinomial(let alpha):
      { (y - $0) / (1 + alpha * $0) }(Elementary.exponential(eta))
    }
  }

  /// −d²(log-likelihood)/dη².
  func observedInformation(_ y: Double, at eta: Double) -> Double {
    switch self {
    case .binomial, .poisson: slope(at: eta)
    case .negativeBinomial(let alpha):
      { $0 * (1 + alpha * y) / ((1 + alpha * $0) * (1 + alpha * $0)) }(Elementary.exponential(eta))
    }
  }

  /// Its expectation, (dμ/dη)²/variance.
  func expectedInformation(at eta: Double) -> Double {
    switch self {
    case .binomial, .poisson: slope(at: eta)
    case .negativeBinomial(let alpha):
      { $0 / (1 + alpha * $0) }(Elementary.exponential(eta))
    }
  }

  /// A linear predictor near one row's outcome, from which the search begins.
  func start(_ y: Double) -> Double {
    switch self {
    case .binomial: Elementary.logarithm((y + 0.5) / (1.5 - y))
    case .poisson, .negativeBinomial: Elementary.logarithm(y + 0.1)
    }
  }

  /// What ``kernel(_:at:)`` leaves out; nil where it overflows.
  func constant(_ y: Double) -> Double? {
    switch self {
    case .binomial: 0
    case .poisson: logGamma(y + 1).map { -$0 }
    case .negativeBinomial(let alpha):
      logGamma(y + 1).map {
        RisingFactorial(factors: y, step: alpha).logarithm - $0
      }
    }
  }

  /// Twice the distance of one row's log-likelihood below its largest possible.
  func deviance(_ y: Double, at eta: Double) -> Double {
    switch self {
    case .binomial: -2 * kernel(y, at: eta)
    case .poisson, .negativeBinomial:
      y == 0
        ? -2 * kernel(0, at: eta)
        : 2 * (kernel(y, at: Elementary.logarithm(y)) - kernel(y, at: eta))
    }
  }

  /// log(1 + eˣ).
  private static func softPlus(_ x: Double) -> Double {
    max(x, 0) + Elementary.logarithmOfOnePlus(Elementary.exponential(-abs(x)))
  }
}
