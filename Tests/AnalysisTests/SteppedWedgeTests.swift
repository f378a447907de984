import Analysis
import Foundation
import TestSupport
import Testing
import Trials
import Vocabulary

@Suite("Stepped wedges")
struct SteppedWedgeTests {
  private static let yaml = """
    nudge: 1
    trial: wedge
    title: 段階的な開始
    arms:
      - {id: usual, control: true}
      - {id: outreach}
    unit: row
    assignment:
      method: stepped_wedge
      clusters: cluster
      period: period
      periods: ['0', '1', '2', '3']
      column: order
    outcomes:
      - {id: y, role: primary, kind: continuous, column: y}
      - {id: b, role: secondary, kind: binary, column: b}
    analysis: {inference: [randomization]}
    data: {file: data.csv}
    """

  /// The reference data with the names of the sequences.
  private static func data() throws -> String {
    let url = SharedFolder.repository.appending(
      path: "Tests/StatisticsTests/Reference/stepped_wedge_data.csv")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let rows = lines.dropFirst().map { line -> String in
      var fields = line.split(separator: ",").map(String.init)
      fields[2] = "sequence\((Int(fields[2]) ?? 0) + 1)"
      return fields.joined(separator: ",")
    }
    return (["cluster,period,order,y,b"] + rows).joined(separator: "\n") + "\n"
  }

  // R's numbers: Tests/StatisticsTests/Reference/stepped_wedge.R.
  @Test("from the file to the verdict: CR2 for the error, re-drawn orders for the p-value")
  func analysed() throws {
    let result = try TrialFixture.analyze(Self.yaml, data: Self.data())
    let row = try #require(
      result.results.first {
        $0.outcome == "y" && $0.measure == "mean_difference" && $0.estimator == "two_way"
      })
    #expect(abs((row.estimate ?? 0) - 1.05013454185) < 1e-9)
    #expect(abs((row.stdError ?? 0) - 0.625629535087) < 1e-9)
    #expect(abs((row.pValue ?? 0) - 0.233333333333) < 1e-9)
    #expect(row.notes.contains(.draws(90, exact: true)))
    #expect(result.verdicts.map(\.arm) == ["outreach"])
    // No comparison of times stands beside, and no test of sizes that the design fixed.
    #expect(!result.results.contains { $0.estimator == "difference_in_means" })
    #expect(
      !result.checks.contains {
        if case .sampleRatio = $0.kind { true } else { false }
      })
  }

  @Test("a sequence or a period that the file does not name is pointed at")
  func strangers() throws {
    for (old, new, name) in [("sequence1", "sequence9", "'order'"), ("0,0,", "0,9,", "'period'")] {
      do {
        _ = try TrialFixture.analyze(
          Self.yaml, data: Self.data().replacing(old, with: new, maxReplacements: 1))
        Issue.record("accepted")
      } catch let faults as Faults {
        let lines = faults.all.map { $0.line(in: .english) }
        #expect(lines.count == 1 && lines[0].contains("data.csv:2:") && lines[0].contains(name))
      }
    }
  }

  private static func messages(_ old: String, _ new: String) -> [String] {
    do {
      _ = try Trial.decode(yaml: yaml.replacing(old, with: new), file: "trial.yml")
      return []
    } catch { return error.all.map { $0.line(in: .english) } }
  }

  @Test(
    "what a stepped wedge cannot be asked is refused",
    arguments: [
      ("  clusters: cluster\n", "", "'method: stepped_wedge' needs 'clusters'"),
      ("['0', '1', '2', '3']", "['0', '1']", "three or more periods (there are 2)"),
      ("['0', '1', '2', '3']", "['0', '1', '1']", "'1'"),
      ("  period: period\n", "", "'period'"),
      ("- {id: outreach}", "- {id: outreach}\n  - {id: other}", "two arms"),
      ("kind: binary, column: b", "kind: ratio, numerator: b, denominator: y", "Make 'b' a column"),
      ("{inference: [randomization]}", "{estimator: lin}", "'lin' cannot be combined"),
      ("{inference: [randomization]}", "{looks: {at: [0.5, 1]}}", "'looks' cannot be combined"),
      ("{inference: [randomization]}", "{multiplicity: max_t}", "'max_t' cannot be combined"),
      ("column: order", "column: order\n  shares: {usual: 2}", "does not use 'shares'"),
      ("method: stepped_wedge", "method: clustered", "'period'"),
    ])
  func refused(old: String, new: String, message: String) {
    let found = Self.messages(old, new)
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }
}
