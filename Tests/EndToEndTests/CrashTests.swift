import Foundation
import Ledger
import TestSupport
import Testing

/// Four clerks enrol people at once, and their programs are killed at any instant.
@Suite("Crashes while people are enrolled")
struct CrashTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let trial = """
    nudge: 1
    trial: crash
    title: 窓口での割付け
    arms:
      - {id: control, control: true}
      - {id: social}
    unit: id
    assignment: {method: permuted_blocks, blocks: [office], concealed: true}
    outcomes:
      - {id: visited, role: primary, kind: binary, column: visited}
    """

  /// Remembers what the programs told, from several threads; every access holds the lock.
  private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var told: [String: Set<String>] = [:]
    private var killCount = 0
    private var finishCount = 0

    private func locked<Answer>(_ body: () -> Answer) -> Answer {
      lock.lock()
      defer { lock.unlock() }
      return body()
    }

    var arms: [String: Set<String>] { locked { told } }
    var kills: Int { locked { killCount } }
    var finished: Int { locked { finishCount } }
    func killed() { locked { killCount += 1 } }
    func ended() { locked { finishCount += 1 } }

    func hear(_ output: String) {
      // A line that is cut off was told to nobody.
      for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        let parts = line.split(separator: "\t").map(String.init)
        guard parts.count == 3 else { continue }
        locked { _ = told[parts[0], default: []].insert(parts[2]) }
      }
    }
  }

  @Test("200 kills at random instants: no arm lost, nobody drawn twice, the ledger verifies")
  func kills() throws {
    try folder.file(named: "trial.yml", Self.trial)
    let path = folder.url.path
    #expect(try CommandLineTool.run("lock", path).status == 0)
    let told = Told()
    let group = DispatchGroup()
    for clerk in 0..<4 {
      group.enter()
      let path = folder.url
      // Threads of their own: the clerks wait for their programs, which tasks must not.
      Thread.detachNewThread {
        Self.work(of: clerk, in: path, told)
        group.leave()
      }
    }
    group.wait()
    #expect(told.kills >= 200 && told.finished > 20)

    let ledger = try Ledger(at: path + "/ledger.sqlite")
    #expect(ledger.problems() == [])
    let units = try ledger.units()
    #expect(Set(units.map(\.unit)).count == units.count && units.count > 20)
    // Whoever was told an arm is in the ledger, and is told the same again.
    let known = Set(units.map(\.unit))
    for (unit, arms) in told.arms { #expect(arms.count == 1 && known.contains(unit)) }
    let verified = try CommandLineTool.run("verify", path, "--lang", "en")
    #expect(verified.status == 0, "\(verified.output)")
    let all = try CommandLineTool.run(["assign", path, "--release"] + units.map(\.unit))
    var final: [String: String] = [:]
    for line in all.output.split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      if parts.count == 3 { final[parts[0]] = parts[2] }
    }
    for (unit, arms) in told.arms { #expect(arms == [final[unit] ?? ""]) }
  }

  /// Enrols three people, who overlap with other clerks', and asks for the arms of two, until enough programs
  /// were killed.
  private static func work(of clerk: Int, in folder: URL, _ told: Told) {
    let list = folder.appending(path: "list\(clerk).csv")
    var round = 0
    while told.kills < 200, round < 2000 {
      round += 1
      let first = round * 2 + clerk % 2
      let rows = (first..<first + 3).map { "札幌市-\($0),\($0 % 2 == 0 ? "中央" : "北")" }
      let text = "id,office\n" + rows.joined(separator: "\n") + "\n"
      try? text.write(to: list, atomically: true, encoding: .utf8)
      run(["assign", folder.path, "--frame", list.path], told)
      run(["assign", folder.path, "--release", "札幌市-\(first)", "札幌市-\(first + 1)"], told)
    }
  }

  /// Runs a program and, every other time, kills it.
  private static func run(_ arguments: [String], _ told: Told) {
    let process = Process()
    process.executableURL = CommandLineTool.executable
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return }
    if Bool.random() {
      Thread.sleep(forTimeInterval: .random(in: 0.001...0.18))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        told.killed()
      }
    }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationReason == .exit, process.terminationStatus == 0 { told.ended() }
    told.hear(String(decoding: bytes, as: UTF8.self))
  }
}
