import Statistics
import Testing

/// Lin's interacted regression against estimatr::lm_lin.
@Suite struct LinearModelLinTests {
  @Test func twoArmsMatchR() throws {
    let reference = try LinearModelReference()
    let lin = try LinAdjustment(
      of: reference.column("mpg", of: "mtcars"),
      assignment: reference.column("am", of: "mtcars").map { "\(Int($0))" }, arms: ["0", "1"],
      covariates: [LinearDesign.Column("wt", reference.column("wt", of: "mtcars"))])
    let answers = try #require(reference.answers["lin.mtcars"])
    for (ours, theirs) in [
      ("(Intercept)", "(Intercept)"), ("1", "am"), ("wt_c", "wt_c"),
      ("1:wt_c", "am:wt_c"),
    ] {
      let estimate = try lin.model.coefficient(ours, covariance: .hc2)
      #expect(isClose(estimate.value, try #require(answers[theirs]?["coefficients"])))
      #expect(isClose(estimate.standardError, try #require(answers[theirs]?["std.error"])))
      #expect(estimate.degreesOfFreedom == 28)
    }
    let effect = try lin.effect(Contrast("1", versus: "0"))
    #expect(isClose(effect.value, try #require(answers["am"]?["coefficients"])))
  }

  @Test func weightedAndClusteredMatchR() throws {
    let reference = try LinearModelReference()
    let weighted = try LinAdjustment(
      of: reference.column("mpg", of: "mtcars"),
      assignment: reference.column("am", of: "mtcars").map { "\(Int($0))" }, arms: ["0", "1"],
      covariates: [LinearDesign.Column("wt", reference.column("wt", of: "mtcars"))],
      weights: reference.column("w", of: "mtcars"))
    let clustered = try LinAdjustment(
      of: reference.column("y", of: "areas"),
      assignment: reference.column("z", of: "areas").map { "\(Int($0))" }, arms: ["0", "1"],
      covariates: [LinearDesign.Column("x", reference.column("x", of: "areas"))])
    let clusters = Grouping(try reference.column("cluster", of: "areas"))
    for (name, term, ours) in [
      ("lin.weighted", "am", try weighted.effect(Contrast("1", versus: "0"))),
      (
        "lin.clustered", "z",
        try clustered.effect(Contrast("1", versus: "0"), covariance: .cr2(clusters))
      ),
    ] {
      let expected = try #require(reference.answers[name]?[term])
      #expect(isClose(ours.value, try #require(expected["coefficients"])))
      #expect(isClose(ours.standardError, try #require(expected["std.error"])))
      #expect(isClose(ours.degreesOfFreedom, try #require(expected["df"]), within: 1e-8))
    }
  }

  /// The areas serve as arms: five of them, two covariates.
  @Test func fiveArmsMatchR() throws {
    let reference = try LinearModelReference()
    let area = try reference.column("area", of: "areas")
    let used = area.indices.filter { area[$0] != 9 }
    func column(_ name: String) throws -> [Double] {
      let values = try reference.column(name, of: "areas")
      return used.map { values[$0] }
    }
    let lin = try LinAdjustment(
      of: column("y"), assignment: used.map { "\(Int(area[$0]))" },
      arms: ["1", "2", "3", "4", "5"],
      covariates: [
        LinearDesign.Column("x", column("x")), LinearDesign.Column("w", column("w")),
      ])
    let answers = try #require(reference.answers["lin.areas"])
    for arm in ["2", "3", "4", "5"] {
      let effect = try lin.effect(Contrast(arm, versus: "1"))
      let expected = try #require(answers["factor(area)\(arm)"])
      #expect(isClose(effect.value, try #require(expected["coefficients"])))
      #expect(isClose(effect.standardError, try #require(expected["std.error"])))
      #expect(isClose(effect.degreesOfFreedom, try #require(expected["df"])))
    }
    // Differences of the arms' means are the effects, and so are their joint variances.
    let means = try lin.armMeans()
    let effect = try lin.effect(Contrast("4", versus: "2"))
    #expect(
      isClose(try means.estimates[3].get().value - means.estimates[1].get().value, effect.value))
    let covariance = try means.covariance.map { try $0.map { try #require($0) } }
    #expect(
      isClose(
        covariance[3][3] + covariance[1][1] - 2 * covariance[3][1],
        effect.standardError * effect.standardError))
  }

  /// A covariate that is constant within an arm does not say what the arm's mean would be
  /// elsewhere.
  @Test func anUndeterminedMeanIsSaidToBe() throws {
    let lin = try LinAdjustment(
      of: [1, 2, 4, 3, 5, 9, 7, 8], assignment: ["c", "c", "c", "c", "a", "a", "a", "a"],
      arms: ["c", "a"], covariates: [LinearDesign.Column("x", [1, 2, 3, 5, 4, 4, 4, 4])])
    #expect(throws: EstimationError.undefined) { try lin.effect(Contrast("a", versus: "c")) }
    let twice = try LinAdjustment(
      of: [1, 2, 4, 3, 5, 9, 7, 8], assignment: ["c", "c", "c", "c", "a", "a", "a", "a"],
      arms: ["c", "a"],
      covariates: [
        LinearDesign.Column("x", [1, 2, 3, 5, 4, 1, 3, 2]),
        LinearDesign.Column("double", [2, 4, 6, 10, 8, 2, 6, 4]),
      ])
    #expect(twice.model.droppedColumns == ["double_c", "a:double_c"])
    #expect(throws: Never.self) { try twice.effect(Contrast("a", versus: "c")) }
    #expect(throws: EstimationError.noUnits(arm: "b")) {
      try LinAdjustment(
        of: [1, 2], assignment: ["c", "a"], arms: ["c", "a", "b"], covariates: [])
    }
  }
}
