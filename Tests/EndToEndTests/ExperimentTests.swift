import Analysis
import Foundation
import TestSupport
import Testing
import Trials

/// What R says about an experiment: `experiments/**/expected.json`, written by `expected.R` beside it.
struct Expected: Decodable {
  struct Row: Decodable {
    let outcome, arm, cohort, measure: String
    let estimate, p_value, conf_low, conf_high: Double
    let p_adjusted: Double?
    let n_arm, n_control: Int
    let events_arm, events_control: Int
  }
  struct Mean: Decodable {
    let outcome, arm, cohort: String
    let n, events: Int
    let mean, conf_low, conf_high: Double
  }
  let results: [Row]
  let means: [Mean]
  let sample_ratio_p: Double
  let verdicts: [String: String]
}

struct ExperimentTests {
  static let folders = [
    "hokkaido-jobcafe", "published/ggl-social-pressure", "published/kamakura-survey",
    "published/nhs-sms", "published/organ-donor", "published/rubella-coupon",
    "published/tanf-letters", "published/tsukuba-envelope",
  ]

  static func analysis(of folder: String) throws -> TrialResult {
    let path = SharedFolder.repository.appending(path: "experiments/\(folder)").path
    return try TrialResult.analyzing(try TrialFile.load(contentsOf: path), engineVersion: "test")
  }

  static func expected(of folder: String) throws -> Expected {
    let url = SharedFolder.repository.appending(path: "experiments/\(folder)/expected.json")
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: url))
  }

  /// R's own root finder stops near 1e-10 on the ratio scales.
  func agree(_ left: Double?, _ right: Double) -> Bool {
    guard let left else { return false }
    return abs(left - right) <= 1e-8 * max(abs(right), 1e-3)
  }

  @Test("every figure agrees with R", arguments: folders)
  func figures(folder: String) throws {
    let result = try Self.analysis(of: folder)
    let expected = try Self.expected(of: folder)
    #expect(!expected.results.isEmpty)
    for row in expected.results {
      let found = try #require(
        result.results.first {
          ($0.outcome, $0.arm, $0.cohort, $0.measure)
            == (row.outcome, row.arm, row.cohort, row.measure)
        })
      let place = Comment(rawValue: "\(row.outcome) \(row.arm) \(row.cohort) \(row.measure)")
      #expect(agree(found.estimate, row.estimate), place)
      #expect(agree(found.confLow, row.conf_low), place)
      #expect(agree(found.confHigh, row.conf_high), place)
      let p = try #require(found.pValue)
      #expect(abs(p - row.p_value) <= 1e-8 * row.p_value, place)
      if let adjusted = row.p_adjusted {
        #expect(abs(try #require(found.pAdjusted) - adjusted) <= 1e-8 * adjusted, place)
      }
      #expect(found.nArm == row.n_arm && found.nControl == row.n_control, place)
      #expect(found.eventsArm == row.events_arm, place)
      #expect(found.eventsControl == row.events_control, place)
    }
  }

  @Test("every rate agrees with R", arguments: folders)
  func rates(folder: String) throws {
    let result = try Self.analysis(of: folder)
    for row in try Self.expected(of: folder).means {
      let found = try #require(
        result.means.first {
          ($0.outcome, $0.arm, $0.cohort) == (row.outcome, row.arm, row.cohort)
        })
      #expect(found.n == row.n && found.events == row.events)
      #expect(agree(found.mean, row.mean))
      #expect(agree(found.confLow, row.conf_low) && agree(found.confHigh, row.conf_high))
    }
  }

  @Test("the sample ratio and the conclusions agree", arguments: folders)
  func conclusions(folder: String) throws {
    let result = try Self.analysis(of: folder)
    let expected = try Self.expected(of: folder)
    for check in result.checks {
      if case .sampleRatio(_, _, let p, _, _) = check.kind {
        #expect(agree(p, expected.sample_ratio_p))
      }
    }
    #expect(result.verdicts.count == expected.verdicts.count)
    for verdict in result.verdicts {
      #expect(verdict.conclusion.rawValue == expected.verdicts[verdict.arm])
    }
  }

  @Test("counts warn that clusters are not in them")
  func clusters() throws {
    let result = try Self.analysis(of: "published/ggl-social-pressure")
    #expect(
      result.checks.contains {
        $0.kind == .clustersIgnored(column: "household_id") && $0.status == .warn
      })
    #expect(
      result.results.allSatisfy { $0.notes.contains(.clustersIgnored(column: "household_id")) })
  }
}
