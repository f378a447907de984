/// The Kaplan–Meier estimate of a survival curve: the probability of no event up to and including t.
///
/// Estimand: S(t) = P(T > t). With n units at risk and d events at each distinct event time,
///
///     Ŝ(t) = Π (1 − d/n),   V̂(Ŝ(t)) = Ŝ(t)² · Σ d/(n(n − d))   over event times up to t
///
/// (Greenwood). Beyond the last time seen the curve is not known, and the answer there is nil.
///
/// Not where other events make this one impossible (``CumulativeIncidence``), nor where being censored
/// says something about the time that would have followed.
///
/// R: `survfit(Surv(time, event) ~ 1)`. Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452.
public struct KaplanMeier: Hashable, Sendable {
  /// One step of the curve.
  public struct Step: Hashable, Sendable {
    /// A time at which somebody had the event or was censored.
    public let time: Double
    /// Units whose time is this or later.
    public let atRisk: Int
    /// Units that had the event.
    public let events: Int
    /// Units censored.
    public let censored: Int
    /// Ŝ from this time until the next step.
    public let survival: Double
    /// Σ d/(n(n − d)) up to here: the variance of log Ŝ; infinite once Ŝ is 0.
    public let logVariance: Double

    /// √V̂(Ŝ); nil once Ŝ is 0, where Greenwood's formula is 0·∞.
    public var standardError: Double? {
      survival > 0 ? survival * logVariance.squareRoot() : nil
    }
  }

  /// The curve, one entry a distinct time.
  public let steps: [Step]

  /// Estimates the curve.
  public init(_ followUp: FollowUp) {
    self.init(0, of: RiskSets(times: followUp.times), followUp)
  }

  /// One curve a group, with one sort for all of them, on all cores.
  ///
  /// - Parameters:
  ///   - followUp: times and events, one a unit.
  ///   - groups: each unit's group, from 0; as many as there are units.
  ///   - count: how many groups there are.
  /// - Returns: the curves, in the order of the groups; nil where one has no unit.
  static func curves(of followUp: FollowUp, in groups: [Int], count: Int) -> [KaplanMeier?] {
    let riskSets = RiskSets(times: followUp.times, strata: groups, count: count)
    return inParallel(count: count) { group in
      riskSets.strata[group].isEmpty ? nil : KaplanMeier(group, of: riskSets, followUp)
    }
  }

  private init(_ stratum: Int, of riskSets: RiskSets, _ followUp: FollowUp) {
    let table = RiskTable(stratum, of: riskSets, times: followUp.times, causes: 1) { row in
      followUp.events[row] ? 0 : -1
    }
    var steps: [Step] = []
    steps.reserveCapacity(table.times.count)
    var survival = 1.0
    var logVariance = 0.0
    for (index, time) in table.times.enumerated() {
      let events = table.events(index)
      let atRisk = table.atRisk[index]
      if events > 0 {
        let d = Double(events)
        let n = Double(atRisk)
        survival *= (n - d) / n
        logVariance += d / (n * (n - d))
      }
      steps.append(
        Step(
          time: time, atRisk: atRisk, events: events, censored: table.censored[index],
          survival: survival, logVariance: logVariance))
    }
    self.steps = steps
  }

  /// The last time at which anyone was seen.
  public var lastTime: Double { steps.last?.time ?? 0 }

  /// Units at risk just before each time.
  ///
  /// R: `summary(survfit(…), times = times)$n.risk`.
  public func numbersAtRisk(at times: [Double]) -> [Int] {
    times.map { time in
      let next = steps.partitioning { $0.time >= time }
      return next < steps.count ? steps[next].atRisk : 0
    }
  }

  /// Ŝ(t); nil for a negative time and beyond the last time seen.
  public func survival(at time: Double) -> Double? {
    isKnown(time) ? step(at: time)?.survival ?? 1 : nil
  }

  /// Greenwood's standard error of Ŝ(t); nil where Ŝ is, and where Ŝ is 0.
  public func standardError(at time: Double) -> Double? {
    guard isKnown(time) else { return nil }
    guard let step = step(at: time) else { return 0 }
    return step.standardError
  }

  private func isKnown(_ time: Double) -> Bool { time >= 0 && time <= lastTime }

  /// The step in force at a time; nil before the first.
  func step(at time: Double) -> Step? {
    let count = steps.partitioning { $0.time > time }
    return count > 0 ? steps[count - 1] : nil
  }
}
