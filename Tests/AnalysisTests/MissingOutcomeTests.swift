import Analysis
import Testing

/// Outcomes that are missing more often in one arm come with bounds.
struct MissingOutcomeTests {
  /// Twelve known of 20 under the control and 18 of 20 under the message; or as many in both.
  private static func data(controlKnown: Int) -> String {
    func rows(_ arm: String, known: Int, events: Int) -> String {
      (0..<20).map { "\(arm),\($0 < events ? "1" : $0 < known ? "0" : "")\n" }.joined()
    }
    return "arm,visited\n" + rows("control", known: controlKnown, events: 3)
      + rows("social", known: 18, events: 9)
  }

  private static let trial = """
    nudge: 1
    trial: missing
    title: Missing
    arms: [{id: control, control: true}, {id: social}]
    unit: row
    assignment: {method: complete, column: arm}
    outcomes: [{id: visited, role: primary, kind: binary}]
    data: {file: data.csv, shape: units}
    """

  @Test("the bounds stand beside the estimate, with an interval that holds them")
  func bounds() throws {
    let result = try TrialFixture.analyze(Self.trial, data: Self.data(controlKnown: 12))
    let lee = try #require(result.results.first { $0.estimator == "lee_bounds" })
    // A third of 18 is trimmed: 12 are left, of which 9 events stay (or 3 go with the other end).
    #expect(lee.notes == [.bounds(lower: 3.0 / 12 - 3.0 / 12, upper: 9.0 / 12 - 3.0 / 12)])
    let extreme = try #require(result.results.first { $0.estimator == "extreme_bounds" })
    #expect(extreme.notes == [.bounds(lower: 9.0 / 20 - 11.0 / 20, upper: 11.0 / 20 - 3.0 / 20)])
    for row in [lee, extreme] {
      #expect(row.estimate == nil && row.nArm == 20 && row.nControl == 20)
      #expect((row.confLow ?? 9) < 0 && (row.confHigh ?? -9) > 0.4)
    }
    #expect(result.verdicts.count == 1)
  }

  @Test("gaps that chance explains need none")
  func alike() throws {
    let result = try TrialFixture.analyze(Self.trial, data: Self.data(controlKnown: 17))
    #expect(!result.results.contains { $0.estimator == "lee_bounds" })
  }
}
