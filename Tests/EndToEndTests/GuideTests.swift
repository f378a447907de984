import Foundation
import TestSupport
import Testing
import Trials

/// The guides in docs/guide: what they show runs.
@Suite("Guides")
struct GuideTests {
  private static let folder = SharedFolder.repository.appending(path: "docs/guide")
  private static let guides = [
    "data-protection", "interview-to-trial", "outcome", "report", "rollout",
  ]
  private static let all = guides.flatMap { ["\($0).ja.md", "\($0).en.md"] }

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// What stands between fences of a language.
  private static func blocks(_ language: String, in text: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  @Test("there are five, in both languages, and the index names them")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(Self.all + ["README.md"]))
    let index = try Self.text("README.md")
    for name in Self.all { #expect(index.contains("](\(name))")) }
  }

  @Test("their commands run as they are written", arguments: all)
  func commands(name: String) throws {
    let lines = try Self.blocks("sh", in: Self.text(name)).flatMap { $0.split(separator: "\n") }
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      #expect(words.first == "nudge")
      let run = try CommandLineTool.run(Array(words.dropFirst()))
      #expect(run.status == 0, "\(line): \(run.errors)")
    }
  }

  @Test("every trial, guide and command that they name exists", arguments: all)
  func names(name: String) throws {
    let text = try Self.text(name)
    for match in text.matches(of: /`experiments\/([a-z\/-]+)`/) {
      let trial = SharedFolder.repository.appending(path: "experiments/\(match.1)/trial.yml")
      #expect(FileManager.default.fileExists(atPath: trial.path), "\(match.1)")
    }
    for match in text.matches(of: /\]\(([a-z.-]+\.md)\)/) {
      #expect(Self.all.contains(String(match.1)))
    }
    for match in text.matches(of: /`nudge ([a-z]+)/) {
      let help = try CommandLineTool.run("help", String(match.1))
      #expect(help.status == 0 && help.output.contains("nudge \(match.1)"), "\(match.1)")
    }
  }

  @Test(
    "the trial that the first guide builds up is one without a fault",
    arguments: ["interview-to-trial.ja.md", "interview-to-trial.en.md"])
  func trial(name: String) throws {
    let place = try TemporaryFolder()
    let yaml = try Self.blocks("yaml", in: Self.text(name)).joined()
    try place.file(named: "trial.yml", yaml)
    try place.file(
      named: "letters.csv", "participant_id,arm,age,visited\na,control,40,0\nb,timely,41,1\n")
    let run = try CommandLineTool.run("check", place.url.path, "--lang", "en")
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("the assumptions that docs/simulate.md shows make data")
  func assumptions() throws {
    let text = try String(
      contentsOf: SharedFolder.repository.appending(path: "docs/simulate.md"), encoding: .utf8)
    let section = try #require(Self.blocks("yaml", in: text).first)
    let place = try TemporaryFolder()
    try place.file(
      named: "trial.yml",
      """
      nudge: 1
      trial: t
      title: t
      arms: [{id: control, control: true}, {id: social}]
      unit: id
      assignment: {method: clustered, clusters: town, column: arm}
      outcomes: [{id: opened, role: primary, kind: binary}]
      data: {file: data.csv}
      \(section.replacing("units: 20000", with: "units: 500"))
      """)
    let run = try CommandLineTool.run("simulate", place.url.path, "--lang", "en")
    #expect(run.status == 0, "\(run.errors)")
    let header = run.output.split(separator: "\r\n").dropFirst().first
    #expect(
      header
        == "id,household,town,job_ratio,age_band,sampled,day,arm,opened,booked,score,days,placed,shown,clicks"
    )
  }

  @Test("the lines of other guides are of a trial file", arguments: all)
  func lines(name: String) throws {
    guard !name.hasPrefix("interview") else { return }
    for block in try Self.blocks("yaml", in: Self.text(name)) {
      let yaml = """
        nudge: 1
        trial: t
        title: t
        arms: [{id: a, control: true}, {id: b}]
        unit: row
        assignment: {method: complete, column: arm}
        outcomes: [{id: y, role: primary, kind: binary}]
        data: {file: data.csv}
        \(block)
        """
      #expect(throws: Never.self) { try TrialFile.decode(yaml: yaml, file: "trial.yml") }
    }
  }
}
