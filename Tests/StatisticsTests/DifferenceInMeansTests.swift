import Foundation
import Statistics
import Testing

struct DifferenceInMeansTests {
  private let binary = Response.binary("y")
  private let set = VariableSet(["y"])

  @Test func asksForTheResponseAlone() {
    let wholeArms = DifferenceInMeans().need(for: binary, drawnIn: DrawnGroups())
    #expect(wholeArms == .moments([set], byBlock: false))
    let blocks = DifferenceInMeans().need(for: binary, drawnIn: DrawnGroups(hasBlocks: true))
    #expect(blocks == .moments([set], byBlock: true))
    let clusters = DifferenceInMeans().need(for: binary, drawnIn: DrawnGroups(hasClusters: true))
    #expect(clusters == .units(covariates: [], factors: []))
    #expect(DifferenceInMeans.name == "difference_in_means")
  }

  // a: 3, 4, 7 (mean 14/3, s² = 13/3); c: 1, 2 (mean 3/2, s² = 1/2).
  @Test func welchGivesEachArmItsOwnVariance() throws {
    let means = try marginalMeans(of: ["a": [3, 4, 7], "c": [1, 2]])
    #expect(means.arms.map(\.arm) == ["c", "a"])
    #expect(means.arms.map(\.count) == [2, 3])
    #expect(isClose(means.arms[1].mean, 14.0 / 3, within: 1e-15))
    #expect(isClose(means.arms[1].standardDeviation, (13.0 / 3).squareRoot(), within: 1e-15))
    #expect(isClose(means.covariance[0][0], 0.25, within: 1e-15))
    #expect(isClose(means.covariance[1][1], 13.0 / 9, within: 1e-15))
    #expect(means.covariance[0][1] == 0 && means.covariance[1][0] == 0)
    #expect(means.degreesOfFreedom == .welch && means.standardErrorType == .welch)
    #expect(means.areSimpleAverages && means.arms[0].events == nil)
  }

  // The same data: s² = (26/3 + 1/2)/3 = 55/18 on 3 degrees of freedom.
  @Test func pooledGivesAllArmsOneVariance() throws {
    let means = try marginalMeans(of: ["a": [3, 4, 7], "c": [1, 2]], .pooled)
    #expect(isClose(means.covariance[0][0], 55.0 / 36, within: 1e-14))
    #expect(isClose(means.covariance[1][1], 55.0 / 54, within: 1e-14))
    #expect(means.degreesOfFreedom == .fixed(3) && means.standardErrorType == .pooled)
  }

  // One row has no deviation of its own, but the pooled variance of the other arm: (9 + 0 + 9)/2 = 9.
  @Test func pooledLendsAVarianceToASingleRow() throws {
    let means = try marginalMeans(of: ["a": [5], "c": [1, 4, 7]], .pooled)
    #expect(means.covariance[1][1] == 9)
    #expect(means.arms[1].standardDeviation == nil)
    let welch = try marginalMeans(of: ["a": [5], "c": [1, 4, 7]])
    #expect(welch.covariance[1][1] == nil)
  }

  @Test func pooledMergesBlocksAndLeavesOtherArmsOut() throws {
    let parts = [
      Cell(arm: "a", block: "y"): [set: moments(of: [3])],
      Cell(arm: "a", block: "x"): [set: moments(of: [4, 7])],
      Cell(arm: "c", block: "x"): [set: moments(of: [1, 2])],
      Cell(arm: "elsewhere"): [set: moments(of: [1000])],
    ]
    let response = Response.continuous("y")
    let merged = try DifferenceInMeans(variance: .pooled).marginalMeans(
      of: response, in: Sample(cells: parts), arms: ["c", "a"])
    let whole = try marginalMeans(of: ["a": [3, 4, 7], "c": [1, 2]], .pooled)
    #expect(merged.arms.map(\.count) == whole.arms.map(\.count))
    #expect(isClose(merged.arms[1].mean, 14.0 / 3, within: 1e-15))
    #expect(merged.covariance == whole.covariance)
  }

  @Test func anEmptyArmStaysAndSaysSoWhenAsked() throws {
    let means = try marginalMeans(of: ["a": [3, 4, 7]])
    #expect(means.arms[0].count == 0 && means.arms[0].mean == 0)
    #expect(throws: EstimationError.noUnits(arm: "c")) { try means.index(of: "c") }
    #expect(try means.index(of: "a") == 1)
    #expect(throws: EstimationError.noUnits(arm: "c")) { try marginalMeans(of: [:]) }
  }

  @Test func eventsAreCountedExactly() throws {
    // Sums of 0.1-like means: 3 of 7 in one cohort and 1 of 3 in another make 4 of 10.
    let cells = [
      Cell(arm: "a", cohort: "x"): [set: moments(of: [1, 0, 1, 0, 0, 1, 0])],
      Cell(arm: "a", cohort: "y"): [set: moments(of: [0, 1, 0])],
      Cell(arm: "c"): [set: Moments(events: 2, of: 8)],
    ]
    let means = try DifferenceInMeans().marginalMeans(
      of: binary, in: Sample(cells: cells), arms: ["c", "a"])
    #expect(means.arms.map(\.events) == [2, 4])
    #expect(means.arms[1].mean == 0.4)
  }

  @Test(arguments: [
    [0, 1, 2], [0.5, 0.5, 1, 0], [-1, 1, 0], [0, 1, 0.999], [.infinity, 0], [1e300, 0],
    [2, 0, 2, 0],
  ])
  func notZeroOrOneIsSaid(values: [Double]) {
    #expect(throws: EstimationError.notBinary(arm: "a")) {
      try marginalMeans(of: ["a": values, "c": [0, 1]], kind: .binary)
    }
  }

  @Test func settingsHaveDefaults() throws {
    let decoder = JSONDecoder()
    #expect(try decoder.decode(DifferenceInMeans.self, from: Data("{}".utf8)).variance == .welch)
    let pooled = Data(#"{"variance": "pooled"}"#.utf8)
    #expect(try decoder.decode(DifferenceInMeans.self, from: pooled).variance == .pooled)
  }
}
