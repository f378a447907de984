import GSL

/// The log-rank test that k groups have the same hazard at every time, within strata if there are any.
///
/// Estimand: none; the null hypothesis is equal survival curves. At each event time of a stratum, with d
/// events among n at risk and n_g of them in group g, given these margins the group's events are
/// hypergeometric:
///
///     E_g = d·n_g/n,   V_gh = d(n − d)/(n − 1) · n_g/n · (δ_gh − n_h/n).
///
/// Summed over times and strata, X² = (O − E)ᵀ V⁻ (O − E) with k − 1 degrees of freedom. Groups that
/// were never at risk at an event do not count.
///
/// Most powerful for proportional hazards; where curves cross it can miss any difference. A p-value is
/// not an effect: report ``RestrictedMeanSurvival`` or ``CoxRegression`` beside it.
///
/// R: `survdiff(Surv(time, event) ~ group + strata(stratum))`. Mantel (1966); Peto & Peto (1972),
/// doi:10.2307/2344317.
public struct LogRankTest: Hashable, Sendable {
  /// The groups' names, sorted: the order of what follows.
  public let groups: [String]
  /// Units with the event, O.
  public let observed: [Int]
  /// Events expected under the null, E.
  public let expected: [Double]
  /// V, groups × groups.
  public let covariance: [[Double]]
  /// X².
  public let statistic: Double
  /// k − 1.
  public let degreesOfFreedom: Int
  /// P(χ² > X²).
  public let pValue: Double

  /// Tests.
  ///
  /// - Parameters:
  ///   - followUp: times and events, one a unit.
  ///   - groups: each unit's group.
  ///   - strata: each unit's stratum; nil is one stratum.
  /// - Throws: ``SurvivalError/unequalLengths(expected:found:)``,
  ///   ``SurvivalError/fewerThanTwoGroups``, ``SurvivalError/noEvents``, or
  ///   ``SurvivalError/noVariation`` when no event happened with two groups at risk.
  public init(
    _ followUp: FollowUp, groups: [String], strata: Grouping? = nil
  ) throws(SurvivalError) {
    guard groups.count == followUp.count else {
      throw .unequalLengths(expected: followUp.count, found: groups.count)
    }
    let names = Set(groups).sorted()
    guard names.count > 1 else { throw .fewerThanTwoGroups }
    guard followUp.events.contains(true) else { throw .noEvents }

    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    let group = groups.map { places[$0] ?? 0 }
    let riskSets = try RiskSets(of: followUp, strata: strata)
    let sums = riskSets.walk(
      from: AtRisk(groups: names.count), into: Hypergeometric(groups: names.count)
    ) { blocks, atRisk in
      for row in riskSets.rows[riskSets.places(blocks)] { atRisk.counts[group[row]] += 1 }
    } visiting: { blocks, joined, sums in
      var atRisk = joined
      for block in blocks {
        sums.add(
          riskSets.rows[riskSets.places(block)], to: &atRisk, events: followUp.events, of: group)
      }
    }.reduce(into: Hypergeometric(groups: names.count)) { $0.add($1) }
    let counted = names.indices.filter { sums.expected[$0] > 0 }
    // The covariance has rank k − 1: the excesses add to 0, so one group is left out.
    let kept = Array(counted.dropFirst())
    guard !kept.isEmpty else { throw .noVariation }
    let excess = kept.map { Double(sums.observed[$0]) - sums.expected[$0] }
    let information = SymmetricMatrix(kept.map { g in kept.map { sums.covariance[g][$0] } })
    guard let factor = try? information.factor() else { throw .noVariation }
    let statistic = zip(excess, factor.solve(excess)).reduce(0) { $0 + $1.0 * $1.1 }
    guard let tail = ChiSquared(degreesOfFreedom: Double(kept.count))?.upperTail(statistic)
    else { throw .numericalFailure }
    self.groups = names
    observed = sums.observed
    expected = sums.expected
    covariance = sums.covariance
    self.statistic = statistic
    degreesOfFreedom = kept.count
    pValue = tail
  }
}

/// How many of each group are at risk.
private struct AtRisk: RiskSetSums {
  var counts: [Int]

  init(groups: Int) { counts = Array(repeating: 0, count: groups) }

  mutating func add(_ other: AtRisk) {
    for group in counts.indices { counts[group] += other.counts[group] }
  }
}

/// Observed events, and their mean and covariance given the margins at each event time.
private struct Hypergeometric {
  var observed: [Int]
  var expected: [Double]
  var covariance: [[Double]]

  init(groups: Int) {
    observed = Array(repeating: 0, count: groups)
    expected = Array(repeating: 0, count: groups)
    covariance = Array(repeating: Array(repeating: 0, count: groups), count: groups)
  }

  mutating func add(_ other: Hypergeometric) {
    for g in observed.indices {
      observed[g] += other.observed[g]
      expected[g] += other.expected[g]
      for h in observed.indices { covariance[g][h] += other.covariance[g][h] }
    }
  }

  /// Adds the units of one time, which join those at risk.
  mutating func add(
    _ tied: ArraySlice<Int>, to atRisk: inout AtRisk, events: [Bool], of groups: [Int]
  ) {
    var deaths = 0.0
    for row in tied {
      atRisk.counts[groups[row]] += 1
      if events[row] {
        deaths += 1
        observed[groups[row]] += 1
      }
    }
    guard deaths > 0 else { return }
    let n = Double(atRisk.counts.reduce(0, +))
    let scale = n > 1 ? deaths * ((n - deaths) / (n - 1)) : 0
    for g in observed.indices where atRisk.counts[g] > 0 {
      let share = Double(atRisk.counts[g]) / n
      expected[g] += deaths * share
      for h in observed.indices {
        covariance[g][h] += scale * share * ((g == h ? 1 : 0) - Double(atRisk.counts[h]) / n)
      }
    }
  }
}
