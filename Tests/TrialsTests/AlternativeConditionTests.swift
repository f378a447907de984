import Testing
import Vocabulary

@testable import Trials

/// `any:` in a `where:`: rules of which one must hold.
@Suite struct AlternativeConditionTests {
  private func population(_ rule: String) throws -> Condition {
    try Trial.decode(
      yaml: changed("{where: {age: {from: 34, to: 49}}}", "{where: \(rule)}"), file: "trial.yml"
    ).population
  }

  @Test func isRead() throws {
    let rule = try population(
      "{area: a, any: [{school: h, age: {from: 35, to: 45}}, {school: u, age: {from: 38}}]}")
    #expect(rule.clauses.map(\.column) == ["area"])
    #expect(rule.columns == ["area", "school", "age"])
    let count = rule.alternatives?.first?.count
    #expect(count == 2)
    func holds(_ area: String, _ school: String, _ age: Double) -> Bool {
      rule.holds { column in
        switch column {
        case "area": (area, nil)
        case "school": (school, nil)
        default: ("\(age)", age)
        }
      }
    }
    #expect(holds("a", "h", 35) && holds("a", "u", 38) && holds("a", "u", 60))
    #expect(!holds("a", "h", 46) && !holds("a", "u", 37) && !holds("b", "h", 40))
  }

  @Test("a column may be called any")
  func asColumn() throws {
    let rule = try population("{any: 1}")
    #expect(rule.clauses.map(\.column) == ["any"])
  }

  @Test func nothingListed() {
    let lines = faultLines(changed("{where: {age: {from: 34, to: 49}}}", "{where: {any: []}}"))
    #expect(lines.count == 1 && lines[0].contains("has no value"))
  }
}
