import Analysis
import Foundation
import TestSupport
import Testing
import Trials
import Vocabulary

/// The programmes of the seed document: each a folder that plans, draws, analyses and reports.
@Suite("Programmes")
struct ProgrammeTests {
  static let folders = [
    "gunma-mensetsukai", "hokkaido-municipalities", "hokkaido-workshop", "hyogo-kigyo",
    "kobe-outreach", "kochi-peer", "niigata-outreach", "ota-survey", "tochigi-seminar",
    "tottori-shokuba", "yamanashi-line", "yamanashi-webad",
  ]

  private static func has(_ folder: String, _ file: String) -> Bool {
    FileManager.default.fileExists(atPath: url("experiments/\(folder)/\(file)").path)
  }

  private struct Expected: Decodable {
    struct Truth: Decodable {
      let outcome, arm, cohort, estimand, measure, how: String
      let value: Double
    }
    let truth: [Truth]
  }

  private static func url(_ path: String) -> URL { SharedFolder.repository.appending(path: path) }

  @Test("every folder that says what was put into its data is in the list of this test")
  func complete() throws {
    let all = try FileManager.default.contentsOfDirectory(atPath: Self.url("experiments").path)
    let programmes = try all.filter { folder in
      guard Self.has(folder, "expected.json") else { return false }
      let expected = try String(
        contentsOf: Self.url("experiments/\(folder)/expected.json"), encoding: .utf8)
      return expected.contains("\"truth\"")
    }
    #expect(programmes.sorted() == Self.folders)
  }

  @Test("the KPI sheets hold the 24 rows of the source document with their totals")
  func kpi() throws {
    let programmes = (Self.folders + ["hokkaido-jobcafe"]).filter { Self.has($0, "kpi.yml") }
    #expect(programmes.count == 10)
    let sheets = try programmes.map { folder in
      KPISheet(try KPIFile.load(contentsOf: Self.url("experiments/\(folder)").path).plan)
    }
    #expect(sheets.reduce(0) { $0 + $1.rows.count } == 24)
    #expect(sheets.allSatisfy { $0.totalsAgree })
    #expect(sheets.flatMap(\.rows).compactMap(\.plannedTotal).reduce(0, +) == 6339)
  }

  @Test("兵庫's rule of schooling and age is a condition of the file: nobody else is analysed")
  func eligibility() throws {
    let file = try TrialFile.load(contentsOf: Self.url("experiments/hyogo-kigyo").path)
    let text = try String(contentsOf: Self.url("notebooks-data/hyogo-kigyo.csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).dropFirst(2).map {
      $0.split(separator: ",")
    }
    let eligible = lines.filter { line in
      guard let age = Int(line[2]) else { return false }
      return line[1] == "高卒" ? (35...45).contains(age) : (38...49).contains(age)
    }
    let result = try ExperimentTests.analysis(of: "hyogo-kigyo")
    #expect(result.input.units == eligible.count && eligible.count < lines.count)
    #expect(file.trial.population.columns == ["schooling", "age"])
  }

  @Test("the truth put into the simulation lies in the interval that comes out", arguments: folders)
  func truthIsCovered(folder: String) throws {
    let result = try ExperimentTests.analysis(of: folder)
    #expect(result.trial.simulated)
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: Self.url("experiments/\(folder)/expected.json")))
    #expect(!expected.truth.isEmpty)
    for truth in expected.truth {
      let planned = result.trial.outcomes.first { $0.id == truth.outcome }?.estimator
      let row = try #require(
        result.everyRow.first {
          ($0.outcome, $0.arm, $0.cohort, $0.estimand, $0.measure)
            == (truth.outcome, truth.arm, truth.cohort, truth.estimand, truth.measure)
            && ($0.estimator == planned || truth.estimand != "ITT")
        })
      let (low, high) = (try #require(row.confLow), try #require(row.confHigh))
      #expect(low <= truth.value && truth.value <= high, "\(truth) \(low) \(high)")
      // An interval that holds everything would say nothing.
      #expect(high - low < 3)
    }
  }

  @Test("the committed data are what the trial file makes, and say so", arguments: folders)
  func reproducible(folder: String) throws {
    let file = try TrialFile.load(contentsOf: Self.url("experiments/\(folder)").path)
    let made = try Simulation(of: file).data(engineVersion: "0.1.0").text
    let kept = try String(contentsOf: Self.url("notebooks-data/\(folder).csv"), encoding: .utf8)
    #expect(made == kept)
    #expect(kept.hasPrefix("# SOURCE: SIMULATED"))
  }

  @Test(
    "the commands of its README run as they are written",
    arguments: folders + ["hokkaido-jobcafe", "rollout-dounai"])
  func readme(folder: String) throws {
    let text = try String(contentsOf: Self.url("experiments/\(folder)/README.md"), encoding: .utf8)
    let block = try #require(text.split(separator: "```sh\n").dropFirst().first)
    let commands = block.prefix { $0 != "`" }.split(separator: "\n")
    #expect(commands.count >= 3)
    for command in commands {
      let words = command.split(separator: " ").map(String.init)
      #expect(words.first == "nudge")
      let run = try CommandLineTool.run(Array(words.dropFirst()))
      #expect(run.status == 0, "\(command): \(run.errors)")
    }
    #expect(text.contains("模擬") && text.contains("simulated"))
  }

  @Test("plan, lock, list, draw, data, analysis, report and verification", arguments: folders)
  func whole(folder: String) throws {
    let place = try TemporaryFolder()
    let trial = place.url.appending(path: "experiments/\(folder)")
    try FileManager.default.createDirectory(
      at: place.url.appending(path: "experiments"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: place.url.appending(path: "notebooks-data"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Self.url("experiments/\(folder)"), to: trial)
    func run(_ arguments: String...) throws {
      let run = try CommandLineTool.run(arguments + ["--lang", "en"])
      #expect(run.status == 0, "\(arguments): \(run.errors)")
    }
    let (list, data) = (
      trial.path + "/list.csv", place.url.path + "/notebooks-data/\(folder).csv"
    )
    // A mean time to an event has no formula of power.
    if folder != "yamanashi-line" { try run("plan", trial.path) }
    try run("lock", trial.path)
    try run("simulate", trial.path, "--frame", "--out", list)
    try run("assign", trial.path, "--frame", list)
    try run("simulate", trial.path, "--out", data)
    try run("analyze", trial.path, "--out", trial.path + "/out")
    try run("report", trial.path + "/out", "--out", trial.path + "/page.html")
    if Self.has(folder, "kpi.yml") { try run("kpi", trial.path) }
    try run("verify", trial.path)
    let result = try TrialResult.load(trial.path + "/out")
    let tally = result.checks.compactMap { check -> Check.DrawnTally? in
      if case .drawnList(let tally) = check.kind { tally } else { nil }
    }.first
    #expect(tally.map { $0.otherArm == 0 && $0.notDrawn == 0 && $0.agreeing > 0 } == true)
    #expect(result.checks.allSatisfy { $0.status != .fail })
  }

  @Test(
    "the roll-out to 179 municipalities rests on both trials, and its interval holds what was put into them"
  )
  func rollout() throws {
    struct Expected: Decodable {
      let effects: [String: Double]
      let municipalities, people: Int
    }
    let folder = "experiments/rollout-dounai"
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: Self.url("\(folder)/expected.json")))
    let place = try TemporaryFolder()
    let out = place.url.appending(path: "out").path
    let run = try CommandLineTool.run("rollout", folder, "--out", out, "--lang", "en")
    #expect(run.status == 0, "\(run.errors)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let table = try decoder.decode(
      RolloutTable.self, from: Data(contentsOf: URL(filePath: out + "/rollout.json")))
    #expect(table.municipalities.count == expected.municipalities)
    #expect(table.municipalities.reduce(0) { $0 + $1.population } == expected.people)
    #expect(table.basis.pooled == expected.effects.count && table.basis.tau == 0.004)
    for effect in expected.effects.values {
      #expect(table.basis.predLow <= effect && effect <= table.basis.predHigh)
    }
    // The pair is drawn from the same people as hokkaido-municipalities.
    let (own, other) = (
      try ExperimentTests.analysis(of: "rollout-dounai"),
      try ExperimentTests.analysis(of: "hokkaido-municipalities")
    )
    #expect(own.results == other.results)
  }

  @Test(
    "a new trial begins from any of them",
    arguments: folders + [
      "hokkaido-jobcafe", "tanf-letters", "nhs-sms", "organ-donor", "tsukuba-envelope",
    ])
  func newFrom(folder: String) throws {
    let place = try TemporaryFolder()
    let trial = place.url.appending(path: "my-trial").path
    let made = try CommandLineTool.run("new", trial, "--from", folder)
    #expect(made.status == 0, "\(made.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: trial).sorted()
    #expect(
      names == ["data.csv"] + (Self.has(folder, "kpi.yml") ? ["kpi.yml"] : []) + ["trial.yml"])
    let file = try TrialFile.load(contentsOf: trial)
    #expect(file.trial.id == "my-trial" && file.trial.data.file == "data.csv")
    // The comments of its author are still there.
    let text = try String(contentsOfFile: trial + "/trial.yml", encoding: .utf8)
    #expect(text.hasPrefix("# "))
    let run = try CommandLineTool.run("analyze", trial)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("a name that is none is answered with the nearest, and nothing is made")
  func newFromNowhere() throws {
    let place = try TemporaryFolder()
    let trial = place.url.appending(path: "my-trial").path
    let made = try CommandLineTool.run("new", trial, "--from", "ota-servey", "--lang", "en")
    #expect(made.status == 2 && made.errors.contains("Did you mean 'ota-survey'?"))
    #expect(!FileManager.default.fileExists(atPath: trial))
  }
}
