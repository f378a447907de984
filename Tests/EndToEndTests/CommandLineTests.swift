import Foundation
import TestSupport
import Testing

struct CommandLineTests {
  @Test("analyze answers in the terminal in both languages", arguments: ["ja", "en"])
  func analyze(language: String) throws {
    let run = try CommandLineTool.run(
      "analyze", "experiments/tanf-letters", "--lang", language)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains(language == "ja" ? "更新手続きの完了" : "Recertified"))
  }

  @Test("analyze --out writes four files and replaces none without --force")
  func outputFolder() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "report").path
    let first = try CommandLineTool.run("analyze", "experiments/tanf-letters", "--out", out)
    #expect(first.status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    #expect(names == ["report.html", "report.xlsx", "result.json", "results.csv"])
    let again = try CommandLineTool.run("analyze", "experiments/tanf-letters", "--out", out)
    #expect(again.status == 2)
    #expect(again.errors.contains("--force"))
    let forced = try CommandLineTool.run(
      "analyze", "experiments/tanf-letters", "--out", out, "--force")
    #expect(forced.status == 0)
  }

  @Test("report renders a result again, the same as analyze did")
  func report() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "report").path
    _ = try CommandLineTool.run(
      "analyze", "experiments/tanf-letters", "--out", out, "--lang", "ja")
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
    let run = try CommandLineTool.run("analyze", "experiments/tanf-letters", output: full)
    #expect(run.status == 2)
    #expect(!run.errors.isEmpty)
  }
}
