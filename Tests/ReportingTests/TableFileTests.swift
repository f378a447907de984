@testable import Analysis
import Foundation
import Testing
import Vocabulary

@testable import Reporting

@Suite struct CSVTests {
  /// Reads RFC 4180, as a reader who knows nothing of our writer would.
  private func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var letters = Array(text.unicodeScalars)[...]
    while let letter = letters.popFirst() {
      switch letter {
      case "\"" where isQuoted && letters.first == "\"":
        field += "\""
        letters.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(field)
        field = ""
      case "\r" where !isQuoted && letters.first == "\n":
        letters.removeFirst()
        rows.append(row + [field])
        row = []
        field = ""
      default: field.unicodeScalars.append(letter)
      }
    }
    return rows
  }

  @Test func theHeaderIsTheContract() throws {
    let text = try Report(Fixture.result, language: .english).rendered(as: .csv)
    #expect(
      text.hasPrefix(
        "outcome,role,arm,control,cohort,estimand,measure,estimator,estimate,std_error,statistic,"
          + "df,p_value,p_adjusted,conf_low,conf_high,conf_level,n_arm,n_control,events_arm,"
          + "events_control,se_type,note,conf_low_adjusted,conf_high_adjusted\r\n"))
  }

  @Test(arguments: Language.allCases)
  func readsBack(language: Language) throws {
    let rows = parse(try Report(Fixture.result, language: language).rendered(as: .csv))
    #expect(rows.count == Fixture.result.results.count + 1)
    #expect(rows.allSatisfy { $0.count == 25 })
    for (fields, row) in zip(rows.dropFirst(), Fixture.result.results) {
      #expect(fields[0] == row.outcome && fields[2] == row.arm && fields[6] == row.measure)
      #expect(Double(fields[8]) == row.estimate)
      #expect(Double(fields[12]) == row.pValue)
      #expect(Double(fields[15]) == row.confHigh)
      #expect(fields[22].isEmpty == row.notes.isEmpty)
    }
  }

  @Test func quotesAndFormulasAreSafe() {
    #expect(CSVField.text("a,\"b\"\n") == "\"a,\"\"b\"\"\n\"")
    #expect(CSVField.text("=1+1") == "'=1+1")
    #expect(CSVField.text("plain") == "plain")
    #expect(CSVField.number(-0.5) == "-0.5")
    #expect(CSVField.number(.nan).isEmpty && CSVField.number(nil).isEmpty)
    #expect(CSVField.number(1000) == "1000")
    #expect(CSVField.number(0.1 + 0.2) == "0.30000000000000004")
  }
}

@Suite struct JSONTests {
  @Test func readsBackAsTheSameResult() throws {
    let text = try Report(Fixture.result, language: .japanese).rendered(as: .json)
    #expect(try TrialResult(json: text, file: "result.json") == Fixture.result)
  }

  @Test(arguments: WordingTests.notes)
  func everyNoteReadsBack(note: Note) throws {
    var result = Fixture.result
    result.results[0].notes = [note]
    #expect(try TrialResult(json: result.json(), file: "").results[0].notes == [note])
  }

  @Test(arguments: WordingTests.kinds)
  func everyCheckReadsBack(kind: Check.Kind) throws {
    var result = Fixture.result
    result.checks = [Check(kind: kind, status: .warn)]
    #expect(try TrialResult(json: result.json(), file: "").checks == result.checks)
  }

  @Test func unknownNumbersAreNull() throws {
    let json = try JSONSerialization.jsonObject(with: Data(Fixture.result.json().utf8))
    let root = try #require(json as? [String: Any])
    #expect(root["lock"] is NSNull)
    let rows = try #require(root["results"] as? [[String: Any]])
    let columns = Set(ResultTable.columns).subtracting(["note"]).union(["notes"])
    #expect(rows.allSatisfy { Set($0.keys) == columns })
    #expect(rows[0]["std_error"] is NSNull)
    let means = try #require(root["means"] as? [[String: Any]])
    #expect(means[0]["standard_deviation"] is NSNull)
    let funnel = try #require(root["funnel"] as? [[String: Any]])
    #expect(funnel[0]["difference"] is NSNull)
    let verdicts = try #require(root["verdicts"] as? [[String: Any]])
    #expect(verdicts[0]["beneficial"] is NSNull)
  }

  @Test(arguments: [Double.nan, .infinity])
  func refusesWhatJSONHasNot(value: Double) {
    var result = Fixture.result
    result.results[0].estimate = value
    #expect(throws: EncodingError.self) { try result.json() }
  }

  @Test func aDamagedFileIsAFaultThatNamesThePlace() throws {
    let text = try Fixture.result.json()
    func words(_ json: String) throws -> String {
      let fault = try #require(throws: Fault.self) {
        try TrialResult(json: json, file: "out/result.json")
      }
      return fault.line(in: .english)
    }
    #expect(try words(String(text.prefix(400))).hasPrefix("out/result.json: this is not JSON"))
    #expect(try words("{}").contains("nudge is missing"))
    #expect(
      try words(text.replacing("\"nudge\" : 1", with: "\"nudge\" : 7")).contains("version 7"))
    #expect(
      try words(text.replacing("\"risk_ratio\"", with: "5", maxReplacements: 1))
        .contains("results[6].measure"))
    #expect(
      try words(text.replacing("\"conf_level\" : 0.95,", with: "", maxReplacements: 1))
        .contains("conf_level is missing"))
  }

  @Test func aMissingFileIsAFault() throws {
    let fault = try #require(throws: Fault.self) {
      try TrialResult.load("no/such/result.json")
    }
    #expect(fault.line(in: .english).hasPrefix("no/such/result.json: cannot open"))
  }
}
