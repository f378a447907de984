import Statistics
import Testing

@testable import Trials

/// Each kind of outcome has its own keys, and an outcome may have its own estimator.
@Suite struct OutcomeKindTests {
  @Test(arguments: [
    ("kind: binary", Response.binary("days")),
    ("kind: count, exposure: weeks", .count("days", exposure: "weeks")),
    ("kind: count", .count("days", exposure: nil)),
    ("kind: quantile", .quantile(0.5, of: "days")),
    ("kind: quantile, quantile: 0.9", .quantile(0.9, of: "days")),
    (
      "kind: time_to_event, event: placed, horizon: 180",
      .timeToEvent("days", event: "placed", horizon: 180)
    ),
    ("kind: ratio, numerator: clicks, denominator: shown", .ratio("clicks", over: "shown")),
  ])
  func isRead(kind: String, response: Response) throws {
    let trial = try TrialFile.decode(
      yaml: changed("kind: continuous, better: less", kind), file: "trial.yml"
    ).trial
    #expect(trial.outcomes[1].response == response)
    #expect(trial.outcomes[1].better == (response.kind == .timeToEvent ? .less : .more))
  }

  @Test(arguments: [
    ("kind: ratio, numerator: clicks", "denominator"),
    ("kind: time_to_event, event: placed", "horizon"),
    ("kind: time_to_event, horizon: 3", "event"),
    ("kind: binary, event: placed", "event"),
    ("kind: quantile, quantile: 1", "more than 0 and less than 1"),
    ("kind: time_to_event, event: placed, horizon: 0", "more than 0"),
    ("kind: binary, estimator: lin, covariates: [age]", "covariates"),
    ("kind: binary, estimator: lim", "lin"),
  ])
  func saysWhatIsMissing(kind: String, word: String) {
    let lines = faultLines(changed("kind: continuous, better: less", kind))
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.first?.contains(word) == true, "\(lines)")
  }

  @Test func anOutcomeMayHaveItsOwnEstimator() throws {
    let trial = try TrialFile.decode(
      yaml: changed("kind: binary", "kind: binary, covariates: [age]"), file: "trial.yml"
    ).trial
    #expect(trial.estimator(for: trial.outcomes[0]).estimator as? Lin == Lin(covariates: ["age"]))
    #expect(trial.estimator(for: trial.outcomes[1]).estimator is DifferenceInMeans)
  }

  @Test(arguments: [
    ("estimator: lin", Lin()),
    (
      "estimator: {lin: {covariates: [age], factors: [sex], standard_error: hc2}}",
      Lin(covariates: ["age"], factors: ["sex"], standardError: .hc2)
    ),
  ])
  func linIsRead(written: String, estimator: Lin) throws {
    let trial = try TrialFile.decode(
      yaml: changed("estimator: difference_in_means", written), file: "trial.yml"
    ).trial
    #expect(trial.analysis.estimator.estimator as? Lin == estimator)
  }

  @Test func countsCannotBeAdjusted() {
    let yaml = changed("shape: units", "shape: counts")
      .replacing("kind: continuous", with: "kind: binary")
      .replacing("estimator: difference_in_means", with: "estimator: lin")
    let lines = faultLines(yaml)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.contains("'lin' needs one row a unit") }, "\(lines)")
  }
}
