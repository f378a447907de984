import Analysis
import Foundation
import RandomAssignment
import TestSupport
import Testing
import Trials
import Vocabulary

@Suite("Factorial trials")
struct FactorialTests {
  private static func reference(_ name: String) throws -> String {
    let url = SharedFolder.repository.appending(path: "Tests/AnalysisTests/Reference/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
  }

  private static func trial(
    blocks: String = ", blocks: [area]", shape: String = "units", more: String = "",
    unit: String = "row"
  ) -> String {
    """
    nudge: 1
    trial: crossed
    title: 要因
    arms:
      - {id: gain-none, control: true, levels: {frame: gain, voice: none}}
      - {id: loss-none, levels: {frame: loss, voice: none}}
      - {id: gain-peer, levels: {frame: gain, voice: peer}}
      - {id: loss-peer, levels: {frame: loss, voice: peer}}
      - {id: gain-staff, levels: {frame: gain, voice: staff}}
      - {id: loss-staff, levels: {frame: loss, voice: staff}}
    unit: \(unit)
    assignment:
      method: factorial
      factors: [{id: frame, name: 枠組み, levels: [gain, loss]}, {id: voice, levels: [none, peer, staff]}]
      column: arm\(blocks.isEmpty ? "" : "\n  \(blocks.dropFirst(2))")
    outcomes:
      - {id: y, role: primary, kind: continuous, column: y}
      - {id: b, role: secondary, kind: binary, column: b}
    data: {file: data.csv, shape: \(shape)}
    \(more)
    """
  }

  // estimatr within every combination of the other factor and the block (Reference/factorial.R).
  @Test("main effects, their errors and the adjustment over all factors are R's")
  func agreesWithR() throws {
    let result = try TrialFixture.analyze(
      Self.trial(), data: Self.reference("factorial_data.csv"))
    #expect(result.factors.map(\.id) == ["frame", "voice"])
    let lines = try Self.reference("factorial.csv").split(separator: "\n").dropFirst()
    #expect(lines.count == 6)
    for line in lines {
      let fields = line.split(separator: ",").map(String.init)
      let scale = fields[0] == "y" ? "mean_difference" : "risk_difference"
      let row = try #require(
        result.everyRow.first {
          $0.outcome == fields[0] && $0.arm == fields[1] && $0.measure == scale
        })
      let expected = try fields[2...4].map { try #require(Double($0)) }
      #expect(abs((row.estimate ?? 0) - expected[0]) < 1e-9)
      #expect(abs((row.stdError ?? 0) - expected[1]) < 1e-9)
      #expect(abs((row.pValue ?? 0) - expected[2]) < 1e-9)
      if let adjusted = Double(fields[5]) {
        #expect(abs((row.pAdjusted ?? 0) - adjusted) < 1e-9)
      }
    }
    #expect(result.verdicts.isEmpty)
    #expect(
      result.factors.flatMap(\.verdicts).map(\.arm) == ["frame=loss", "voice=peer", "voice=staff"])
    // What was checked holds for every factor, and so does what it means for certainty.
    let view = result.result(of: result.factors[0])
    #expect(view.checks == result.checks)
    #expect(view.certainty(of: view.verdicts[0])?.reasons.contains(.notLocked) == true)
    // The combinations stand beside, without an adjusted p-value.
    #expect(result.results.contains { $0.arm == "loss-peer" && $0.pValue != nil })
    #expect(result.results.allSatisfy { $0.pAdjusted == nil })
    // Whether the frame works differently by voice is asked once.
    let interactions = result.factors.flatMap(\.subgroups).filter { $0.column == "factor:voice" }
    #expect(Set(interactions.map(\.arm)) == ["frame=loss"])
    #expect(interactions.allSatisfy { $0.df == 2 && $0.levels.count == 3 })
    #expect(!result.factors.flatMap(\.subgroups).contains { $0.column == "factor:frame" })
  }

  /// In a trial without other blocks and with equal cells the main effect is the plain difference of halves:
  /// cells .2, .3, .5, .4 of 100 give (.3 + .4 − .2 − .5)/2 = 0 and (.5 + .4 − .2 − .3)/2 = .2.
  @Test("counts of a 2 × 2 serve as well; swapped levels flip the sign")
  func counts() throws {
    func yaml(_ levels: String) -> String {
      """
      nudge: 1
      trial: crossed
      title: 要因
      arms:
        - {id: a, control: \(levels == "x, y"), levels: {f: x, g: u}}
        - {id: b, control: \(levels == "y, x"), levels: {f: y, g: u}}
        - {id: c, levels: {f: x, g: v}}
        - {id: d, levels: {f: y, g: v}}
      unit: row
      assignment: {method: factorial, factors: [{id: f, levels: [\(levels)]}, {id: g, levels: [u, v]}]}
      outcomes: [{id: b, role: primary, kind: binary, column: b}]
      data: {file: data.csv, shape: counts}
      """
    }
    let data = "arm,n,b\na,100,20\nb,100,30\nc,100,50\nd,100,40\n"
    let result = try TrialFixture.analyze(yaml("x, y"), data: data)
    let verdicts = result.factors.flatMap(\.verdicts)
    #expect(abs((verdicts[0].estimate ?? 1)) < 1e-12)
    #expect(abs((verdicts[1].estimate ?? 0) - 0.2) < 1e-12)
    #expect((verdicts[1].pValue ?? 1) < 0.001)
    let data2 = "arm,n,b\na,100,20\nb,100,30\nc,100,50\nd,100,44\n"
    let one = try TrialFixture.analyze(yaml("x, y"), data: data2).factors[0].verdicts[0]
    let other = try TrialFixture.analyze(yaml("y, x"), data: data2).factors[0].verdicts[0]
    let sum = (one.estimate ?? 1) + (other.estimate ?? 1)
    #expect(abs(sum) < 1e-12 && abs((one.pValue ?? 0) - (other.pValue ?? 1)) < 1e-12)
  }

  @Test("the result keeps its factors through JSON; an older one has none")
  func json() throws {
    let result = try TrialFixture.analyze(
      Self.trial(), data: Self.reference("factorial_data.csv"))
    let again = try TrialResult(json: result.json(), file: "result.json")
    #expect(again == result && again.factors.count == 2)
    let plain = try TrialFixture.analyze(
      data: TrialFixture.header + "1,control,40,1,1,5\n2,social,41,1,0,6\n")
    #expect(try !plain.json().contains("\"factors\""))
    #expect(try TrialResult(json: plain.json(), file: "result.json").factors.isEmpty)
  }

  private static func messages(_ old: String, _ new: String) -> [String] {
    do {
      _ = try Trial.decode(yaml: trial().replacing(old, with: new), file: "trial.yml")
      return []
    } catch { return error.all.map { $0.line(in: .english) } }
  }

  @Test(
    "arms that are not the combinations, and plans that do not fit, are refused",
    arguments: [
      (
        "levels: {frame: loss, voice: peer}", "levels: {frame: gain, voice: peer}",
        "Missing: loss + peer"
      ),
      (", levels: {frame: loss, voice: peer}", "", "which combination the arm 'loss-peer' is"),
      ("frame: loss, voice: peer", "frame: lost, voice: peer", "Did you mean 'loss'?"),
      ("frame: loss, voice: peer", "frame: loss, vioce: peer", "Did you mean 'voice'?"),
      ("levels: [gain, loss]}", "levels: [loss, gain]}", "must combine the first level"),
      (
        "method: factorial", "method: factorial\\n  shares: {gain-none: 2}", "does not use 'shares'"
      ),
      ("levels: [gain, loss]}", "levels: [gain]}", "two or more levels"),
      ("levels: [gain, loss]}", "levels: [gain, gain]}", "gain"),
      (
        "title: 要因", "title: 要因\\nanalysis: {multiplicity: dunnett}", "'dunnett' cannot be combined"
      ),
      ("title: 要因", "title: 要因\\nanalysis: {looks: {at: [0.5, 1]}}", "'looks' cannot be combined"),
      ("method: factorial", "method: complete", "complete"),
    ])
  func refused(old: String, new: String, message: String) {
    let found = Self.messages(old, new.replacing("\\n", with: "\n"))
    #expect(found.contains { $0.contains(message) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("trial.yml:") })
  }

  @Test("a sound one is accepted, and drawn in equal numbers of every combination")
  func accepted() throws {
    let trial = try Trial.decode(yaml: Self.trial(), file: "trial.yml")
    #expect(trial.design.arms.count == 6 && !trial.assignment.method.isRolling)
    let frame = trial.ofFactor(trial.assignment.crossed[0])
    #expect(frame.variants.map(\.arm.id) == ["frame=gain", "frame=loss"])
    #expect(frame.assignment.blocks == ["area", "factor:voice"])
    #expect(frame.analysis.subgroups.map(\.column) == ["factor:voice"])
    #expect(trial.ofFactor(trial.assignment.crossed[1]).analysis.subgroups.isEmpty)
  }
}
