import Analysis
import Testing

@Suite("Curves of times to an event")
struct SurvivalCurveTests {
  // Times 1, 2+, 3, 4 of four: 1 − ¾, 1 − ¾·½, 1 − 0; at risk just before 0, 1, 2, 3, 4.
  @Test("the steps of the product-limit estimate, by hand")
  func byHand() throws {
    let result = try TrialFixture.analyze(
      """
      nudge: 1
      trial: curves
      title: 曲線
      arms: [{id: control, control: true}, {id: social}]
      unit: row
      assignment: {method: complete, column: arm}
      outcomes: [{id: t, role: primary, kind: time_to_event, column: days, event: placed, horizon: 4}]
      data: {file: data.csv}
      """,
      data: """
        arm,days,placed
        control,1,1
        control,2,0
        control,3,1
        control,4,1
        social,1,1
        social,5,0
        social,5,1
        social,2,1

        """)
    #expect(result.curves.map(\.arm) == ["control", "social"])
    let curve = result.curves[0]
    #expect(curve.points.map(\.time) == [1, 3, 4])
    for (point, share) in zip(curve.points, [0.25, 0.625, 1]) {
      #expect(abs(point.share - share) < 1e-12)
    }
    #expect(curve.atRisk.map(\.count) == [4, 4, 3, 2, 1] && curve.horizon == 4)
    // What happens after the horizon is not shown.
    #expect(result.curves[1].points.map(\.time) == [1, 2])
    let first = curve.points[0]
    #expect((first.confLow ?? 1) < 0.25 && (first.confHigh ?? 0) > 0.25)
    let again = try TrialResult(json: result.json(), file: "result.json")
    #expect(again.curves == result.curves)
  }
}
