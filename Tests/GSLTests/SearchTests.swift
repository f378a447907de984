import GSL
import Testing

@Suite struct SearchTests {
  /// x² = 2, and an infinite slope at the root of ∛.
  @Test func findsRoots() throws {
    let two = try #require(root(between: 0, and: 2) { $0 * $0 - 2 })
    #expect(abs(two - 2.0.squareRoot()) <= 4 * two.ulp)
    #expect(root(between: 1, and: 2) { $0 } == nil)
    #expect(root(between: 2, and: 1) { $0 - 1.5 } == nil)
  }

  /// −(x − 1/3)² + 5 has its maximum 5 at 1/3.
  @Test func climbsToAMaximum() throws {
    let peak = try #require(
      localMaximum(between: 0, through: 0.5, and: 1) { 5 - ($0 - 1.0 / 3) * ($0 - 1.0 / 3) })
    #expect(abs(peak.position - 1.0 / 3) < 1e-6)
    #expect(abs(peak.value - 5) < 1e-12)
    // A guess below an end is no bracket.
    #expect(localMaximum(between: 0, through: 0.5, and: 1) { $0 } == nil)
    #expect(localMaximum(between: 1, through: 0.5, and: 2) { $0 } == nil)
  }

  /// Beta(1, b) has P(X ≤ x) = 1 − (1 − x)ᵇ, so the quantile is 1 − (1 − p)^(1/b).
  @Test(arguments: [1.0, 3, 2_000_000]) func betaQuantile(b: Double) throws {
    let beta = try #require(Beta(1, b))
    let exact = -Elementary.exponentialMinusOne(Elementary.logarithm(0.975) / b)
    let lower = try #require(beta.lowerQuantile(0.025))
    let upper = try #require(beta.upperQuantile(0.975))
    #expect(abs(lower - exact) <= 1e-12 * exact)
    #expect(abs(upper - exact) <= 1e-12 * exact)
  }
}
