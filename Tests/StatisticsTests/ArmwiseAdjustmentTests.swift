import Foundation
import TestSupport
import Testing

@testable import Statistics

/// The arms' own regressions are the one interacted regression, to the last digits.
@Suite("Lin's regression arm by arm")
struct ArmwiseAdjustmentTests {
  private static let estimators: [(String, CovarianceEstimator)] = [
    ("hc0", .hc0), ("hc2", .hc2), ("hc3", .hc3), ("bell_mccaffrey", .hc2BellMcCaffrey),
  ]

  /// Unequal arms, skewed outcomes, two related covariates; `change` makes it unpleasant.
  private static func sample(
    seed: UInt64, sizes: [Int],
    change: (Int, Int, inout Double, inout [Double]) -> Void = { _, _, _, _ in }
  ) throws -> UnitSample {
    var generator = SplitMix(state: seed)
    var (assignment, outcome): ([Int], [Double]) = ([], [])
    var columns: [[Double]] = [[], []]
    for (arm, size) in sizes.enumerated() {
      for unit in 0..<size {
        let u = (0..<4).map { _ in Double(generator.next() >> 11) * 0x1p-53 }
        let x: Double = 40 + 20 * u[0]
        var values: [Double] = [x, x / 3 + 5 * u[1]]
        let slope = 30 * Double(arm + 1)
        var y: Double = 1e4 * u[2] * u[3] + slope * x
        change(arm, unit, &y, &values)
        assignment.append(arm)
        outcome.append(y)
        for place in columns.indices { columns[place].append(values[place]) }
      }
    }
    return try #require(
      UnitSample(
        arms: sizes.indices.map { "a\($0)" }, assignment: assignment, response: [outcome],
        covariates: [
          "x": [LinearDesign.Column("x", columns[0])], "z": [LinearDesign.Column("z", columns[1])],
        ]))
  }

  private func compare(_ sample: UnitSample, _ name: String, _ covariance: CovarianceEstimator)
    throws
  {
    let covariates = ["x", "z"].compactMap { sample.covariates[$0]?.first }
    let present = sample.presentArms
    let ours = try ArmwiseAdjustment(
      of: sample, present: present, covariates: covariates, covariance: covariance)
    #expect(ours.idle.isEmpty)
    let theirs = try LinAdjustment(
      of: sample.outcome, assignment: sample.assignment.map { sample.arms[$0] },
      arms: present.map { sample.arms[$0] }, covariates: covariates
    ).pairs(covariance: covariance)
    let scale = theirs.covariance.indices.compactMap { theirs.covariance[$0][$0] }.max() ?? 1
    for row in present.indices {
      #expect(isClose(ours.pairs.means[row], theirs.means[row], within: 1e-11), "\(name)")
      for column in present.indices {
        let (a, b) = (ours.pairs.covariance[row][column], theirs.covariance[row][column])
        #expect((a == nil) == (b == nil), "\(name) \(row) \(column)")
        if let a, let b { #expect(abs(a - b) <= 1e-10 * scale, "\(name) \(row) \(column)") }
        let (f, g) = (
          ours.pairs.degreesOfFreedom[row][column], theirs.degreesOfFreedom[row][column]
        )
        #expect((f == nil) == (g == nil), "\(name) \(row) \(column)")
        if let f, let g { #expect(isClose(f, g, within: 1e-9), "\(name) \(row) \(column)") }
      }
    }
  }

  @Test("two, three and five arms of any size", arguments: 1...8)
  func agrees(seed: Int) throws {
    for sizes in [[30, 30], [200, 40, 25], [12, 60, 9, 33, 20]] {
      let sample = try Self.sample(seed: UInt64(seed), sizes: sizes)
      for (name, covariance) in Self.estimators { try compare(sample, name, covariance) }
    }
  }

  @Test("rows in several stretches, far from zero, nearly collinear, and in arms that differ")
  func stretches() throws {
    let changes: [(Int, Int, inout Double, inout [Double]) -> Void] = [
      { _, _, _, _ in },
      { _, _, y, values in
        y += 1e7
        values[0] += 1e5
      },
      { _, unit, _, values in values[1] = values[0] + Double(unit % 10) / 100 },
      { arm, _, y, values in
        y += 1e6 * Double(arm)
        values[1] += 3 * Double(arm)
      },
    ]
    for (place, change) in changes.enumerated() {
      let sample = try Self.sample(seed: 7, sizes: [7_000, 5_000, 300], change: change)
      for (name, covariance) in Self.estimators {
        try compare(sample, "\(place) \(name)", covariance)
      }
    }
  }

  /// The products of a sample, and what its rows say to the quick road.
  private func quickly(_ sample: UnitSample) -> [ArmRegression]? {
    let columns = ["x", "z"].compactMap { sample.covariates[$0]?.first?.values }
    return ArmCrossProducts(
      of: columns + [sample.outcome], arms: sample.assignment, armCount: sample.arms.count
    ).flatMap {
      ArmRegression.regressions($0, armCount: sample.arms.count, correction: .once)
    }
  }

  @Test("products serve where nothing is extreme, and there alone")
  func roads() throws {
    #expect(try quickly(Self.sample(seed: 1, sizes: [40, 30])) != nil)
    let extremes: [(Int, Int, inout Double, inout [Double]) -> Void] = [
      { _, unit, _, values in values[1] = values[0] + Double(unit % 10) / 1e4 },
      { _, _, _, values in values[1] = 4 },
      { _, unit, _, values in values[1] = 1e9 + Double(unit % 3) },
      { _, _, y, _ in y *= 1e150 },
      { arm, _, _, values in values[0] += 1e5 * Double(arm) },
    ]
    for (place, change) in extremes.enumerated() {
      #expect(
        try quickly(Self.sample(seed: 1, sizes: [40, 30], change: change)) == nil, "\(place)")
    }
  }

  @Test("an arm without variation, one that its column fits perfectly, and huge and tiny numbers")
  func unpleasant() throws {
    let changes: [(Int, Int, inout Double, inout [Double]) -> Void] = [
      { arm, _, y, _ in if arm == 1 { y = 3 } },
      { arm, unit, _, values in if arm == 1 { values[1] = unit == 0 ? 1e3 : values[0] / 2 } },
      { _, _, y, values in
        y *= 1e150
        values[0] *= 1e-120
      },
      { _, unit, y, _ in y = unit % 7 == 0 ? 1 : 0 },
    ]
    for (place, change) in changes.enumerated() {
      let sample = try Self.sample(seed: 5, sizes: [40, 25, 30], change: change)
      for (name, covariance) in Self.estimators {
        try compare(sample, "\(place) \(name)", covariance)
      }
    }
  }

  @Test("what an arm's units do not determine is named")
  func idle() throws {
    let sample = try Self.sample(seed: 2, sizes: [20, 20, 20]) { arm, _, _, values in
      if arm == 2 { values[1] = 2 * values[0] + 1 }
    }
    let covariates = ["x", "z"].compactMap { sample.covariates[$0]?.first }
    let found = try ArmwiseAdjustment(
      of: sample, present: [0, 1, 2], covariates: covariates, covariance: .hc2)
    #expect(found.idle == ["z"])
  }
}
