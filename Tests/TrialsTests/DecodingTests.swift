import RandomAssignment
import Statistics
import Testing
import Vocabulary

@testable import Trials

@Suite struct DecodingTests {
  @Test func readsEveryPart() throws {
    let trial = try Trial.decode(yaml: validTrial, file: "trial.yml")
    #expect(trial.id == "jobcafe")
    #expect(trial.title == BilingualText(ja: "案内文の検証", en: "Wording of the invitation"))
    #expect(trial.owner == BilingualText("北海道"))
    #expect(trial.period?.from == CalendarDate(year: 2021, month: 6, day: 1))
    #expect(trial.period?.to == CalendarDate(year: 2021, month: 9, day: 30))
    #expect(trial.insights.map(\.id) == ["not-for-me"])
    #expect(trial.variants.map(\.arm) == [Arm(id: "control"), Arm(id: "social", share: 2)])
    #expect(trial.control?.name == BilingualText("現行文面"))
    let social = try #require(trial.treatments.first)
    #expect(social.east == [.social])
    #expect(social.addresses == ["not-for-me"])
    #expect(social.channel == "mail")
    #expect(social.cost == 84)
    #expect(social.message == BilingualText("同じ世代の方が先月も相談を始めています。"))
    #expect(
      trial.population == Condition([.init(column: "age", .range(from: 34, to: 49))]))
    #expect(trial.cohorts.map(\.id) == ["forties"])
    #expect(trial.unit == .column("participant_id"))
    #expect(trial.assignment.method == .blocked)
    #expect(trial.assignment.blocks == ["subprefecture", "age_band"])
    #expect(trial.assignment.clusters == nil)
    #expect(trial.assignment.column == "arm")
    #expect(trial.outcomes.map(\.id) == ["visited", "days"])
    #expect(trial.outcomes[0].response == Response.binary("visited"))
    #expect(trial.outcomes[0].worthwhile == 0.01)
    #expect(trial.outcomes[0].better == .more)
    #expect(trial.outcomes[1].response == Response.continuous("days"))
    #expect(trial.outcomes[1].name == BilingualText("days"))
    #expect(trial.outcomes[1].better == .less)
    #expect(
      trial.funnel == [
        FunnelStep(column: "sent", name: BilingualText("sent")),
        FunnelStep(column: "visited", name: BilingualText("来所")),
      ])
    #expect(trial.data.missing == ["", "-", "99"])
    let plan = try #require(trial.simulation)
    #expect(plan.seed == 20_210_601)
    #expect(plan.units == 1200)
    #expect(
      plan.columns.map(\.source) == [
        .integers(from: 34, to: 49), .categories(["石狩", "上川"], weights: [45, 20]),
      ])
    #expect(plan.steps[1].given == "sent")
    #expect(plan.steps[1].effects == ["social": 0.02])
    #expect(plan.steps[1].missing == 0.01)
  }

  @Test("units may be called by their own word")
  func countedUnits() throws {
    let households = try Trial.decode(
      yaml: changed(
        "unit: participant_id",
        "unit: {column: household, counted: {ja: 世帯, en: households}}"), file: "trial.yml")
    #expect(households.unit == .column("household"))
    #expect(households.counted == BilingualText(ja: "世帯", en: "households"))
    #expect(try Trial.decode(yaml: changed("", ""), file: "trial.yml").counted == nil)
    #expect(
      faultLines(changed("unit: participant_id", "unit: {counted: 世帯, colum: a}")).map {
        $0.contains("'column'")
      } == [true, true])
  }

  @Test func fillsInWhatIsLeftOut() throws {
    let trial = try Trial.decode(yaml: smallest, file: "trial.yml")
    #expect(
      trial.analysis
        == AnalysisPlan(
          estimator: SelectedEstimator(DifferenceInMeans()), level: 0.95,
          multiplicity: .adjustment(.holm), subgroups: [], inference: [], draws: 10_000, seed: 1))
    #expect(trial.outcomes.allSatisfy { $0.framework == .superiority })
    #expect(trial.data.file == "data.csv")
    #expect(trial.data.shape == .units)
    #expect(trial.data.encoding == .auto)
    #expect(trial.data.n == "n")
    #expect(trial.data.missing == ["", "-"])
    #expect(!trial.data.simulated)
    #expect(trial.assignment.column == "arm")
    #expect(trial.unit == .row)
    #expect(trial.variants.map(\.arm.share) == [1, 1])
    // YAML 1.1 would read these two as false and true.
    #expect(trial.variants.map(\.arm.id) == ["no", "on"])
    #expect(trial.control?.arm.id == "no")
    #expect(trial.title == BilingualText("t"))
    #expect(trial.population.clauses.isEmpty)
    #expect(trial.owner == nil && trial.period == nil && trial.simulation == nil)
  }

  let smallest = """
    nudge: 1
    trial: t
    title: {en: t}
    arms: [{id: no, control: yes}, {id: on}]
    unit: row
    assignment: {method: simple}
    outcomes: [{id: y, role: primary, kind: binary}]
    """

  @Test(
    arguments: [
      ("{age: {from: 34, to: 49}}", .range(from: 34, to: 49)),
      ("{age: {to: ４９}}", .range(from: nil, to: 49)),
      ("{age: {from: -1.5}}", .range(from: -1.5, to: nil)), ("{sex: 女}", .among(["女"])),
      ("{year: 2017}", .numbers([2017])), ("{year: '2017'}", .among(["2017"])),
      ("{year: {in: [2017, 2018.0]}}", .numbers([2017, 2018])),
      ("{job: {in: [jobless, 1]}}", .among(["jobless", "1"])),
      ("{job: {in: [\"1\", 2]}}", .among(["1", "2"])), ("{ok: yes}", .among(["yes"])),
      ("{code: 0o10}", .among(["0o10"])),
    ] as [(String, Condition.Test)])
  func readsConditions(text: String, test: Condition.Test) throws {
    let yaml = smallest + "\npopulation: {where: \(text)}"
    let trial = try Trial.decode(yaml: yaml, file: "trial.yml")
    #expect(trial.population.clauses.map(\.test) == [test])
  }

  @Test func readsAFileSavedByWindows() throws {
    let windows =
      "\u{FEFF}"
      + validTrial.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    let trial = try Trial.decode(yaml: windows, file: "trial.yml")
    #expect(try trial == Trial.decode(yaml: validTrial, file: "trial.yml"))
  }

  @Test func allowsClustersInCounts() throws {
    let yaml = smallest.replacingOccurrences(
      "{method: simple}", "{method: clustered, clusters: town}")
    let trial = try Trial.decode(yaml: yaml + "\ndata: {shape: counts}", file: "trial.yml")
    #expect(trial.assignment.clusters == "town")
    #expect(trial.data.shape == .counts)
  }

  @Test func knowsWhereEverythingStands() throws {
    let file = try TrialFile.decode(yaml: validTrial, file: "a/trial.yml")
    #expect(
      file.location(of: "outcomes[0].column")
        == SourceLocation(file: "a/trial.yml", line: 28, column: 66))
    #expect(
      file.location(of: "outcomes[1].column")
        == SourceLocation(file: "a/trial.yml", line: 29, column: 5))
    #expect(file.location(of: "nowhere").line == 1)
    #expect(file.dataPath == "a/data.csv")
  }
}

extension String {
  func replacingOccurrences(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
