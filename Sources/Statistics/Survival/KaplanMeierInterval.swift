import GSL

extension KaplanMeier {
  /// On which scale the curve's error is taken to be normal.
  public enum Scale: String, Codable, CaseIterable, Hashable, Sendable {
    /// log(−log Ŝ): stays within 0 and 1 and holds its level near the ends; the usual choice.
    case logLog = "log-log"
    /// log Ŝ, cut at 1.
    case log
    /// Ŝ itself, cut at 0 and 1.
    case plain
  }

  /// The pointwise confidence interval of S(t): with z the normal quantile and σ² = Σ d/(n(n − d)),
  ///
  ///     log–log: Ŝ^exp(±zσ/log Ŝ),   log: Ŝ·exp(±zσ),   plain: Ŝ ± zŜσ.
  ///
  /// Each time has its own level; the band over all times does not.
  ///
  /// R: `survfit(conf.type = "log-log")`, `"log"`, `"plain"`.
  ///
  /// - Returns: nil where Ŝ is unknown or 0, and on the log–log scale where it is 1.
  /// - Throws: ``SurvivalError/invalidLevel``.
  public func interval(
    at time: Double, level: Double, scale: Scale = .logLog
  ) throws(SurvivalError) -> Interval? {
    let z = try criticalValue(level: level)
    guard survival(at: time) != nil else { return nil }
    let step = step(at: time)
    guard
      let ends = scale.ends(
        around: step?.survival ?? 1, logVariance: step?.logVariance ?? 0, z: z)
    else { return nil }
    return .between(lower: ends.lower, upper: ends.upper)
  }

  /// The median time: the first at which Ŝ is at most ½, or the middle of the stretch on which it is
  /// exactly ½; nil while more than half are still without the event.
  public var median: Double? { crossing { $0.survival } }

  /// The confidence interval of the median: the times at which the curve's own limits pass ½.
  ///
  /// The upper end is ∞ where the upper limit never does.
  ///
  /// R: `print(survfit(…))`. Brookmeyer & Crowley (1982), doi:10.2307/2530286.
  ///
  /// - Returns: nil when not even the lower limit passes ½.
  /// - Throws: ``SurvivalError/invalidLevel``.
  public func medianInterval(
    level: Double, scale: Scale = .logLog
  ) throws(SurvivalError) -> Interval? {
    let z = try criticalValue(level: level)
    func ends(_ step: Step) -> (lower: Double, upper: Double)? {
      scale.ends(around: step.survival, logVariance: step.logVariance, z: z)
    }
    guard let lower = crossing({ ends($0)?.lower }) else { return nil }
    return .between(lower: lower, upper: crossing { ends($0)?.upper } ?? .infinity)
  }

  /// Where a falling curve passes ½. Products of fractions reach ½ up to rounding only.
  private func crossing(_ curve: (Step) -> Double?) -> Double? {
    let tolerance = 1e-8
    var flat: (time: Double, value: Double)?
    for step in steps {
      guard let value = curve(step) else { continue }
      if let flat {
        if value < flat.value { return (flat.time + step.time) / 2 }
      } else if value < 0.5 + tolerance {
        if abs(value - 0.5) >= tolerance { return step.time }
        flat = (step.time, value)
      }
    }
    return flat?.time
  }
}

extension KaplanMeier.Scale {
  fileprivate func ends(
    around survival: Double, logVariance: Double, z: Double
  ) -> (lower: Double, upper: Double)? {
    guard survival > 0 else { return nil }
    let error = z * logVariance.squareRoot()
    switch self {
    case .plain:
      return (max(0, survival - survival * error), min(1, survival + survival * error))
    case .log:
      let factor = Elementary.exponential(error)
      return (survival / factor, min(1, survival * factor))
    case .logLog:
      guard survival < 1 else { return nil }
      let logarithm = Elementary.logarithm(survival)
      let stretch = Elementary.exponential(error / -logarithm)
      return (
        Elementary.exponential(logarithm * stretch), Elementary.exponential(logarithm / stretch)
      )
    }
  }
}

/// The value that |Z| exceeds with probability 1 − `level`.
func criticalValue(level: Double) throws(SurvivalError) -> Double {
  do {
    return try PivotDistribution(degreesOfFreedom: nil).criticalValue(level: level)
  } catch {
    throw .invalidLevel
  }
}
