import RandomAssignment
import Statistics
import Testing

struct SurvivalStrangeDataTests {
  // Events at 1, 2, …, n: Ŝ(k) = 1 − k/n with variance Ŝ(1 − Ŝ)/n. Anything slower than sorting would be
  // felt here.
  @Test func manyRows() throws {
    let count = 100_000
    let times = (0..<count).map { Double(($0 * 7919) % count + 1) }
    let data = try FollowUp(times: times, events: times.map { _ in true })
    let curve = KaplanMeier(data)
    #expect(isClose(curve.survival(at: 25_000), 0.75))
    #expect(isClose(curve.standardError(at: 25_000), (0.1875 / 100_000).squareRoot()))
    #expect(curve.median == 50_000.5)
    let incidence = try CumulativeIncidence(times: times, causes: times.map { _ in "any" })
    #expect(isClose(incidence.incidence(of: "any", at: 25_000), 0.25))
    // Odd and even times take turns. With m of each left the odd one gains 1 − ½, and then, with m even
    // ones among 2m − 1, loses (m − 1)/(2m − 1): together ½/(2m − 1).
    let groups = times.map { $0.truncatingRemainder(dividingBy: 2) == 0 ? "even" : "odd" }
    let test = try LogRankTest(data, groups: groups)
    let gain = (1...(count / 2)).reduce(0.0) { $0 + 0.5 / Double(2 * $1 - 1) }
    #expect(test.observed == [count / 2, count / 2])
    #expect(isClose(Double(test.observed[1]) - test.expected[1], gain, within: 1e-8))
  }

  // Whatever the data hold, the answer is a number or a typed error: never NaN, never a trap.
  @Test(arguments: 0..<400 as Range<UInt64>) func numbersOrErrors(stream: UInt64) {
    var generator = PhiloxGenerator(seed: 405, stream: stream)
    let strange = [
      0, 0, 1, 1, 2, 3, 0x1p-1070, 1e-8, 1e8, 1e155, .greatestFiniteMagnitude, -1, .nan,
    ]
    let width = 3 + generator.uniformInteger(below: strange.count - 2)
    func column(_ count: Int) -> [Double] {
      (0..<count).map { _ in strange[generator.uniformInteger(below: width)] }
    }
    let count = generator.uniformInteger(below: 9)
    let times = column(count)
    let groups = column(count).map { $0 < 2 ? "a" : "b" }
    let causes = column(count).map { $0 < 1 ? nil : $0 < 2 ? "c" : "d" }
    let covariates = [column(count), column(count)]
    guard let data = try? FollowUp(times: times, events: causes.map { $0 != nil }) else { return }

    let curve = KaplanMeier(data)
    for time in times {
      #expect(curve.survival(at: time).map { $0 >= 0 && $0 <= 1 } == true)
      #expect(curve.standardError(at: time)?.isFinite != false)
      if let mean = try? RestrictedMeanSurvival(curve, horizon: time) {
        #expect(mean.mean <= time && mean.mean >= 0 && mean.standardError.isFinite)
      }
    }
    if let test = try? LogRankTest(data, groups: groups) {
      #expect(test.statistic >= 0 && test.pValue >= 0 && test.pValue <= 1)
    }
    for ties in CoxRegression.Ties.allCases {
      if let fit = try? CoxRegression(
        data, covariates: covariates, ties: ties, strata: Grouping(groups))
      {
        let numbers = fit.coefficients + fit.robustCovariance.joined()
        let areFinite = numbers.allSatisfy(\.isFinite)
        #expect(areFinite, "\(times) \(covariates)")
        #expect(fit.logLikelihood >= fit.nullLogLikelihood - 1e-9, "\(times) \(covariates)")
      }
    }
    if let curves = try? CumulativeIncidence(times: times, causes: causes),
      let last = curves.times.last
    {
      let parts = curves.causes.compactMap { curves.incidence(of: $0, at: last) }
      #expect(parts.reduce(0, +) <= 1 + 1e-12)
      for cause in curves.causes {
        #expect(curves.standardError(of: cause, at: last)?.isFinite == true)
      }
    }
  }
}
