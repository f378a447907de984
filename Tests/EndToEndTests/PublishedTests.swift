import Analysis
import Foundation
import TestSupport
import Testing

/// Published trials, and the comparison beside one of them that is none.
@Suite("Published trials")
struct PublishedTests {
  private static let folder = "experiments/published"

  private static func contents(of path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: SharedFolder.repository.appending(path: path).path)
  }

  @Test("each is checked against R")
  func complete() throws {
    let trials = try Self.contents(of: Self.folder).filter { !$0.hasSuffix(".md") }
    #expect(trials.count == 7)
    for trial in trials {
      #expect(ExperimentTests.folders.contains("published/\(trial)"))
      #expect(try Self.contents(of: "\(Self.folder)/\(trial)").contains("expected.R"))
    }
  }

  @Test("the commands of its README run as they are written")
  func readme() throws {
    for trial in try Self.contents(of: Self.folder).filter({ !$0.hasSuffix(".md") }) {
      let readme = SharedFolder.repository.appending(path: "\(Self.folder)/\(trial)/README.md")
      let text = try String(contentsOf: readme, encoding: .utf8)
      let block = try #require(text.split(separator: "```sh\n").dropFirst().first)
      let commands = block.prefix { $0 != "`" }.split(separator: "\n")
      #expect(!commands.isEmpty)
      for command in commands {
        // What is expected to fail says so: `nudge … || echo …`.
        let parts = command.split(separator: "||")
        let words = (parts.first ?? "").split(separator: " ").map(String.init)
        #expect(words.first == "nudge")
        let run = try CommandLineTool.run(Array(words.dropFirst()))
        #expect(run.status == (parts.count > 1 ? 1 : 0), "\(command): \(run.errors)")
      }
    }
  }

  /// The published figures, as far as rounded rates and equal arms can carry them.
  @Test(
    "odds ratios are those of the papers",
    arguments: [("nhs-sms", 0.74, 0.61, 0.89), ("organ-donor", 1.38, 1.32, 1.45)])
  func oddsRatios(trial: String, value: Double, low: Double, high: Double) throws {
    let result = try ExperimentTests.analysis(of: "published/\(trial)")
    let row = try #require(result.results.first { $0.measure == "odds_ratio" })
    for (ours, theirs) in [(row.estimate, value), (row.confLow, low), (row.confHigh, high)] {
      #expect(abs(try #require(ours) - theirs) < 0.015)
    }
  }

  @Test(
    "drawn by lot +13.0 points; against the year before a difference, no conclusion, and no use")
  func teachingPair() throws {
    let drawn = try ExperimentTests.analysis(of: "published/tsukuba-envelope")
    let effect = try #require(drawn.results.first { $0.measure == "risk_difference" }?.estimate)
    #expect(abs(effect - 0.13) < 1e-12)
    #expect(drawn.verdicts.map(\.conclusion) == [.increases])

    let place = try TemporaryFolder()
    let out = place.url.appending(path: "out").path
    let file = "\(Self.folder)/tsukuba-envelope/before-after.yml"
    let run = try CommandLineTool.run("analyze", file, "--out", out, "--lang", "en")
    #expect(run.status == 1)
    let other = try TrialResult.load(out)
    #expect(other.verdicts.isEmpty)
    #expect(other.checks.contains { $0.kind == .notRandomised && $0.status == .fail })
    #expect(!other.checks.contains { if case .sampleRatio = $0.kind { true } else { false } })
    let lift = try #require(other.results.first { $0.measure == "relative_lift" }?.estimate)
    #expect(abs(lift - 0.265) < 1e-12)
    let page = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
    #expect(page.contains("Nobody was drawn by lot"))
    #expect(!page.contains("is expected to increase"))
    let pooled = try CommandLineTool.run("pool", out, out, "--lang", "en")
    #expect(pooled.status == 2 && pooled.errors.contains("the difference is no effect"))
  }

  @Test("nobody is drawn where the file says that nobody is, and nothing can be drawn again")
  func nothingToDraw() throws {
    let place = try TemporaryFolder()
    let trial = """
      nudge: 1
      trial: before-after
      title: 前後
      arms: [{id: before, control: true}, {id: after}]
      unit: id
      assignment: {method: none, column: year}
      outcomes: [{id: y, role: primary, kind: binary, column: y}]
      data: {file: data.csv}
      """
    try place.file(named: "trial.yml", trial)
    try place.file(named: "people.csv", "id\na\nb\n")
    let path = place.url.path
    #expect(try CommandLineTool.run("lock", path).status == 0)
    let run = try CommandLineTool.run(
      "assign", path, "--frame", path + "/people.csv", "--lang", "en")
    #expect(run.status == 2 && run.errors.contains("nobody is drawn"))
    try place.file(named: "trial.yml", trial + "\nanalysis: {inference: [randomization]}\n")
    let check = try CommandLineTool.run("check", path, "--lang", "en")
    #expect(check.status == 2 && check.errors.contains("nothing can be drawn again"))
  }
}
