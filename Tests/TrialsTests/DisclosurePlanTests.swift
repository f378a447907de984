import Testing

@testable import Trials

/// What is hidden in what is published.
@Suite struct DisclosurePlanTests {
  private func plan(_ section: String) throws -> DisclosurePlan {
    let trial = try Trial.decode(
      yaml: changed("owner: 北海道", "disclosure: \(section)"), file: "trial.yml")
    return try #require(trial.disclosure)
  }

  @Test func defaults() throws {
    #expect(
      try plan("{minimum_cell: 10}")
        == DisclosurePlan(minimumCell: 10, symbol: "X", smallGroups: .hide))
    #expect(
      try plan("{minimum_cell: 3, symbol: '*', small_groups: merge}")
        == DisclosurePlan(minimumCell: 3, symbol: "*", smallGroups: .merge))
  }

  @Test(arguments: [
    (
      "{minimum_cell: 1}",
      "4:28: 1 is out of range. Accepted: a whole number from 2 to 1000."
    ),
    (
      "{minimum: 10}",
      "4:14: unknown key 'minimum' in 'disclosure'. Accepted: minimum_cell, symbol, small_groups."
    ),
    (
      "{small_groups: merged}",
      "4:28: unknown treatment of small groups 'merged'. Did you mean 'merge'? Accepted: hide, merge."
    ),
  ])
  func faults(section: String, line: String) {
    let found = faultLines(changed("owner: 北海道", "disclosure: \(section)"))
    #expect(found == ["trial.yml:" + line])
  }

  @Test("it is no part of the protocol: hiding changes no test")
  func isNoPartOfTheLock() throws {
    let with = try Trial.decode(
      yaml: changed("owner: 北海道", "owner: 北海道\ndisclosure: {minimum_cell: 5}"), file: "trial.yml")
    let without = try Trial.decode(yaml: changed("owner: 北海道", "owner: 北海道"), file: "trial.yml")
    #expect(CanonicalTrial(with) == CanonicalTrial(without))
  }
}
