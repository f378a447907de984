import RandomAssignment
import Statistics
import Trials

/// How the share of one arm with the event grows over time: 1 − Kaplan–Meier.
public struct SurvivalCurve: Codable, Hashable, Sendable {
  /// One step.
  public struct Point: Codable, Hashable, Sendable {
    /// From this time on.
    public var time: Double
    /// The share with the event.
    public var share: Double
    /// The pointwise interval; nil where it is not known.
    public var confLow: Double?
    /// The pointwise interval; nil where it is not known.
    public var confHigh: Double?

    enum CodingKeys: String, CodingKey {
      case time, share
      case confLow = "conf_low"
      case confHigh = "conf_high"
    }
  }

  /// How many had no event yet and were still watched.
  public struct AtRisk: Codable, Hashable, Sendable {
    /// Just before this time.
    public var time: Double
    /// Units.
    public var count: Int
  }

  /// The outcome.
  public var outcome: String
  /// The arm.
  public var arm: String
  /// The horizon of the plan.
  public var horizon: Double
  /// The level of the intervals.
  public var confLevel: Double
  /// The steps up to the horizon; of very many, as many as a drawing can show.
  public var points: [Point]
  /// At the horizon's quarters, the beginning included.
  public var atRisk: [AtRisk]

  enum CodingKeys: String, CodingKey {
    case outcome, arm, horizon, points
    case confLevel = "conf_level"
    case atRisk = "at_risk"
  }
}

extension TrialAnalysis {
  /// More steps than this nobody sees.
  private static let mostPoints = 240

  /// One curve a time-to-event outcome and arm; none where an arm has no unit.
  func curves(in observations: Observations) -> [SurvivalCurve] {
    trial.outcomes.flatMap { outcome -> [SurvivalCurve] in
      guard case .timeToEvent(_, _, let horizon) = outcome.response,
        let units = observations.showings[.init(outcome: outcome.id)]?.sample.units,
        let curves = try? units.survivalCurves()
      else { return [] }
      return zip(units.arms, curves).compactMap { arm, found in
        found.map { curve($0, of: outcome.id, in: arm, horizon: horizon) }
      }
    }
  }

  private func curve(
    _ found: KaplanMeier, of outcome: String, in arm: String, horizon: Double
  ) -> SurvivalCurve {
    let level = trial.analysis.level
    let times = found.steps.filter { $0.events > 0 && $0.time <= horizon }.map(\.time)
    let every = max(1, (times.count + Self.mostPoints - 1) / Self.mostPoints)
    let shown = times.enumerated().filter { $0.offset % every == 0 || $0.offset == times.count - 1 }
    let points = shown.compactMap { _, time -> SurvivalCurve.Point? in
      guard let survival = found.survival(at: time) else { return nil }
      var point = SurvivalCurve.Point(time: time, share: 1 - survival)
      let interval = (try? found.interval(at: time, level: level)) ?? nil
      if case .between(let low, let high)? = interval {
        (point.confLow, point.confHigh) = (1 - high, 1 - low)
      }
      return point
    }
    let quarters = (0...4).map { horizon * Double($0) / 4 }
    return SurvivalCurve(
      outcome: outcome, arm: arm, horizon: horizon, confLevel: level, points: points,
      atRisk: zip(quarters, found.numbersAtRisk(at: quarters)).map {
        SurvivalCurve.AtRisk(time: $0, count: $1)
      })
  }
}
