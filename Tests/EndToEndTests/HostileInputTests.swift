import Foundation
import TestSupport
import Testing

/// Wrong data end with exit code 2, the file and the line, and nothing written.
struct HostileInputTests {
  static let trial = """
    nudge: 1
    trial: small
    title: 小さな試験
    arms:
      - {id: control, name: 現行, control: true}
      - {id: social, name: 同世代の声}
    unit: id
    assignment: {method: simple, column: arm}
    outcomes:
      - {id: visited, role: primary, kind: binary, column: visited}
    data: {file: data.csv, shape: units}
    """

  static let header = "id,arm,visited\n"

  /// What the data file holds, and what the message must name.
  static let cases: [(name: String, bytes: [UInt8], mention: String)] = [
    ("unknown arm", Array((header + "1,control,0\n2,socail,1\n").utf8), "data.csv:3"),
    ("not 0 or 1", Array((header + "1,control,0\n2,social,2\n").utf8), "data.csv:3"),
    ("not a number", Array((header + "1,control,0\n2,social,yes\n").utf8), "data.csv:3"),
    ("ragged row", Array((header + "1,control,0\n2,social\n").utf8), "data.csv:3"),
    ("quote left open", Array((header + "1,\"control,0\n2,social,1\n").utf8), "data.csv:2"),
    (
      "NUL byte", Array((header + "1,control,0\n2,so").utf8) + [0] + Array("cial,1\n".utf8),
      "data.csv:3"
    ),
    ("column missing", Array("id,arm,visitted\n1,control,0\n".utf8), "trial.yml:10"),
    ("no rows", Array(header.utf8), "data.csv"),
    ("empty file", [], "data.csv"),
  ]

  @Test("wrong data are refused with their place", arguments: cases.indices)
  func refused(index: Int) throws {
    let (name, bytes, mention) = Self.cases[index]
    let folder = try TemporaryFolder()
    try folder.file(named: "trial.yml", Self.trial)
    try folder.file(named: "data.csv", bytes: bytes)
    let out = folder.url.appending(path: "out").path
    for language in ["ja", "en"] {
      let run = try CommandLineTool.run(
        "analyze", folder.url.path, "--out", out, "--lang", language)
      #expect(run.status == 2, "\(name)")
      #expect(run.errors.contains(mention), "\(name): \(run.errors)")
      #expect(run.output.isEmpty, "\(name)")
      #expect(try folder.names() == ["data.csv", "trial.yml"], "\(name)")
    }
  }

  @Test("a directory in place of a file")
  func directory() throws {
    let folder = try TemporaryFolder()
    try folder.file(named: "trial.yml", Self.trial)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "data.csv"), withIntermediateDirectories: true)
    let run = try CommandLineTool.run("analyze", folder.url.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("data.csv"))
  }

  @Test("no data yet: check passes the definition, analyze says what is missing")
  func noData() throws {
    let folder = try TemporaryFolder()
    try folder.file(named: "trial.yml", Self.trial)
    #expect(try CommandLineTool.run("check", folder.url.path).status == 0)
    let run = try CommandLineTool.run("analyze", folder.url.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("data.csv"))
  }

  @Test("a damaged result is refused")
  func damagedResult() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(named: "result.json", "{\"nudge\": 1, \"trial\":")
    let run = try CommandLineTool.run("report", file.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("result.json"))
  }

  @Test("one arm far too small fails the sample-ratio check: the answer is printed, the code is 1")
  func sampleRatio() throws {
    let folder = try TemporaryFolder()
    try folder.file(named: "trial.yml", Self.trial)
    let rows = (1...1000).map { "\($0),\($0 <= 600 ? "control" : "social"),\($0 % 3 == 0 ? 1 : 0)" }
    try folder.file(named: "data.csv", Self.header + rows.joined(separator: "\n") + "\n")
    let run = try CommandLineTool.run("analyze", folder.url.path)
    #expect(run.status == 1)
    #expect(run.output.contains("visited"))
    #expect(!run.errors.isEmpty)
  }
}
