import Foundation
import TestSupport
import Testing

/// The notebook that redraws the main chart, run by Jupyter on a result of this build.
@Suite(
  "The notebook",
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/jupyter-nbconvert")))
struct NotebookTests {
  private struct Notebook: Decodable {
    struct Cell: Decodable {
      struct Output: Decodable {
        var output_type: String
        var data: [String: Text]?
        var text: Text?
      }
      var outputs: [Output]?
    }
    var cells: [Cell]
  }

  /// Notebooks hold texts whole or in lines.
  private struct Text: Decodable {
    var whole: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      whole =
        if let lines = try? container.decode([String].self) { lines.joined() } else {
          try container.decode(String.self)
        }
    }
  }

  @Test("it reads the table without arguments, and draws the numbers of the result")
  func runs() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "out").path
    _ = try CommandLineTool.run("analyze", "experiments/hokkaido-jobcafe", "--out", out)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/jupyter-nbconvert")
    process.arguments = [
      "--to", "notebook", "--execute", "--output-dir", folder.url.path, "--output", "done.ipynb",
      SharedFolder.repository.appending(path: "notebooks-data/result.ipynb").path,
    ]
    process.environment = [
      "PATH": "/usr/bin:/bin", "NUDGE_RESULT": out, "HOME": folder.url.path, "LANG": "C.UTF-8",
    ]
    process.standardError = try FileHandle(forWritingTo: folder.file(named: "errors.txt"))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let errors = try String(contentsOf: folder.url.appending(path: "errors.txt"), encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(errors.suffix(800))")
    let notebook = try JSONDecoder().decode(
      Notebook.self, from: Data(contentsOf: folder.url.appending(path: "done.ipynb")))
    let outputs = notebook.cells.flatMap { $0.outputs ?? [] }
    let picture = outputs.compactMap { $0.data?["image/png"] }.first
    #expect((picture?.whole.count ?? 0) > 5000)
    // A font without Japanese letters draws boxes and says so.
    #expect(!errors.contains("missing from current font"))

    let drawn = try #require(outputs.compactMap(\.text).last?.whole)
    let numbers = try JSONDecoder().decode(
      [String: [String: Double]].self, from: Data(drawn.utf8))
    let table = try String(contentsOfFile: out + "/results.csv", encoding: .utf8)
      .split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let columns = table[0].map(String.init)
    func place(_ name: String) throws -> Int { try #require(columns.firstIndex(of: name)) }
    let planned = try table.dropFirst().filter { row in
      try row[place("outcome")] == "visited" && row[place("cohort")] == "all"
        && row[place("measure")] == "risk_difference"
        && row[place("estimator")] == "difference_in_means"
    }
    #expect(planned.count == 3)
    for row in planned {
      let arm = String(row[try place("arm")])
      for name in ["estimate", "conf_low", "conf_high", "p_adjusted"] {
        let (ours, theirs) = (Double(row[try place(name)]), numbers[name]?[arm])
        #expect(abs(try #require(ours) - #require(theirs)) < 1e-12, "\(arm) \(name)")
      }
    }
  }
}
