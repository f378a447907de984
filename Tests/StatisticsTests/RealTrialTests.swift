import Foundation
import Statistics
import TestSupport
import Testing

/// Welch tests on the data of published trials, against R's t.test on the same files.
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct RealTrialTests {
  struct Trial: Sendable, CustomTestStringConvertible {
    var id: String
    var file: String
    var outcome: String
    var arm: String
    var treated: @Sendable (String) -> Bool
    var control: @Sendable (String) -> Bool
    var kind = Response.Kind.continuous
    /// A column that must be 1 for a row to count.
    var filter: String?
    var testDescription: String { id }
  }

  private static let trials: [Trial] =
    [
      Trial(
        id: "nsw445.welch", file: "nsw_dw_445", outcome: "re78", arm: "treat",
        treated: { $0 == "1" }, control: { $0 == "0" }),
      Trial(
        id: "nsw722.welch", file: "nsw_lalonde_722", outcome: "re78", arm: "treat",
        treated: { $0 == "1" }, control: { $0 == "0" }),
      Trial(
        id: "hillstrom.spend.Mens.welch", file: "hillstrom", outcome: "spend", arm: "segment",
        treated: { $0 == "Mens E-Mail" }, control: { $0 == "No E-Mail" }),
      Trial(
        id: "hillstrom.spend.Womens.welch", file: "hillstrom", outcome: "spend", arm: "segment",
        treated: { $0 == "Womens E-Mail" }, control: { $0 == "No E-Mail" }),
      Trial(
        id: "tanf.anyletter.welch", file: "tanf_letters", outcome: "success", arm: "condition",
        treated: { $0 != "No_Letter" }, control: { $0 == "No_Letter" }, kind: .binary,
        filter: "outcome_known"),
    ]
    + ["B", "C", "D", "E", "F", "G"].map { letter in
      Trial(
        id: "rubella2272.atest.welch.\(letter)", file: "rubella_nudge_2272", outcome: "atest",
        arm: "treat", treated: { $0 == letter }, control: { $0 == "A" }, kind: .binary)
    }

  @Test(arguments: trials) func welchMatchesR(trial: Trial) throws {
    let expected = try reference(trial.id)
    let url = try #require(SharedFolder.file("data/\(trial.file).csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).utf8
      .split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    let header = fields(try #require(lines.first))
    let outcome = try #require(header.firstIndex(of: trial.outcome))
    let arm = try #require(header.firstIndex(of: trial.arm))
    let filter = trial.filter.flatMap { header.firstIndex(of: $0) }
    var values: [String: [Double]] = [:]
    for line in lines.dropFirst() {
      let row = fields(line)
      guard let value = Double(row[outcome]), filter.map({ row[$0] == "1" }) ?? true else {
        continue
      }
      if trial.treated(row[arm]) {
        values["a", default: []].append(value)
      } else if trial.control(row[arm]) {
        values["c", default: []].append(value)
      }
    }

    let means = try marginalMeans(of: values, kind: trial.kind)
    let estimate = try MeanDifference().estimate(armAgainstControl, from: means)
    let interval = try bounds(of: FixedHorizon().interval(of: estimate, level: 0.95))
    #expect(isClose(means.arms[1].mean, try #require(expected["mean1"])))
    #expect(isClose(means.arms[0].mean, try #require(expected["mean2"])))
    #expect(isClose(estimate.value, try #require(expected["diff"])))
    #expect(isClose(estimate.standardError, try #require(expected["se"])))
    #expect(isClose(estimate.statistic, try #require(expected["t"])))
    #expect(isClose(estimate.degreesOfFreedom, try #require(expected["df"])))
    #expect(isClose(try FixedHorizon().pValue(of: estimate), try #require(expected["p"])))
    #expect(isClose(interval.lower, try #require(expected["lo"])))
    #expect(isClose(interval.upper, try #require(expected["hi"])))
  }

  private func reference(_ id: String) throws -> [String: Double] {
    struct File: Decodable {
      struct Entry: Decodable {
        var id: String
        var value: [String: Double]?

        enum CodingKeys: String, CodingKey { case id, value }

        init(from decoder: any Decoder) throws {
          let entry = try decoder.container(keyedBy: CodingKeys.self)
          id = try entry.decode(String.self, forKey: .id)
          // Entries of other shapes belong to other tests.
          value = try? entry.decode([String: Double].self, forKey: .value)
        }
      }
      var entries: [Entry]
    }
    let url = try #require(SharedFolder.file("reference/real_trials.json"))
    let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    return try #require(file.entries.first { $0.id == id }?.value)
  }

  /// One line's fields; quoted ones may hold commas (none in these files holds a quote).
  private func fields(_ line: some Collection<UInt8>) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
      default: field.append(byte)
      }
    }
    fields.append(String(decoding: field, as: UTF8.self))
    return fields
  }
}
