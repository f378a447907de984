import Foundation
import TestSupport
import Testing

/// One trial from its file to its verified result, by commands alone.
@Suite("A trial by its commands")
struct WholeTrialTests {
  private func run(_ arguments: String...) throws -> CommandLineTool.Run {
    try CommandLineTool.run(arguments + ["--lang", "en"])
  }

  @Test(
    "new, plan, lock, assign, simulate, monitor, analyze, verify, and what was changed is named")
  func whole() throws {
    let folder = try TemporaryFolder()
    let trial = folder.url.appending(path: "my-trial").path
    #expect(try CommandLineTool.run("new", trial).status == 0)
    let plan = try run("plan", trial)
    #expect(plan.status == 0 && plan.output.contains("With 600 units"))
    #expect(try run("assign", trial, "--frame", trial + "/data.csv").status == 2)
    #expect(try run("lock", trial).status == 0)
    #expect(try run("lock", trial).status == 2)
    let frame = try run("simulate", trial, "--frame", "--out", trial + "/frame.csv")
    #expect(frame.status == 0)
    let assigned = try run("assign", trial, "--frame", trial + "/frame.csv")
    #expect(assigned.status == 0 && assigned.output.contains("600 units drawn"))
    #expect(try run("assign", trial, "--verify").status == 0)
    #expect(try run("simulate", trial, "--out", trial + "/data.csv", "--force").status == 0)
    let watched = try run("monitor", trial)
    #expect(watched.status == 0 && watched.output.contains("600 agree"))
    let analysed = try run("analyze", trial, "--out", trial + "/out")
    #expect(analysed.status == 0 && analysed.output.contains("Analysed as locked"))
    let verified = try run("verify", trial)
    #expect(verified.status == 0 && verified.output.contains("out/result.json: is as it was"))
    let log = try run("log", trial)
    #expect(log.output.contains("analysis") && log.output.contains("seed committed"))
    #expect(try run("log", trial, "--deviation", "posted late").status == 0)

    // A changed byte of a result is named with the event that wrote it.
    var bytes = try Data(contentsOf: URL(filePath: trial + "/out/result.json"))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: trial + "/out/result.json"))
    let broken = try run("verify", trial)
    #expect(broken.status == 1)
    #expect(broken.output.contains("out/result.json: was changed (event 3, analysis)"))

    // A changed plan fails the analysis until it is recorded.
    let text = try String(contentsOfFile: trial + "/trial.yml", encoding: .utf8)
    try text.replacing("worthwhile: 0.03", with: "worthwhile: 0.02").write(
      toFile: trial + "/trial.yml", atomically: true, encoding: .utf8)
    let changed = try run("analyze", trial)
    #expect(changed.status == 1 && changed.output.contains("outcomes[visited].worthwhile"))
    #expect(try run("amend", trial, "--reason", "cheaper letters").status == 0)
    #expect(try run("analyze", trial).status == 0)
  }

  @Test("plan writes its three files, answers in three formats and refuses nonsense")
  func plan() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "plan").path
    let trial = "experiments/hokkaido-jobcafe"
    #expect(try run("plan", trial, "--out", out).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    #expect(names == ["plan.json", "power.csv", "power.svg"])
    let picture = try String(contentsOfFile: out + "/power.svg", encoding: .utf8)
    #expect(picture.contains("<title") && picture.contains("<desc") && !picture.contains("nan"))
    #expect(try run("plan", trial, "--out", out).status == 2)
    #expect(try run("plan", trial, "--format", "csv").output.hasPrefix("units,detectable_effect"))
    #expect(try run("plan", trial, "--format", "json").output.contains("\"detectable\""))
    for wrong in [["--units", "1"], ["--power", "1"], ["--effect", "-1"], ["--solve", "size"]] {
      #expect(try CommandLineTool.run(["plan", trial] + wrong).status == 2)
    }
    // Numbers that no trial has are answered, not trapped on.
    for extreme in [["--budget", "9e14"], ["--effect", "1e-300"], ["--effect", "0.9999999"]] {
      let run = try CommandLineTool.run(["plan", trial, "--solve", "units"] + extreme)
      #expect(run.status == 0 || run.status == 2, "\(extreme): \(run.status)")
    }
    let large = try run("plan", trial, "--units", "900000000", "--simulate", "1")
    #expect(large.status == 2 && large.errors.contains("too large to simulate"))
    let unknown = try run("plan", trial, "--outcome", "visitd")
    #expect(unknown.status == 2 && unknown.errors.contains("Did you mean 'visited'?"))
  }

  @Test("Ctrl-C prints what is known so far")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let trial = folder.url.appending(path: "t").path
    #expect(try CommandLineTool.run("new", trial).status == 0)
    let process = Process()
    process.executableURL = CommandLineTool.executable
    process.arguments = ["plan", trial, "--simulate", "1000000", "--units", "200", "--lang", "en"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: 3)
    process.interrupt()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(text.contains("Stopped early (") && text.contains("Simulated trials"))
  }

  @Test(
    "every line of plan, assign, monitor, log and verify fits 80 columns", arguments: ["ja", "en"])
  func width(language: String) throws {
    let folder = try TemporaryFolder()
    let trial = folder.url.appending(path: "t").path
    _ = try CommandLineTool.run("new", trial)
    for arguments in [
      ["plan", trial], ["lock", trial],
      ["simulate", trial, "--frame", "--out", trial + "/f.csv"],
      ["assign", trial, "--frame", trial + "/f.csv"], ["monitor", trial], ["log", trial],
      ["verify", trial],
    ] {
      let run = try CommandLineTool.run(
        arguments + (arguments[0] == "simulate" ? [] : ["--lang", language]))
      #expect(run.status == 0, "\(arguments[0]): \(run.errors)")
      for line in run.output.split(separator: "\n") where !line.contains(folder.url.path) {
        let width = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) }
        #expect(width <= 80, "\(line)")
      }
    }
  }
}
