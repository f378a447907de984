import Statistics
import Testing
import Vocabulary

@testable import DataSources

@Suite("Saved answers to the queries of sums")
struct SavedAnswerTests {
  static let request = TallyRequest(
    texts: ["arm"], tests: [.init(column: "x", .range(from: 0, to: nil))],
    sets: [VariableSet(["y", "x"])])
  static let header =
    "request,key_1,test_1,n_rows,not_numbers,not_binaries,n_1,mean_1_1,mean_1_2,product_1_1_1,product_1_2_1,product_1_2_2"

  private static func row(_ values: String) -> String { "\(request.fingerprint),\(values)" }

  private func read(_ lines: [String]) throws -> Tally? {
    let folder = try TemporaryFolder()
    let path = try folder.file(lines.joined(separator: "\n") + "\n")
    return try SavedAnswer(moments: path, columns: []).tally(Self.request)
  }

  /// What is complained of, behind the file's name.
  private func faults(_ lines: [String]) throws -> [String] {
    do {
      _ = try read(lines)
      return []
    } catch let faults as Faults {
      return faults.all.map { String($0.line(in: .english).dropFirst($0.location.file.count)) }
    }
  }

  /// By hand: y = 1, 2, 3 and x = 2, 4, 6 have means 2 and 4 and products 2, 4, 8.
  @Test("columns in any order and case; extra ones are left alone")
  func reads() throws {
    let names = Self.header.split(separator: ",").map { String($0) }
    let values = Self.row("control,1,4,0,0,3,2.0,4E0,2,4,8").split(separator: ",").map {
      String($0)
    }
    let lines = [
      (names.reversed() + ["more"]).joined(separator: ",").uppercased(),
      (values.reversed() + ["x"]).joined(separator: ","),
    ]
    let tally = try #require(try read(lines))
    let part = try #require(tally.parts.first)
    #expect(part.texts == ["control"] && part.tests == [true] && part.rows == 4)
    #expect(
      part.moments
        == [Moments(count: 3, means: [2, 4], crossProducts: [2, 4, 8])].compactMap(\.self))
  }

  @Test("no rows, an empty text, and a set that nobody has whole")
  func empty() throws {
    #expect(try read([Self.header])?.parts.isEmpty == true)
    let tally = try #require(try read([Self.header, Self.row(",0,2,0,0,0,,,,,")]))
    #expect(tally.parts.map(\.texts) == [[nil]])
    #expect(tally.parts.first?.moments == [Moments(variables: 2)])
  }

  /// か + combining mark and が are one text to people and to Swift, and two to an engine.
  @Test("two spellings of one text are one part")
  func spellings() throws {
    let tally = try #require(
      try read([
        Self.header, Self.row("が,1,1,0,0,1,1,1,0,0,0"), Self.row("か\u{3099},1,1,0,0,1,3,3,0,0,0"),
      ]))
    let part = try #require(tally.parts.first)
    #expect(tally.parts.count == 1 && part.rows == 2)
    // Of 1 and 3: mean 2, Σ(y − ȳ)² = 2.
    #expect(part.moments[0].means == [2, 2] && part.moments[0].crossProducts == [2, 2, 2])
  }

  @Test("every fault at once, each in its place")
  func allFaults() throws {
    let lines = try faults([
      Self.header, Self.row("a,1,-4,0,0,3,2,4,2,4,8"), Self.row("a,2,4,0,0,3.5,2,4,2,4,8"),
      Self.row("b,0,4,3,2,3,2,,2,4,-8"), Self.row("c,0,4,0,0,5,2,4,2,4,-8"),
    ])
    #expect(lines.contains { $0.hasPrefix(":2:18: column 'n_rows' needs a whole number") })
    #expect(lines.contains { $0.hasPrefix(":3:16: column 'test_1' needs 0 or 1") })
    #expect(lines.contains { $0.hasPrefix(":3:24: column 'n_1' needs a whole number") })
    #expect(lines.contains { $0.hasPrefix(":4:20: 3 rows hold a value that is no finite number") })
    #expect(
      lines.contains { $0.hasPrefix(":4:22: 2 rows hold something else in a column of zeros") })
    #expect(lines.contains { $0.hasPrefix(":4:28: column 'mean_1_2' has no value") })
    #expect(lines.contains { $0.hasPrefix(":5:24: column 'n_1' is above n_rows") })
    #expect(lines.contains { $0.contains("product_1_2_2' is a sum of squares") })
  }

  @Test("another trial's answer")
  func otherRequest() throws {
    let lines = try faults([Self.header, "0123456789ab,a,1,4,0,0,3,2,4,2,4,8"])
    #expect(lines.count == 1)
    #expect(lines[0].hasPrefix(":2:1: this answers another query (0123456789ab)"))
    // Even one that lacks columns of this.
    #expect(try faults(["request,key_1", "0123456789ab,a"]).count == 1)
  }

  @Test(
    "a column that is not there, a number that is none",
    arguments: [
      (header.replacing("n_rows", with: "n_row"), ":1:1: there is no column 'n_rows'"),
      (header.replacing("request", with: "query"), "there is no column 'request'"),
    ])
  func columns(header: String, words: String) throws {
    let lines = try faults([header, Self.row("a,1,4,0,0,3,2,4,2,4,8")])
    #expect(
      lines.contains { $0.contains(words.dropFirst(words.hasPrefix(":") ? 5 : 0)) }, "\(lines)")
    let numbers = try faults([Self.header, Self.row("a,1,4,0,0,3,NaN,inf,2,4,8")])
    #expect(numbers.count == 2 && numbers.allSatisfy { $0.hasPrefix(":2:") })
  }

  @Test("rows are asked for in vain, identifiers not")
  func rows() throws {
    let answer = SavedAnswer(moments: "moments.csv", columns: ["id", "y"])
    #expect(throws: Faults.self) { try answer.table(of: ["y": .number]) }
    #expect(try answer.table(of: ["id": .identifier]).rowCount == 0)
    #expect(throws: Faults.self) {
      try answer.leverages(LeverageRequest(tally: Self.request, regressions: []))
    }
  }
}
