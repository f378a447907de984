import Analysis
import Enrolment
import Foundation
import Ledger
import TestSupport
import Testing
import Trials

/// 2,000 trials of two equal messages, from simulate over lock and assign to analyze: their p-values must be uniform.
@Suite("Trials without an effect")
struct PlaceboTrialTests {
  private static func trial(_ assignment: String, seed: Int) -> String {
    """
    nudge: 1
    trial: placebo
    title: 効果のない試験
    arms:
      - {id: control, control: true}
      - {id: same}
    unit: id
    assignment: \(assignment)
    outcomes:
      - {id: income, role: primary, kind: continuous, column: income}
    data: {file: data.csv, simulated: true}
    simulation:
      seed: \(seed)
      units: 120
      columns:
        area: {石狩: 3, 渡島: 2, 十勝: 1}
        household: {from: 1, to: 60}
        income: {from: 0, to: 1000000}
      steps:
        - {column: visited, baseline: 0.3}
    """
  }

  /// The whole of one trial, with the calls that the commands make.
  private static func pValue(_ assignment: String, seed: Int) throws -> Double {
    let folder = try TemporaryFolder(inMemory: true)
    try folder.file(named: "trial.yml", trial(assignment, seed: seed))
    let file = try TrialFile.load(contentsOf: folder.url.path)
    let simulation = try Simulation(of: file)
    try folder.file(named: "frame.csv", simulation.frame(engineVersion: "test").text)
    _ = try Locking(of: file, engineVersion: "test").lock(seed: UInt64(seed) &* 0x9E37_79B9)
    _ = try Drawing(of: file, engineVersion: "test")
      .draw(folder.url.appending(path: "frame.csv").path)
    let record = try #require(try TrialRecord.load(for: file, engineVersion: "test"))
    let drawn = Dictionary(uniqueKeysWithValues: record.units.map { ($0.unit, $0.arm ?? "") })
    try folder.file(named: "data.csv", simulation.data(engineVersion: "test", drawn: drawn).text)
    let result = try TrialResult.analyzing(file, engineVersion: "test")
    #expect(!result.checks.contains { $0.status == .fail })
    return try #require(result.results.first?.pValue)
  }

  /// The probability of a largest distance like this from the uniform distribution (Kolmogorov's limit).
  private static func kolmogorovSmirnov(_ values: [Double]) -> Double {
    let n = Double(values.count)
    var distance = 0.0
    for (place, value) in values.sorted().enumerated() {
      distance = max(distance, value - Double(place) / n, Double(place + 1) / n - value)
    }
    let scaled = distance * (n.squareRoot() + 0.12 + 0.11 / n.squareRoot())
    let terms = (1...100).map { k -> Double in
      let sign: Double = k % 2 == 1 ? 1 : -1
      return sign * exp(-2 * Double(k * k) * scaled * scaled)
    }
    return min(1, max(0, 2 * terms.reduce(0, +)))
  }

  @Test("Kolmogorov's limit: 1.3581 leaves 5 %")
  func limit() {
    // 10,000 values at the even places, all moved by a distance of 1.3581/√n.
    let n = 10_000
    let shift = 1.3581 / (100 + 0.12 + 0.0011)
    let values = (0..<n).map { (Double($0) + 1) / Double(n) - shift }.filter { $0 > 0 }
    let padded = values + Array(repeating: 0.0, count: n - values.count)
    #expect(abs(Self.kolmogorovSmirnov(padded) - 0.05) < 0.002)
  }

  @Test(
    "p-values are uniform, whoever is drawn",
    arguments: [
      "{method: complete}", "{method: blocked, blocks: [area]}",
      "{method: clustered, clusters: household}",
    ])
  func uniform(assignment: String) throws {
    var values: [Double] = []
    // Minutes of work; NUDGE_QUICK=1 makes do with fewer while one writes code.
    let isQuick = ProcessInfo.processInfo.environment["NUDGE_QUICK"] != nil
    for seed in 1...(isQuick ? 200 : 2000) {
      values.append(try Self.pValue(assignment, seed: seed))
    }
    let p = Self.kolmogorovSmirnov(values)
    #expect(p > 0.01, "\(assignment): KS p \(p)")
  }
}
