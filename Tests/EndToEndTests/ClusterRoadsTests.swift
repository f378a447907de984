import Analysis
import DataSources
import Foundation
import TestSupport
import Testing
import Trials
import Vocabulary

/// A source that hands over identifiers and no other row.
private struct SumsAlone: DataSource {
  let base: any DataSource

  func description() throws(Faults) -> SourceDescription { try base.description() }
  func columnNames() throws(Faults) -> [String] { try base.columnNames() }
  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    guard columns.allSatisfy({ $0.form == .identifier }) else {
      throw Faults(Fault(at: SourceLocation(file: "rows"), BilingualText("no rows here")))
    }
    return try base.table(of: columns)
  }
  func locations(ofRows rows: Set<Int>, column: String?) throws(Faults) -> [Int: Vocabulary
    .SourceLocation]
  {
    [:]
  }
  func tally(_ request: TallyRequest) throws(Faults) -> Tally? { try base.tally(request) }
}

/// Offices were drawn whole: their sums give the numbers of their rows, and rows are read where sums do not say enough.
@Suite("Whole clusters, added up and row by row")
struct ClusterRoadsTests {
  private static let placed = "- {id: placed, role: primary, kind: binary, worthwhile: 0.05}"
  private static let days = "- {id: days, role: primary, kind: continuous}"
  private static let both =
    placed + "\n  - {id: days, role: secondary, kind: continuous}"
    + "\n  - {id: opened, role: exploratory, kind: binary}"

  /// Trials whose sums are enough.
  static let trials: [(name: String, outcomes: String, more: String)] = [
    ("a rate", placed, ""),
    ("a mean", days, ""),
    ("a rate and a mean", both, "analysis: {subgroups: [town], multiplicity: holm}"),
    ("a mean by town, Dunnett", days, "analysis: {subgroups: [town], multiplicity: dunnett}"),
    ("posterior and sequence", placed, "analysis: {inference: [bayes, confidence_sequence]}"),
    ("looks", placed, "analysis: {looks: {at: [0.5, 1]}}"),
    (
      "equivalence",
      "- {id: days, role: primary, kind: continuous, framework: equivalence, worthwhile: 5}",
      "analysis: {multiplicity: none}"
    ),
    (
      "pooled, of those who opened",
      "- {id: days, role: primary, kind: continuous, where: {opened: {from: 1}}, "
        + "estimator: {difference_in_means: {variance: pooled}}}", ""
    ),
  ]

  private static func trial(
    _ outcomes: String, more: String, funnel: String = "sent, opened, placed"
  )
    -> String
  {
    """
    nudge: 1
    trial: cluster-roads
    title: two roads for clusters
    arms: [{id: control, control: true}, {id: easy}, {id: social}]
    unit: id
    population: {where: {age: {from: 20, to: 70}}}
    cohorts:
      - {id: young, where: {age: {to: 40}}}
      - {id: sapporo, where: {town: {in: [札幌]}}}
    assignment: {method: clustered, clusters: office, column: arm}
    outcomes:
      \(outcomes)
    funnel: [\(funnel)]
    \(more)
    data: {file: data.csv}
    """
  }

  /// Offices of one to forty people, in no order, each with a level of its own.
  private static func data(offices: Int, gaps: Bool = false, nameless: Bool = false) -> String {
    var generator = SplitMix(state: 20_261_129)
    var rows: [String] = []
    for office in 0..<offices {
      let arm = ["control", "easy", "social"][office % 3]
      let level = Int.random(in: -9...9, using: &generator)
      let size =
        1 + Int.random(in: 0...6, using: &generator) * Int.random(in: 0...7, using: &generator)
      for _ in 0..<size {
        let age = Int.random(in: 18...75, using: &generator)
        let opened = Int.random(in: 0...2, using: &generator) > 0 ? 1 : 0
        let chance = 30 + 10 * (office % 3) + level
        let placed = Int.random(in: 0...99, using: &generator) < chance ? 1 : 0
        let days = Double(
          900 + 4 * age + 10 * level + Int.random(in: -500...500, using: &generator))
        let isMissing = gaps && Int.random(in: 0...9, using: &generator) == 0
        rows.append(
          "\(rows.count),\(arm),\(nameless && rows.count == 40 ? "" : "支所\(office)"),"
            + "\(["札幌", "函館", "旭川"][office / 3 % 3]),\(age),1,\(opened),"
            + "\(isMissing ? "" : "\(placed)"),\(String(format: "%.1f", days / 10))")
      }
    }
    rows.shuffle(using: &generator)
    return "id,arm,office,town,age,sent,opened,placed,days\n" + rows.joined(separator: "\n") + "\n"
  }

  /// Every number and text of `result.json`, with its path, but the time that it took.
  private static func members(_ result: TrialResult) throws -> (
    numbers: [String: Double], texts: [String: String]
  ) {
    var numbers: [String: Double] = [:]
    var texts: [String: String] = [:]
    func walk(_ value: Any, _ path: String) {
      if let members = value as? [String: Any] {
        for (key, value) in members where path != "" || key != "timings" {
          walk(value, "\(path).\(key)")
        }
      } else if let items = value as? [Any] {
        for (place, item) in items.enumerated() { walk(item, "\(path)[\(place)]") }
      } else if let number = value as? Double {
        numbers[path] = number
      } else {
        texts[path] = "\(value)"
      }
    }
    walk(try JSONSerialization.jsonObject(with: Data(result.json().utf8)), "")
    return (numbers, texts)
  }

  private static func expectSame(_ one: TrialResult, _ other: TrialResult) throws {
    let (own, others) = (try members(one), try members(other))
    #expect(own.texts == others.texts)
    #expect(Set(own.numbers.keys) == Set(others.numbers.keys) && own.numbers.count > 50)
    for (path, value) in others.numbers {
      let found = try #require(own.numbers[path], "\(path)")
      #expect(
        abs(found - value) <= 1e-9 * max(abs(value), 1e-6), "\(path): \(found) and \(value)")
    }
  }

  private static func file(_ trial: String, data: String, in folder: TemporaryFolder) throws
    -> TrialFile
  {
    try folder.file(named: "data.csv", data)
    return try TrialFile.load(contentsOf: folder.file(named: "trial.yml", trial).path)
  }

  @Test("sums give every number of the rows", arguments: trials.map(\.name))
  func agree(name: String) throws {
    let shape = try #require(Self.trials.first { $0.name == name })
    let folder = try TemporaryFolder()
    let file = try Self.file(
      Self.trial(shape.outcomes, more: shape.more), data: Self.data(offices: 360), in: folder)
    #expect(TrialAnalysis(of: file.trial).tallyRequest?.texts.contains("office") == true)
    let sums = try TrialResult.analyzing(
      file, from: SumsAlone(base: file.data), engineVersion: "test")
    let rows = try TrialResult.analyzing(
      file, from: RowsAlone(base: file.data), engineVersion: "test")
    try Self.expectSame(sums, rows)
    #expect(sums.input.clusters?.values.reduce(0, +) ?? 0 > 300)
    #expect(sums.results.contains { $0.seType == "cr2" && $0.df ?? 0 > 20 })
  }

  /// What the draws say goes by the order of the clusters, and a fault has a line: rows alone know both.
  @Test(
    "rows are read where sums do not say enough",
    arguments: ["few clusters", "missing outcomes", "all alike", "far from zero"])
  func fallBack(name: String) throws {
    let folder = try TemporaryFolder()
    var data = Self.data(
      offices: name == "few clusters" ? 18 : 360, gaps: name == "missing outcomes")
    if name == "all alike" || name == "far from zero" {
      data = data.split(separator: "\n").enumerated().map { row, line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        let value = fields.last.flatMap { Double($0) } ?? 0
        let days = name == "all alike" ? "55.5" : String(format: "%.1f", 1_000_000 + value)
        return row == 0 ? String(line) : (fields.dropLast() + [days[...]]).joined(separator: ",")
      }.joined(separator: "\n")
    }
    let file = try Self.file(
      Self.trial(Self.both, more: "analysis: {draws: 500}"), data: data, in: folder)
    #expect(throws: (any Error).self) {
      try TrialResult.analyzing(file, from: SumsAlone(base: file.data), engineVersion: "test")
    }
    try Self.expectSame(
      TrialResult.analyzing(file, engineVersion: "test"),
      TrialResult.analyzing(file, from: RowsAlone(base: file.data), engineVersion: "test"))
  }

  /// Eleven offices of one size an arm have twenty degrees of freedom, up to rounding, and 24 have 46.
  @Test("at the limit of few clusters rows decide", arguments: [(11, true), (24, false)])
  func limit(offices: Int, readsRows: Bool) throws {
    var generator = SplitMix(state: 5)
    var data = "id,arm,office,age,sent,opened,placed,days\n"
    for person in 0..<(3 * offices * 7) {
      let office = person / 7
      let placed = Int.random(in: 0...2, using: &generator) == 0 ? 1 : 0
      let days = Int.random(in: 0...99, using: &generator)
      data +=
        "\(person),\(["control", "easy", "social"][office % 3]),\(office),30,1,1,\(placed),\(days)\n"
    }
    let trial = Self.trial(Self.placed, more: "analysis: {draws: 500}")
      .replacing(/cohorts:\n.*\n.*\n/, with: "")
    let folder = try TemporaryFolder()
    let file = try Self.file(trial, data: data, in: folder)
    #expect(file.trial.cohorts.isEmpty)
    let sums = try? TrialResult.analyzing(
      file, from: SumsAlone(base: file.data), engineVersion: "test")
    #expect((sums == nil) == readsRows)
    try Self.expectSame(
      TrialResult.analyzing(file, engineVersion: "test"),
      TrialResult.analyzing(file, from: RowsAlone(base: file.data), engineVersion: "test"))
  }

  @Test("a person without a cluster is named by the line")
  func nameless() throws {
    let folder = try TemporaryFolder()
    let file = try Self.file(
      Self.trial(Self.placed, more: ""), data: Self.data(offices: 360, nameless: true), in: folder)
    func faults(_ source: any DataSource) -> String {
      do {
        _ = try TrialResult.analyzing(file, from: source, engineVersion: "test")
        return ""
      } catch { return "\(error)" }
    }
    let quick = faults(file.data)
    #expect(quick == faults(RowsAlone(base: file.data)) && quick.contains("office"))
  }

  @Test("trials that look at units ask for no sums")
  func units() throws {
    let folder = try TemporaryFolder()
    let lin = "- {id: days, role: primary, kind: continuous, estimator: {lin: {covariates: [age]}}}"
    let count = Self.placed + "\n  - {id: age, role: secondary, kind: count}"
    for (outcomes, more) in [
      (lin, ""), (count, ""), (Self.placed, "analysis: {inference: [randomization]}"),
      (Self.placed, "analysis: {inference: [wild_cluster_bootstrap]}"),
      (Self.placed, "analysis: {multiplicity: max_t}"),
    ] {
      let file = try Self.file(
        Self.trial(outcomes, more: more), data: Self.data(offices: 30), in: folder)
      #expect(TrialAnalysis(of: file.trial).tallyRequest == nil)
    }
    let blocked = Self.trial(Self.placed, more: "")
      .replacing("clusters: office,", with: "clusters: office, blocks: [town],")
    let file = try Self.file(blocked, data: Self.data(offices: 30), in: folder)
    #expect(
      !file.trial.assignment.blocks.isEmpty && TrialAnalysis(of: file.trial).tallyRequest == nil)
  }
}
