/// The Aalen–Johansen cumulative incidence of each of several competing causes.
///
/// Estimand: F_k(t) = P(T ≤ t, cause k), in a world where the other causes go on. With S the Kaplan–Meier
/// curve of any cause and h_k = d_k/n the hazard of cause k at each distinct time,
///
///     F̂_k(t) = Σ Ŝ(s−)·h_k(s)   over s ≤ t.
///
/// The variance sums, over those times, the squared influence of each unit at risk. With g = F̂_k(t) −
/// F̂_k(s) and h the hazard of any cause, what s adds is
///
///     [ Ŝ(s−)²h_k(1 − h_k) − 2Ŝ(s−)·g·h_k + g²h/(1 − h) ] / n
///
/// which for a single cause is Greenwood's. One minus a Kaplan–Meier curve that censors the other causes
/// is a different, larger number with no such meaning.
///
/// R: `survfit(Surv(time, factor(cause)) ~ 1, id = id)`, whose errors are these. Aalen & Johansen (1978),
/// Scandinavian Journal of Statistics 5, 141–150.
public struct CumulativeIncidence: Hashable, Sendable {
  /// The causes' names, sorted.
  public let causes: [String]
  /// The distinct times, rising.
  public var times: [Double] { table.times }
  private let table: RiskTable
  /// Ŝ just before each time.
  private let before: [Double]
  /// F̂ at each time, by cause.
  private let incidence: [[Double]]

  /// Estimates the curves.
  ///
  /// - Parameters:
  ///   - times: one a unit, finite and at least 0.
  ///   - causes: one a unit; nil is censored.
  /// - Throws: ``SurvivalError/noUnits(group:)``, ``SurvivalError/unequalLengths(expected:found:)``,
  ///   ``SurvivalError/invalidTime(row:)`` or ``SurvivalError/noEvents``.
  public init(times: [Double], causes: [String?]) throws(SurvivalError) {
    try FollowUp.check(times, against: causes.count)
    let names = Set(causes.compactMap(\.self)).sorted()
    guard !names.isEmpty else { throw .noEvents }
    var numbers: [String: Int] = [:]
    for (index, name) in names.enumerated() { numbers[name] = index }
    table = RiskTable(0, of: RiskSets(times: times), times: times, causes: names.count) { row in
      causes[row].flatMap { numbers[$0] } ?? -1
    }
    var survival = 1.0
    var total = names.map { _ in 0.0 }
    var before: [Double] = []
    var incidence: [[Double]] = []
    for (step, atRisk) in table.atRisk.enumerated() {
      before.append(survival)
      let n = Double(atRisk)
      for cause in total.indices {
        total[cause] += survival * (Double(table.events(step, cause: cause)) / n)
      }
      survival *= Double(atRisk - table.events(step)) / n
      incidence.append(total)
    }
    self.causes = names
    self.before = before
    self.incidence = incidence
  }

  /// F̂_k(t); nil for an unknown cause, a negative time and beyond the last time seen.
  public func incidence(of cause: String, at time: Double) -> Double? {
    guard let (index, steps) = position(of: cause, at: time) else { return nil }
    return steps > 0 ? incidence[steps - 1][index] : 0
  }

  /// The standard error of F̂_k(t); nil where that is. One pass over the times before t.
  public func standardError(of cause: String, at time: Double) -> Double? {
    guard let (index, steps) = position(of: cause, at: time) else { return nil }
    guard steps > 0 else { return 0 }
    let final = incidence[steps - 1][index]
    var variance = 0.0
    for step in 0..<steps {
      let n = Double(table.atRisk[step])
      let own = Double(table.events(step, cause: index)) / n
      let any = Double(table.events(step)) / n
      guard any > 0 else { continue }
      let ahead = final - incidence[step][index]
      let survival = before[step]
      var sum = survival * survival * own * (1 - own) - 2 * survival * ahead * own
      // When everyone leaves, nothing lies ahead.
      if any < 1 { sum += ahead * ahead * (any / (1 - any)) }
      variance += sum / n
    }
    return max(0, variance).squareRoot()
  }

  private func position(of cause: String, at time: Double) -> (cause: Int, steps: Int)? {
    guard let index = causes.firstIndex(of: cause), let last = table.times.last, time >= 0,
      time <= last
    else { return nil }
    return (index, table.times.partitioning { $0 > time })
  }
}
