import Statistics
import Testing

/// Size: memory grows with rows and clusters, never with their squares.
@Suite struct LinearModelScaleTests {
  /// 300,000 rows, 100 blocks, 2,000 clusters of which one holds a third of the rows. An n × n
  /// matrix would need 720 GB, one of the size of that cluster 80 GB.
  @Test(.timeLimit(.minutes(2))) func hundredsOfThousandsOfRows() throws {
    let rows = 300_000
    // A linear congruential sequence: any spread of values will do.
    var state: UInt64 = 1
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let clusters = (0..<rows).map { $0 < rows / 3 ? 0 : 1 + $0 % 1_999 }
    let z = clusters.map { Double($0 % 2) }
    let x = z.map { _ in next() }
    let y = z.indices.map { 0.3 * z[$0] + x[$0] + next() }
    let columns = [("z", z), ("x", x)]
    let plain = try fit(y, on: columns)
    let cr2 = try plain.coefficient("z", covariance: .cr2(Grouping(clusters)))
    #expect(abs(cr2.value - 0.3) < 0.05)
    let absorbed = try fit(y, on: columns, absorbing: Grouping(clusters.map { $0 % 100 / 2 }))
    let within = try absorbed.coefficient("z", covariance: .cr2(Grouping(clusters)))
    #expect(abs(within.value - 0.3) < 0.05)
    // Every row its own cluster: CR2 is HC2, with the degrees of freedom of Bell and McCaffrey.
    let single = try plain.coefficient("z", covariance: .cr2(Grouping(0..<rows)))
    let robust = try plain.coefficient("z", covariance: .hc2BellMcCaffrey)
    #expect(isClose(single.standardError, robust.standardError))
    #expect(isClose(single.degreesOfFreedom, robust.degreesOfFreedom))
  }

  /// 344,000 rows in 10,000 blocks of two clusters each, one in each arm: a dense matrix of blocks would need
  /// 27 GB.
  @Test(.timeLimit(.minutes(2))) func tenThousandBlocks() throws {
    let rows = 344_000
    var state: UInt64 = 7
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let blocks = (0..<rows).map { $0 % 10_000 }
    let z = (0..<rows).map { Double($0 / 10_000 % 2) }
    let clusters = zip(blocks, z).map { 2 * $0 + Int($1) }
    let y = zip(blocks, z).map { 0.3 * $1 + Double($0 % 17) + next() }
    let model = try fit(y, on: [("z", z)], absorbing: Grouping(blocks))
    let found = try model.coefficient("z", covariance: .cr2(Grouping(clusters)))
    // Units are independent with standard deviation 1/√12: the error is 2/√(12·344000).
    #expect(abs(found.value - 0.3) < 0.004)
    let expected = 2 / (12.0 * 344_000).squareRoot()
    #expect(abs(found.standardError / expected - 1) < 0.05)
  }
}
