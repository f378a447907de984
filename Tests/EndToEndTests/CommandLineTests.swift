import Foundation
import TestSupport
import Testing

struct CommandLineTests {
  @Test("analyze answers in the terminal in both languages", arguments: ["ja", "en"])
  func analyze(language: String) throws {
    let run = try CommandLineTool.run(
      "analyze", "experiments/published/tanf-letters", "--lang", language)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains(language == "ja" ? "更新手続きの完了" : "Recertified"))
  }

  @Test("analyze --out writes four files and replaces none without --force")
  func outputFolder() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "report").path
    let first = try CommandLineTool.run(
      "analyze", "experiments/published/tanf-letters", "--out", out)
    #expect(first.status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    #expect(names == ["report.html", "report.xlsx", "result.json", "results.csv"])
    let again = try CommandLineTool.run(
      "analyze", "experiments/published/tanf-letters", "--out", out)
    #expect(again.status == 2)
    #expect(again.errors.contains("--force"))
    let forced = try CommandLineTool.run(
      "analyze", "experiments/published/tanf-letters", "--out", out, "--force")
    #expect(forced.status == 0)
  }

  @Test("several results become one, and one becomes a table of towns, in all formats")
  func poolAndRollout() throws {
    let folder = try TemporaryFolder()
    func trial(_ name: String, _ events: Int) throws -> String {
      let place = folder.url.appending(path: name).path
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try folder.file(
        named: "\(name)/trial.yml",
        """
        nudge: 1
        trial: \(name)
        title: <b>\(name)</b>
        arms: [{id: control, control: true}, {id: letter, name: 手紙, cost: 84}]
        unit: row
        assignment: {method: complete, column: arm}
        outcomes: [{id: visited, name: 来所, role: primary, kind: binary, column: visited}]
        data: {file: data.csv, shape: counts}
        rollout: {municipalities: towns.csv, code: code, tau: 0.02}
        """)
      try folder.file(
        named: "\(name)/data.csv", "arm,n,visited\ncontrol,1000,200\nletter,1000,\(events)\n")
      try folder.file(
        named: "\(name)/towns.csv", "code,name,population\n011002,札幌市,1000\n012025,=函館市,500\n")
      return place
    }
    let places = try [("a", 230), ("b", 260), ("c", 245)].map(trial)
    for place in places {
      #expect(try CommandLineTool.run("analyze", place, "--out", place + "/out").status == 0)
    }
    let outs = places.map { $0 + "/out" }
    let pool = folder.url.appending(path: "pool").path
    let pooled = try CommandLineTool.run(["pool"] + outs + ["--out", pool, "--lang", "ja"])
    #expect(pooled.status == 0 && pooled.output.contains("20回中19回"), "\(pooled.errors)")
    #expect(pooled.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: pool).sorted()
        == ["pool.csv", "pool.html", "pool.json", "pool.svg"])
    let page = try String(contentsOfFile: pool + "/pool.html", encoding: .utf8)
    #expect(!page.contains("<b>a</b>"))
    let towns = folder.url.appending(path: "towns").path
    let rollout = try CommandLineTool.run(
      ["rollout", places[0], "--with", outs[1], "--with", outs[2], "--out", towns, "--lang", "ja"])
    #expect(rollout.status == 0 && rollout.output.contains("札幌市"), "\(rollout.errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: towns).sorted()
        == ["rollout.csv", "rollout.html", "rollout.json", "rollout.xlsx"])
    let table = try String(contentsOfFile: towns + "/rollout.csv", encoding: .utf8)
    #expect(table.contains("'=函館市") && table.contains("011002"))
    // Codes keep their zero in Excel.
    let book = try ReadWorkbook.read(
      Array(try Data(contentsOf: URL(filePath: towns + "/rollout.xlsx"))))
    #expect(book.sheets[1].texts["B2"] == "011002" && book.sheets[1].formulas == 0)
    let alone = try CommandLineTool.run("rollout", places[0], "--lang", "en", "--format", "json")
    #expect(alone.status == 0 && alone.output.contains("\"prior_mean\" : 0.014"))
    let other = try CommandLineTool.run("pool", outs[0], outs[1], "--outcome", "visitd")
    #expect(other.status == 2 && other.errors.contains("visited"))
  }

  @Test("report renders a result again, the same as analyze did")
  func report() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "report").path
    _ = try CommandLineTool.run(
      "analyze", "experiments/published/tanf-letters", "--out", out, "--lang", "ja")
    let page = try CommandLineTool.run("report", out, "--lang", "ja")
    #expect(page.status == 0)
    let written = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
    #expect(page.output == written)
    let english = try CommandLineTool.run("report", out, "--lang", "en", "--format", "markdown")
    #expect(english.output.contains("Recertified"))
  }

  @Test("a new trial runs as it is")
  func new() throws {
    let folder = try TemporaryFolder()
    let trial = folder.url.appending(path: "my-trial").path
    #expect(try CommandLineTool.run("new", trial).status == 0)
    #expect(try CommandLineTool.run("check", trial).status == 0)
    #expect(try CommandLineTool.run("analyze", trial).status == 0)
    let towns = try CommandLineTool.run("rollout", trial, "--lang", "ja")
    #expect(towns.status == 0 && towns.output.contains("札幌市"), "\(towns.errors)")
    let again = try CommandLineTool.run("new", trial)
    #expect(again.status == 2)
  }

  @Test("LANG chooses the language, --lang overrules it")
  func language() throws {
    let quiet = ["LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_GB.UTF-8"]
    let english = try CommandLineTool.run("check", "no-such-folder", environment: quiet)
    #expect(english.status == 2)
    #expect(english.errors.allSatisfy { $0.isASCII })
    let japanese = try CommandLineTool.run(
      "check", "no-such-folder", "--lang", "ja", environment: quiet)
    #expect(japanese.errors.contains { !$0.isASCII })
  }

  @Test("wrong usage is wrong input; help is an answer")
  func usage() throws {
    #expect(try CommandLineTool.run("analyse").status == 2)
    #expect(try CommandLineTool.run("analyze").status == 2)
    #expect(try CommandLineTool.run("--help").status == 0)
    #expect(try CommandLineTool.run("--version").output == "0.1.0\n")
  }

  @Test("a full disk is said, and nothing is left behind")
  func fullDisk() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let run = try CommandLineTool.run("analyze", "experiments/published/tanf-letters", output: full)
    #expect(run.status == 2)
    #expect(!run.errors.isEmpty)
  }
}
