import Analysis
import Testing
import Vocabulary

@testable import Reporting

@Suite struct IntervalTests {
  private func text(_ low: Double?, _ high: Double?, _ notes: [Note] = []) -> [String] {
    let shape = IntervalShape(low: low, high: high, notes: notes)
    return [
      shape.text(in: .japanese, number: { "\($0)" }), shape.text(in: .english, number: { "\($0)" }),
    ]
  }

  @Test func openEndsAreSaidInWords() {
    #expect(text(1, 2) == ["1.0～2.0", "1.0 to 2.0"])
    #expect(text(1, nil, [.noUpperBound]) == ["1.0～（上限なし）", "1.0 to no upper bound"])
    #expect(text(1, .infinity) == ["1.0～（上限なし）", "1.0 to no upper bound"])
    #expect(text(nil, 2, [.noLowerBound]) == ["（下限なし）～2.0", "no lower bound to 2.0"])
    #expect(
      text(-5, 8, [.outsideInterval]) == ["-5.0以下または8.0以上", "-5.0 or less, or 8.0 or more"])
    #expect(text(nil, nil, [.everything]) == ["範囲を絞れない", "unbounded both ways"])
  }

  @Test func anIntervalThatDoesNotExistIsADash() {
    #expect(text(nil, nil) == ["—", "—"])
    #expect(text(.nan, 2) == ["—", "—"])
    #expect(text(1, nil, [.noUnits(arm: "a")]) == ["—", "—"])
  }
}
