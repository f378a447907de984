import Foundation
import Statistics
import TestSupport
import Testing

/// What R answers on the data of published trials (real_trials.json, the R call beside each
/// answer).
enum TrialAnswers {
  struct Entry: Decodable, Sendable, CustomTestStringConvertible {
    var id: String
    var call: String
    var value: [String: Double]
    var testDescription: String { id }

    /// The whole numbers in the call after some text, such as
    /// `fisher.test(matrix(c(140,45,168,92),2))`.
    func counts(after prefix: String) throws -> [Int] {
      let range = try #require(call.range(of: prefix))
      return call[range.upperBound...].split { !$0.isNumber }.compactMap { Int($0) }
    }
  }

  /// Entries that one test computes; by how R was called.
  enum Family: String, CaseIterable {
    case welch = "tt("
    case regression = "co("
    case newcombe = "newcombe("
    case fisher = "ft("
    case proportions = "ht(prop.test("
    case sampleRatio = "ht(chisq.test("
    case logit = "gl("
    case holm = "as.list("
    case pooled = "ma("
    case multilevel = "{m<-rma.mv("
    case egger = "{m<-rma("
    case mantelHaenszelOfStudies = "{m<-rma.mh("
    case mantelHaenszelOfStrata = "{h<-mantelhaen.test("
    case cox = "cx("
    case logRank = "lr("
    case steppedWedge = "{s<-summary("
  }

  static let entries: [Entry] = {
    struct File: Decodable { var entries: [Entry] }
    guard let url = SharedFolder.file("reference/real_trials.json"),
      let data = try? Data(contentsOf: url)
    else { return [] }
    return (try? JSONDecoder().decode(File.self, from: data).entries) ?? []
  }()

  static func of(_ family: Family) -> [Entry] {
    entries.filter { $0.call.hasPrefix(family.rawValue) }
  }

  static func entry(_ id: String) throws -> Entry {
    try #require(entries.first { $0.id == id }, "\(id)")
  }
}

extension TrialAnswers.Entry {
  /// Compares every number of the entry; one that is not among ours is a failure.
  ///
  /// - Parameters:
  ///   - ours: by the names of the entry.
  ///   - tolerance: relative; p-values down to 10⁻¹⁰⁰ have it too.
  ///   - loosely: tolerances of single numbers, where R itself stops early.
  func compare(
    _ ours: [String: Double?], within tolerance: Double = 1e-8, loosely: [String: Double] = [:]
  ) {
    for (name, expected) in value {
      guard let number = ours[name] ?? nil else {
        Issue.record("\(id): \(name) is not computed")
        continue
      }
      // An effect of exactly 0 leaves R the noise of its last digit.
      let agrees =
        isClose(number, expected, within: loosely[name] ?? tolerance)
        || (!name.hasPrefix("p") && abs(number) < 1e-13 && abs(expected) < 1e-13)
      #expect(agrees, "\(id): \(name) is \(number), in R \(expected)")
    }
  }
}

/// Whether every number of real_trials.json is looked at by some test.
@Suite(.enabled(if: SharedFolder.file("reference/real_trials.json") != nil))
struct TrialAnswerCoverageTests {
  /// Entries that no test computes, with the reason.
  private static let left: [String: String] = [:]

  @Test func everyEntryIsComputed() {
    #expect(!TrialAnswers.entries.isEmpty)
    for entry in TrialAnswers.entries where Self.left[entry.id] == nil {
      let families = TrialAnswers.Family.allCases.filter { entry.call.hasPrefix($0.rawValue) }
      #expect(families.count == 1, "\(entry.id): \(families)")
    }
    for id in Self.left.keys {
      #expect(TrialAnswers.entries.contains { $0.id == id }, "\(id) is not in the file")
    }
    #expect(Set(TrialAnswers.entries.map(\.id)).count == TrialAnswers.entries.count)
  }
}
