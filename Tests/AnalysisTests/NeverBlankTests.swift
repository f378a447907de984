import Analysis
import Testing

/// Zero cells, tiny arms, constant outcomes: a number, a one-sided bound, or the reason.
struct NeverBlankTests {
  static func trial(_ kind: String) -> String {
    """
    nudge: 1
    trial: small
    title: 小さな試験
    arms: [{id: control, control: true}, {id: social}]
    unit: row
    assignment: {method: simple, column: arm}
    outcomes: [{id: y, role: primary, kind: \(kind), column: y, worthwhile: 0.05}]
    data: {file: data.csv, shape: \(kind == "binary" ? "counts" : "units")}
    """
  }

  static func counts(_ control: (Int, Int), _ social: (Int, Int)) -> String {
    "arm,n,y\ncontrol,\(control.1),\(control.0)\nsocial,\(social.1),\(social.0)\n"
  }

  /// Tables on which other tools print p = 1 and (0, 0), or (−100 %, −100 %).
  static let tables: [(control: (Int, Int), social: (Int, Int))] = [
    ((12, 500), (0, 500)), ((0, 500), (12, 500)), ((3, 600), (0, 600)), ((0, 600), (3, 600)),
    ((0, 10), (0, 20)), ((10, 10), (10, 10)), ((10, 10), (0, 20)), ((0, 1), (1, 1)),
    ((1, 3), (2, 3)),
  ]

  @Test("a binary row has a p-value and at least one bound, or says why", arguments: tables.indices)
  func binary(index: Int) throws {
    let (control, social) = Self.tables[index]
    let result = try TrialFixture.analyze(
      Self.trial("binary"), data: Self.counts(control, social))
    for row in result.results {
      #expect(row.pValue != nil, "\(row.measure)")
      let hasBound = row.confLow != nil || row.confHigh != nil
      #expect(hasBound || row.notes.contains(.everything), "\(row.measure)")
      if row.estimate == nil {
        #expect(
          row.notes.contains(.infiniteEstimate) != row.notes.contains(.undefined),
          "\(row.measure)")
      }
      if let low = row.confLow, let high = row.confHigh, !row.notes.contains(.outsideInterval) {
        #expect(low < high, "\(row.measure)")
      }
    }
  }

  @Test("0/0 is called undefined, and only a division by zero infinite")
  func undefinedOrInfinite() throws {
    func notes(_ measure: String, _ control: (Int, Int), _ social: (Int, Int)) throws -> [Note] {
      let result = try TrialFixture.analyze(
        Self.trial("binary"), data: Self.counts(control, social))
      return try #require(result.results.first { $0.measure == measure }).notes
    }
    for measure in ["risk_ratio", "relative_lift", "odds_ratio"] {
      #expect(try notes(measure, (0, 20), (0, 10)).first == .undefined)
      #expect(try notes(measure, (0, 600), (3, 600)).first == .infiniteEstimate)
    }
    // Everyone against some: odds of 1/0, although both arms have events.
    #expect(try notes("odds_ratio", (4, 10), (10, 10)).first == .infiniteEstimate)
    #expect(try notes("nnt", (5, 30), (5, 30)).first == .infiniteEstimate)
  }

  @Test("one test: every scale of a contrast shows the same p", arguments: tables.indices)
  func oneTest(index: Int) throws {
    let (control, social) = Self.tables[index]
    let result = try TrialFixture.analyze(
      Self.trial("binary"), data: Self.counts(control, social))
    #expect(Set(result.results.map(\.pValue)).count == 1)
  }

  @Test("a control mean below zero: the lift is said to be undefined, the difference stands")
  func negativeControlMean() throws {
    let data = "arm,y\ncontrol,-0.1\ncontrol,0\nsocial,0.2\nsocial,0.4\n"
    let result = try TrialFixture.analyze(Self.trial("continuous"), data: data)
    let lift = try #require(result.results.first { $0.measure == "relative_lift" })
    #expect(lift.estimate == nil && lift.confLow == nil)
    #expect(lift.notes.contains(.controlMeanNotPositive(-0.05)))
    let difference = try #require(result.results.first { $0.measure == "mean_difference" })
    // 0.3 − (−0.05)
    #expect(difference.estimate.map { abs($0 - 0.35) < 1e-12 } == true)
  }

  @Test("an arm without units is a row that says so")
  func emptyArm() throws {
    let data = "arm,y\ncontrol,1\ncontrol,2\n"
    let result = try TrialFixture.analyze(Self.trial("continuous"), data: data)
    #expect(!result.results.isEmpty)
    for row in result.results {
      #expect(row.estimate == nil && row.pValue == nil)
      #expect(row.notes.contains(.noUnits(arm: "social")))
    }
  }

  @Test("constant outcomes have no p-value, and say why")
  func constant() throws {
    let data = "arm,y\ncontrol,1\ncontrol,1\nsocial,1\nsocial,1\n"
    let result = try TrialFixture.analyze(Self.trial("continuous"), data: data)
    for row in result.results where row.measure != "relative_lift" {
      #expect(row.notes.contains(.noVariation), "\(row.measure)")
    }
  }
}
