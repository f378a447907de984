import GSL
import Testing

struct NoncentralTTests {
  // Reference/noncentral_t.py: 30-digit quadrature.
  @Test func tailsMatchQuadrature() throws {
    let rows = try ContinuousReference.rows(of: "noncentral_t")
    #expect(rows.count == 16)
    for row in rows {
      let values = try row.map { try #require(Double($0)) }
      let distribution = try #require(
        NoncentralT(degreesOfFreedom: values[0], noncentrality: values[1]))
      let lower = try #require(distribution.lowerTail(values[2]))
      let upper = try #require(distribution.upperTail(values[2]))
      #expect(abs(lower - values[3]) < 2e-14, "\(row)")
      #expect(abs(upper - values[4]) < 2e-14, "\(row)")
    }
  }

  @Test(arguments: [1.0, 3, 307.132, 64_000], [-30.0, -2, 0, 0.3, 12])
  func theNoncentralityGivesItsTailBack(df: Double, t: Double) throws {
    for tail in [0.4, 0.025, 1e-4] {
      let low = try #require(
        NoncentralT.noncentrality(degreesOfFreedom: df, upperTail: tail, at: t))
      let high = try #require(
        NoncentralT.noncentrality(degreesOfFreedom: df, lowerTail: tail, at: t))
      #expect(low < high)
      let below = NoncentralT(degreesOfFreedom: df, noncentrality: low)?.upperTail(t)
      let above = NoncentralT(degreesOfFreedom: df, noncentrality: high)?.lowerTail(t)
      #expect(isClose(below, tail, within: 1e-9))
      #expect(isClose(above, tail, within: 1e-9))
    }
  }

  // qt(p, df, lower.tail = FALSE) in R.
  @Test func centralQuantilesMatchR() throws {
    let answers = try #require(try ContinuousReference().answers["quantile"])
    #expect(answers.count == 20)
    for (key, text) in answers {
      let parts = key.split(separator: "/").compactMap { Double($0) }
      let expected = try #require(Double(text))
      let quantile = StudentT(degreesOfFreedom: parts[0])?.upperQuantile(parts[1])
      #expect(isClose(quantile, expected), "\(key): \(quantile as Any) against \(expected)")
    }
  }

  @Test func nonsenseHasNoAnswer() {
    #expect(NoncentralT(degreesOfFreedom: 0, noncentrality: 1) == nil)
    #expect(NoncentralT(degreesOfFreedom: 3, noncentrality: .infinity) == nil)
    #expect(NoncentralT(degreesOfFreedom: 3, noncentrality: 1)?.upperTail(.nan) == nil)
    #expect(NoncentralT(degreesOfFreedom: 2, noncentrality: 1e9)?.upperTail(1e9) == nil)
  }
}
