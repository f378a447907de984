import Foundation
import TestSupport
import Testing

/// From a trial with small numbers to the files that may leave the office.
@Suite("Publication")
struct PublicationTests {
  private static func folder(disclosure: String = "disclosure: {minimum_cell: 10, symbol: '***'}")
    throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.file(
      named: "trial.yml",
      """
      nudge: 1
      trial: areas
      title: 地域
      arms: [{id: control, name: 現行, control: true}, {id: social, name: 同世代}]
      cohorts:
        - {id: a, name: 甲, where: {area: a}}
        - {id: b, name: 乙, where: {area: b}}
        - {id: c, name: 丙, where: {area: c}}
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: visited, name: 来所, role: primary, kind: binary, worthwhile: 0.01}]
      funnel: [opened, visited]
      data: {file: data.csv, shape: counts}
      \(disclosure)
      """)
    try folder.file(
      named: "data.csv",
      """
      arm,area,n,opened,visited
      control,a,2000,900,613
      control,b,400,180,151
      control,c,300,16,7
      social,a,2000,910,801
      social,b,400,190,142
      social,c,300,170,121

      """)
    return folder
  }

  private static func unpacked(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(''.join(z.read(n).decode() for n in z.namelist() if n.endswith('.xml')))",
      path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }

  @Test("no format holds a hidden number, every one holds the symbol or a note")
  func everyFormat() throws {
    let folder = try Self.folder()
    let out = folder.url.appending(path: "out").path
    let run = try CommandLineTool.run("analyze", folder.url.path, "--out", out, "--lang", "ja")
    #expect(run.status == 0, "\(run.errors)")
    let files = ["result.json", "results.csv", "report.html", "report.xlsx"]
    func text(_ path: String) throws -> String {
      path.hasSuffix("xlsx")
        ? try Self.unpacked(path) : try String(contentsOfFile: path, encoding: .utf8)
    }
    for file in files {
      let (whole, published) = (
        try text("\(out)/\(file)"), try text("\(out)/publish/\(file)")
      )
      // 151 visited in 乙, the group that hides 丙's seven; its rate is 37.75 %.
      func holds(_ text: String, _ number: String) throws -> Bool {
        let escaped = number.replacing(".", with: "\\.")
        return try text.contains(Regex("(^|[^0-9a-f.])\(escaped)([^0-9a-f.]|$)"))
      }
      for number in ["151", "0.3775", "37.75"] {
        #expect(try !holds(published, number), "\(file) \(number)")
      }
      // Where it should stand, it does.
      #expect(try holds(whole, "151"), "\(file)")
      #expect(published.contains(file == "results.csv" ? "秘匿" : "***"), "\(file)")
    }
    #expect(try text("\(out)/report.html").contains("庁内限り"))
    #expect(try text("\(out)/publish/report.html").contains("公表用"))
    let log = try text("\(out)/disclosure.csv")
    #expect(log.contains("visited,0,control,c,small,300,7,"))
    #expect(log.contains("visited,0,control,b,complement,400,151,"))

    // The same from the result alone, and in another language.
    let again = try CommandLineTool.run(
      "report", out, "--publish", "--format", "json", "--lang", "en")
    #expect(try again.output == text("\(out)/publish/result.json"))
    #expect(again.errors.contains("2 numbers were hidden"))
  }

  @Test("few who came since are not told by the difference")
  func difference() throws {
    let folder = try Self.folder()
    let first = folder.url.appending(path: "first").path
    _ = try CommandLineTool.run("analyze", folder.url.path, "--out", first)
    let data = try String(contentsOf: folder.url.appending(path: "data.csv"), encoding: .utf8)
    try folder.file(
      named: "data.csv", data.replacing("social,a,2000,910,801", with: "social,a,2003,912,802"))
    let second = folder.url.appending(path: "second").path
    let run = try CommandLineTool.run(
      "analyze", folder.url.path, "--out", second, "--against", first + "/publish")
    #expect(run.status == 0, "\(run.errors)")
    let log = try String(contentsOfFile: second + "/disclosure.csv", encoding: .utf8)
    #expect(log.contains("visited,0,social,all,change,2703,1065,"))
    let published = try String(contentsOfFile: second + "/publish/results.csv", encoding: .utf8)
    #expect(!published.contains("1065"))
    // An internal result is no earlier version.
    let wrong = try CommandLineTool.run(
      "report", second, "--publish", "--against", first, "--format", "json", "--lang", "en")
    #expect(wrong.status == 2 && wrong.errors.contains("this is not a published result"))
  }

  @Test(
    "without disclosure: there is no version for publication, and asking for one says what to write"
  )
  func without() throws {
    let folder = try Self.folder(disclosure: "")
    let out = folder.url.appending(path: "out").path
    _ = try CommandLineTool.run("analyze", folder.url.path, "--out", out)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).count == 4)
    let run = try CommandLineTool.run("report", out, "--publish", "--lang", "en")
    #expect(run.status == 2 && run.errors.contains("add disclosure: {minimum_cell: 10}"))
  }
}
