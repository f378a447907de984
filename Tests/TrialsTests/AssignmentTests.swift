import RandomAssignment
import Testing
import Vocabulary

@testable import Trials

@Suite("How units are drawn, as the file says it")
struct AssignmentTests {
  private func yaml(_ assignment: String, more: String = "") -> String {
    """
    nudge: 1
    trial: draw
    title: 割付け
    arms:
      - {id: control, control: true}
      - {id: social}
    unit: id
    assignment: \(assignment)
    outcomes:
      - {id: visited, role: primary, kind: binary, column: visited}
    \(more)
    """
  }

  private func trial(_ assignment: String) throws -> Trial {
    try Trial.decode(yaml: yaml(assignment), file: "trial.yml")
  }

  private func faults(_ assignment: String, more: String = "") -> [String] {
    messages(yaml(assignment, more: more))
  }

  private func messages(_ yaml: String) -> [String] {
    do {
      _ = try Trial.decode(yaml: yaml, file: "trial.yml")
      return []
    } catch {
      return error.all.map { $0.line(in: .english) }
    }
  }

  @Test(
    "every method becomes its design",
    arguments: [
      ("{method: simple}", "SimpleAssignment"), ("{method: complete}", "CompleteAssignment"),
      ("{method: blocked, blocks: [a]}", "BlockedAssignment"),
      ("{method: blocked, blocks: [a], clusters: c}", "ClusteredAssignment"),
      ("{method: clustered, clusters: c}", "ClusteredAssignment"),
      ("{method: hashed, salt: s}", "HashedAssignment"),
      ("{method: permuted_blocks, blocks: a}", "PermutedBlocks"),
      ("{method: matched_pairs, covariates: [x]}", "MatchedPairs"),
      ("{method: rerandomized, covariates: [x, y], acceptance: 0.001}", "Rerandomized"),
      ("{method: minimized, factors: [a, b], coin: 0.9}", "Minimized"),
      ("{method: biased_coin, coin: 0.7}", "BiasedCoin"),
    ])
  func designs(written: String, type: String) throws {
    #expect("\(Swift.type(of: try trial(written).design))" == type)
  }

  @Test("settings reach the design; a hashed draw is salted with the trial's name by default")
  func settings() throws {
    #expect((try trial("{method: hashed}").design as? HashedAssignment)?.salt == "draw")
    #expect((try trial("{method: hashed, salt: s}").design as? HashedAssignment)?.salt == "s")
    #expect(
      (try trial("{method: minimized, factors: a, coin: 0.9}").design as? Minimized)?.coin == 0.9)
    // R: qchisq(.001, 2) is .002001001.
    let strict = try trial("{method: rerandomized, covariates: [x, y], acceptance: 0.001}").design
    #expect(abs(((strict as? Rerandomized)?.threshold ?? 0) - 0.002001001) < 1e-8)
    let layer = try trial("{method: hashed, layer: {name: 道民, from: 12.5, to: 50}}")
    #expect(layer.assignment.layer == LayerShare(name: "道民", from: 1250, to: 5000))
    let clustered = try trial("{method: matched_pairs, covariates: x, clusters: c, blocks: b}")
    #expect(
      clustered.design as? MatchedPairs
        == MatchedPairs(
          arms: clustered.variants.map(\.arm), isClustered: true, isBlocked: true))
    #expect(clustered.analysedAsDrawn().assignment.blocks == ["drawn_block"])
    #expect(try trial("{method: complete}").analysedAsDrawn().assignment.blocks == [])
  }

  @Test(
    "keys that a method needs, or does not use, are named",
    arguments: [
      ("{method: matched_pairs}", "'method: matched_pairs' needs 'covariates'"),
      ("{method: minimized}", "'method: minimized' needs 'factors'"),
      ("{method: complete, salt: s}", "'method: complete' does not use 'salt'"),
      ("{method: complete, coin: 0.8}", "does not use 'coin'; minimized, biased_coin use it"),
      ("{method: hashed, concealed: true}", "'method: hashed' does not use 'concealed'"),
      ("{method: minimized, factors: a, blocks: b}", "does not use 'blocks'"),
      ("{method: rerandomized, covariates: a, clusters: b}", "does not use 'clusters'"),
      ("{method: biased_coin, coin: 0.5}", "0.5 is out of range. Accepted: more than 0.5"),
      ("{method: hashed, layer: {name: a, from: 50, to: 20}}", "'to' (20) is less than"),
      ("{method: hashed, layer: {name: a, from: 50, to: 120}}", "120 is out of range"),
      ("{method: matched_pear, covariates: a}", "Did you mean 'matched_pairs'?"),
    ])
  func faults(written: String, message: String) {
    let found = faults(written)
    #expect(found.count == 1 && found.allSatisfy { $0.contains(message) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("trial.yml:8:") })
  }

  @Test(
    "what is assumed for planning is read, and every fault of it is named",
    arguments: [
      ("planning: {solve: size}", "unknown value of 'solve' 'size'"),
      ("planning: {power: 1}", "1 is out of range"),
      ("planning: {baseline: {visitd: 0.1}}", "Did you mean 'visited'?"),
      ("planning: {cluster_size: 0.5}", "Accepted: 1 or more"),
      ("planning: {unit: 3}", "Did you mean 'units'?"),
      ("monitoring: {dey: a}", "Did you mean 'day'?"),
    ])
  func planning(written: String, message: String) {
    let found = faults("{method: complete}", more: written)
    #expect(found.count == 1 && found.allSatisfy { $0.contains(message) }, "\(found)")
  }

  @Test("two arms among several minimised ones cannot be drawn again, and that is said")
  func redraws() throws {
    let redrawn = "analysis: {inference: [randomization]}"
    for method in [
      "{method: minimized, factors: a}", "{method: biased_coin}",
      "{method: rerandomized, covariates: a}", "{method: complete}",
    ] {
      #expect(faults(method, more: redrawn).isEmpty)
    }
    let three = yaml("{method: minimized, factors: a}", more: redrawn).replacing(
      "arms:\n", with: "arms:\n  - {id: third}\n")
    let found = messages(three)
    #expect(found.count == 1 && found.allSatisfy { $0.contains("max_t") }, "\(found)")
    let joint = three.replacing(redrawn, with: "analysis: {multiplicity: max_t}")
    #expect(messages(joint).isEmpty)
  }

  @Test("the protocol's canonical form forgets layout and assumptions, and names what differs")
  func canonical() throws {
    let plain = CanonicalTrial(try trial("{method: complete}"))
    let same = try Trial.decode(
      yaml: yaml("{ method: complete } # 注", more: "planning: {units: 9}\ndata: {file: x.csv}"),
      file: "trial.yml")
    #expect(CanonicalTrial(same) == plain && CanonicalTrial(same).text == plain.text)
    let other = try Trial.decode(
      yaml: yaml("{method: complete}").replacing(
        "role: primary", with: "better: less, role: primary"
      )
      .replacing("{id: social}", with: "{id: social, cost: 84}"),
      file: "trial.yml")
    #expect(
      CanonicalTrial(other).differences(from: plain) == [
        "outcomes[visited].better", "variants[social].cost",
      ])
  }
}
