import Foundation
import TestSupport
import Testing

/// result.json against the schema that is published with it, by Python's own validator.
@Suite("The schema of result.json")
struct SchemaTests {
  private static func validate(_ path: String) throws -> (status: Int32, words: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft7Validator.check_schema(schema)
      faults = list(jsonschema.Draft7Validator(schema).iter_errors(json.load(open(sys.argv[2]))))
      for fault in faults[:5]: print('/'.join(map(str, fault.absolute_path)), fault.message[:200])
      sys.exit(1 if faults else 0)
      """,
      SharedFolder.repository.appending(path: "docs/result.schema.json").path, path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, words)
  }

  @Test(
    "every example's result is what the schema says",
    arguments: [
      "hokkaido-jobcafe", "published/ggl-social-pressure", "published/tanf-letters",
      "published/kamakura-survey", "published/tsukuba-envelope", "kobe-outreach",
      "kochi-peer", "niigata-outreach", "ota-survey", "tochigi-seminar", "tottori-shokuba",
      "gunma-mensetsukai", "hyogo-kigyo", "yamanashi-webad", "hokkaido-workshop", "yamanashi-line",
      "hokkaido-municipalities",
    ])
  func examples(trial: String) throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "out").path
    _ = try CommandLineTool.run("analyze", "experiments/\(trial)", "--out", out)
    let found = try Self.validate(out + "/result.json")
    #expect(found.status == 0, "\(found.words)")
  }

  @Test(
    "so is that of a factorial trial with groups; a key that nobody knows, or a p-value of 2, is not"
  )
  func others() throws {
    let folder = try TemporaryFolder()
    try folder.file(
      named: "trial.yml",
      """
      nudge: 1
      trial: crossed
      title: 要因
      arms:
        - {id: a, control: true, levels: {f: x, g: u}}
        - {id: b, levels: {f: y, g: u}}
        - {id: c, levels: {f: x, g: v}}
        - {id: d, levels: {f: y, g: v}}
      unit: row
      assignment: {method: factorial, factors: [{id: f, levels: [x, y]}, {id: g, levels: [u, v]}]}
      outcomes: [{id: b, role: primary, kind: binary, column: b, worthwhile: 0.05}]
      data: {file: data.csv, shape: counts}
      disclosure: {minimum_cell: 30}
      """)
    try folder.file(named: "data.csv", "arm,n,b\na,100,20\nb,100,30\nc,100,50\nd,100,44\n")
    let out = folder.url.appending(path: "out").path
    let run = try CommandLineTool.run("analyze", folder.url.path, "--out", out)
    #expect(run.status < 2, "\(run.errors)")
    let found = try Self.validate(out + "/result.json")
    #expect(found.status == 0, "\(found.words)")
    let published = try Self.validate(out + "/publish/result.json")
    #expect(published.status == 0, "\(published.words)")
    let text = try String(contentsOfFile: out + "/result.json", encoding: .utf8)
    for (old, new) in [
      ("\"lock\" : null", "\"lock\" : null, \"key\" : 1"), ("\"nudge\" : 1", "\"nudge\" : 2"),
      ("\"role\" : \"primary\"", "\"role\" : \"main\""),
    ] {
      let changed = try folder.file(
        named: "changed.json", text.replacing(old, with: new, maxReplacements: 1))
      #expect(try Self.validate(changed.path).status == 1, "\(new)")
    }
  }
}
