import Statistics
import Testing
import Vocabulary

@testable import Trials

/// One change to the valid trial and the faults that it must cause, in English and in reading order.
struct FaultyChange: Sendable, CustomTestStringConvertible {
  var old: String
  var new: String
  var lines: [String]

  var testDescription: String { new }

  init(_ old: String, _ new: String, _ lines: String...) {
    self.old = old
    self.new = new
    self.lines = lines.map { "trial.yml:" + $0 }
  }
}

/// Keys, names, numbers and dates: what one value can have wrong with it.
@Suite struct ValueFaultTests {
  @Test(arguments: [
    FaultyChange(
      "title:", "titel:", "1:1: 'trial.yml' lacks the key 'title', which is required.",
      "3:1: unknown key 'titel' in 'trial.yml'. Did you mean 'title'? Accepted: nudge, trial, title, "
        + "owner, period, insights, arms, population, cohorts, unit, assignment, outcomes, funnel, "
        + "analysis, planning, monitoring, data, simulation, rollout, disclosure."),
    FaultyChange(
      "nudge: 1", "nudge: 2", "1:8: format version '2' is not known. This nudge reads 'nudge: 1'."),
    FaultyChange(
      "trial: jobcafe", "trial: Job_Cafe",
      "2:8: 'Job_Cafe' cannot be the trial's id. Use a–z, 0–9 and '-', a letter or digit first."),
    FaultyChange(
      "id: forties", "id: 四十代",
      "20:10: '四十代' cannot be an id. Use a–z, A–Z, 0–9, '-' and '_', a letter or digit first; "
        + "'name' may be any text."),
    FaultyChange(
      "owner: 北海道", "owner:", "4:1: 'owner' has no value. Write one or delete the line."),
    FaultyChange(
      "owner: 北海道", "owner: ~", "4:8: 'owner' has no value. Write one or delete the line."),
    FaultyChange(
      "owner: 北海道", "owner: '　'", "4:8: 'owner' has no value. Write one or delete the line."),
    FaultyChange(
      "owner: 北海道", "owner: [a]", "4:8: A text is wanted here, or {ja: 日本語, en: English}."),
    FaultyChange(
      "owner: 北海道", "owner: {}", "4:8: A text is wanted here, or {ja: 日本語, en: English}."),
    FaultyChange(
      "owner: 北海道", "owner: {jp: x, en: y}",
      "4:9: unknown key 'jp' in 'owner'. Did you mean 'ja'? Accepted: ja, en."),
    FaultyChange(
      "from: 令和3年6月1日", "from: 平成33年6月1日",
      "5:16: There is no such day as '平成33年6月1日'. 平成 ran from 1989-01-08 to 2019-04-30. "
        + "That day is 令和3年6月1日 (2021-06-01)."),
    FaultyChange(
      "to: 2021-09-30", "to: 2021-09-31", "5:30: There is no such day as '2021-09-31'."),
    FaultyChange(
      "to: 2021-09-30", "to: 9/30",
      "5:30: '9/30' is not a date. Write 2021-06-01, 2021/6/1, 令和3年6月1日 or R3.6.1."),
    FaultyChange(
      ", to: 2021-09-30", "", "5:9: 'period' lacks the key 'to', which is required."),
    FaultyChange(
      "period: {from: 令和3年6月1日, to: 2021-09-30}", "period: 令和3年度",
      "5:9: Keys and values ('key: value') are wanted here."),
    FaultyChange(
      "control: true", "control: maybe",
      "9:40: 'maybe' is neither true nor false. Accepted: true, false, yes, no."),
    FaultyChange(
      "east: [social]", "east: [socail]",
      "12:12: unknown EAST principle 'socail'. Did you mean 'social'? "
        + "Accepted: easy, attractive, social, timely."),
    FaultyChange(
      "cost: 84", "cost: 1_000", "15:11: '1_000' is not a number. Write it like 0.01 or 1234."),
    FaultyChange(
      "cost: 84", "cost: 0o10", "15:11: '0o10' is not a number. Write it like 0.01 or 1234."),
    FaultyChange(
      "cost: 84", "cost: .inf", "15:11: '.inf' is not a number. Write it like 0.01 or 1234."),
    FaultyChange(
      "cost: 84", "cost: .nan", "15:11: '.nan' is not a number. Write it like 0.01 or 1234."),
    FaultyChange(
      "cost: 84", "cost: 84円", "15:11: '84円' is not a number. Write it like 0.01 or 1234."),
    FaultyChange("cost: 84", "cost: ▲84", "15:11: ▲84 is out of range. Accepted: 0 or more."),
    FaultyChange("cost: 84", "cost: [84]", "15:11: A single value is wanted here."),
    FaultyChange(
      "{age: {from: 34, to: 49}}", "{age: {from: 50, to: 49.5}, b: {}, c: [1]}",
      "18:42: 'to' (49.5) is less than 'from' (50).",
      "18:52: The range has no bounds. Write {from: 40, to: 49}, or one of the two.",
      "18:59: A condition is a value, {in: [a, b]} or {from: 40, to: 49}."),
    FaultyChange(
      "{age: {from: 34, to: 49}}", "{d: {in: []}, e: {in: [1], from: 2}, f: {inn: 3}, g: }",
      "18:30: 'population.where.d.in' has no value. Write one or delete the line.",
      "18:38: A condition is a value, {in: [a, b]} or {from: 40, to: 49}.",
      "18:61: The range has no bounds. Write {from: 40, to: 49}, or one of the two.",
      "18:62: unknown key 'inn' in 'where'. Did you mean 'in'? Accepted: from, to, in.",
      "18:71: 'population.where.g' has no value. Write one or delete the line."),
    FaultyChange(
      "{age: {from: 34", "{age: {from：34",
      "18:28: There is a full-width colon '：'. Write ': ' in half-width letters."),
    FaultyChange(
      "role: primary", "role: primry",
      "28:35: unknown role 'primry'. Did you mean 'primary'? "
        + "Accepted: primary, secondary, exploratory."),
    FaultyChange(
      "kind: binary", "kind: binery",
      "28:50: unknown kind of outcome 'binery'. Did you mean 'binary'? Accepted: binary, continuous, count, ratio, quantile, time_to_event."
    ),
    FaultyChange(
      "better: less", "better: fewer", "29:59: unknown direction 'fewer'. Accepted: more, less."),
    FaultyChange(
      "worthwhile: 0.01", "worthwhile: 0", "28:87: 0 is out of range. Accepted: more than 0."),
    FaultyChange(
      "worthwhile: 0.01", "worthwhile: 1",
      "28:87: A difference of 1 between two shares is not possible. One point is written 0.01."),
    FaultyChange(
      "level: 0.95", "level: 95",
      "31:51: 95 is out of range. Accepted: between 0.5 and 1 (95% is 0.95)."),
    FaultyChange(
      "level: 0.95", "level: 95%", "31:51: '95%' is not a number. Write it like 0.01 or 1234."),
    FaultyChange(
      "multiplicity: holm", "multiplicity: hom",
      "31:71: unknown multiplicity adjustment 'hom'. Did you mean 'holm'? "
        + "Accepted: none, bonferroni, holm, hochberg, hommel, bh, by, dunnett, max_t, fixed_sequence, "
        + "serial, parallel."),
    FaultyChange(
      "estimator: difference_in_means", "estimator: lim",
      "31:23: unknown estimator 'lim'. Did you mean 'lin'? Accepted: "
        + Catalogue.estimators.map { type(of: $0).name }.joined(separator: ", ") + "."),
    FaultyChange(
      "estimator: difference_in_means", "estimator: {difference_in_means: {variance: poled}}",
      "31:56: unknown value of 'variance' 'poled'. Did you mean 'pooled'? "
        + "Accepted: welch, pooled, z."),
    FaultyChange(
      "estimator: difference_in_means", "estimator: {difference_in_means: {varience: z}}",
      "31:46: unknown key 'varience' in 'difference_in_means'. Did you mean 'variance'? "
        + "Accepted: variance."),
    FaultyChange(
      "estimator: difference_in_means", "estimator: {difference_in_means: pooled}",
      "31:45: Keys and values ('key: value') are wanted here."),
    FaultyChange(
      "encoding: auto", "encoding: sjis",
      "32:48: unknown encoding 'sjis'. Accepted: auto, utf-8, cp932."),
    FaultyChange(
      "shape: units", "shape: unit",
      "32:31: unknown shape of data 'unit'. Did you mean 'units'? Accepted: units, counts."),
    FaultyChange(
      "seed: 20210601", "seed: -1",
      "34:9: -1 is out of range. Accepted: a whole number of at most 15 digits, not negative."),
    FaultyChange(
      "units: 1200", "units: 1e300",
      "35:10: 1e300 is out of range. Accepted: a whole number from 1 to 10000000."),
    FaultyChange(
      "{石狩: 45, 上川: 20}", "{石狩: 45, 上川: 0}",
      "38:33: 0 is out of range. Accepted: more than 0."),
    FaultyChange(
      "{石狩: 45, 上川: 20}", "{}",
      "38:20: 'simulation.columns.subprefecture' has no value. Write one or delete the line."),
    FaultyChange(
      "age: {from: 34, to: 49}\n    sub", "age: {from: 50, to: 49}\n    sub",
      "37:25: 'to' (49) is less than 'from' (50)."),
    FaultyChange(
      "baseline: 1}", "baseline: 1.5}", "40:32: 1.5 is out of range. Accepted: 0 to 1."),
    FaultyChange(
      "missing: 0.01", "missing: 1",
      "41:88: 1 is out of range. Accepted: 0 or more and less than 1."),
  ])
  func saysWhatIsWrongAndWhere(change: FaultyChange) {
    #expect(faultLines(changed(change.old, change.new)) == change.lines)
  }

  @Test(arguments: ["nudge", "trial", "title", "arms", "unit", "assignment", "outcomes"])
  func missesWhatIsRequired(key: String) {
    let lines = faultLines("other: 1")
    #expect(lines.contains("trial.yml:1:1: 'trial.yml' lacks the key '\(key)', which is required."))
  }

  @Test(arguments: ["just words", "[a, b]", "- nudge: 1"])
  func wantsKeysAndValues(text: String) {
    #expect(faultLines(text) == ["trial.yml:1:1: Keys and values ('key: value') are wanted here."])
  }

  @Test func acceptsCloseSpellings() {
    #expect(faultLines(changed("level: 0.95", "level: ０．９")) == [])
    #expect(faultLines(changed("control: true", "control: Yes")) == [])
    #expect(faultLines(changed("east: [social]", "east: social")) == [])
    #expect(faultLines(changed("units: 1200", "units: '1,200'")) == [])
  }
}
