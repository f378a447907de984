import Testing
import Vocabulary

@testable import Trials

@Suite struct ScaffoldTests {
  let files = Dictionary(
    uniqueKeysWithValues: Scaffold.files(id: "jobcafe", title: "案内文の検証")
      .map { ($0.path, $0.contents) })

  var rows: [[String]] {
    let lines = (files["data.csv"] ?? "").split(separator: "\n")
    return lines.filter { !$0.hasPrefix("#") }.dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }

  @Test func decodesWithoutFaults() throws {
    let text = try #require(files["trial.yml"])
    let file = try TrialFile.decode(yaml: text, file: "trial.yml")
    #expect(file.trial.id == "jobcafe")
    #expect(file.trial.title == BilingualText("案内文の検証"))
    #expect(file.trial.data.simulated)
    let header = try #require(files["data.csv"]).split(separator: "\n").first { !$0.hasPrefix("#") }
    let columns = try #require(header).split(separator: ",").map(String.init)
    #expect(file.faults(againstColumns: columns) == [])
    #expect(files["README.md"]?.hasPrefix("# 案内文の検証\n") == true)
  }

  /// What the template explains is what the format knows.
  @Test func showsEveryKeyOfTheFile() throws {
    let text = try #require(files["trial.yml"])
    for key in TrialReader.rootKeys {
      #expect(text.contains("\n\(key):"), "\(key)")
    }
  }

  @Test func marksItsDataAsSimulated() throws {
    let text = try #require(files["data.csv"])
    #expect(text.hasPrefix("# SOURCE: "))
    #expect(text.split(separator: "\n").prefix(2).allSatisfy { $0.hasPrefix("# SOURCE: ") })
  }

  /// The counts that the comment beside the rule promises: 600 = 3 arms × 8 blocks × 25.
  @Test func hasTheCountsThatItPromises() {
    #expect(rows.count == 600)
    #expect(Set(rows.map { $0[0] }).count == 600)
    let expected = ["control": (80, 12), "simple": (90, 18), "social": (100, 26)]
    for (arm, counts) in expected {
      let people = rows.filter { $0[4] == arm }
      #expect(people.count == 200)
      #expect(people.filter { $0[6] == "1" }.count == counts.0)
      #expect(people.filter { $0[7] == "1" }.count == counts.1)
      #expect(people.allSatisfy { $0[7] <= $0[6] && $0[6] <= $0[5] })
    }
    let cells = Dictionary(grouping: rows) { "\($0[1])\($0[2])\($0[4])" }
    #expect(cells.count == 24)
    #expect(cells.values.allSatisfy { $0.count == 25 })
    #expect(rows.allSatisfy { (34...49).contains(Int($0[3]) ?? 0) })
  }

  @Test(arguments: [
    ("hokkaido-jobcafe", "hokkaido-jobcafe"), ("Job Café 2021", "job-caf-2021"), ("就労支援", "trial"),
    ("", "trial"), ("--a__b--", "a-b"), ("..", "trial"), ("a'b\n: {", "a-b"),
  ])
  func makesIdentifiers(name: String, id: String) throws {
    #expect(Scaffold.identifier(from: name) == id)
    let text = try #require(Scaffold.files(id: name, title: "t").first?.contents)
    #expect(try Trial.decode(yaml: text, file: "trial.yml").id == id)
  }

  @Test(arguments: [
    ("it's", "it's"), ("a: b # c", "a: b # c"), ("\"x\" {y} [z] *w &v", "\"x\" {y} [z] *w &v"),
    ("一行目\n二行目\t\u{0}", "一行目 二行目"), ("", "新しい試験"), ("''", "''"), ("&a *a", "＆a *a"),
    ("\u{FEFF}", "新しい試験"),
  ])
  func quotesTitles(title: String, read: String) throws {
    let text = try #require(Scaffold.files(id: "t", title: title).first?.contents)
    #expect(try Trial.decode(yaml: text, file: "trial.yml").title == BilingualText(read))
  }
}
