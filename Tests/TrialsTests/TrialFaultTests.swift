import Testing
import Vocabulary

@testable import Trials

/// What can be wrong between the parts of a trial, each part being right by itself.
@Suite struct TrialFaultTests {
  @Test(arguments: [
    FaultyChange(
      "to: 2021-09-30", "to: 2021-05-31",
      "5:30: The period ends on 2021-05-31, before it starts on 2021-06-01."),
    FaultyChange(
      ", control: true", "",
      "9:3: No arm is the control. Write 'control: true' in the arm that the others are compared with."
    ),
    FaultyChange(
      "name: 同世代の声", "control: true",
      "11:14: More than one arm is the control (control, social). "
        + "Write 'control: true' in one arm only."),
    FaultyChange(
      "- id: social\n", "- id: control\n", "10:9: The arm 'control' is written more than once.",
      "25:24: unknown arm 'social'. Accepted: control.",
      "41:64: unknown arm 'social'. Accepted: control."),
    FaultyChange(
      "addresses: [not-for-me]", "addresses: [not-for-you]",
      "13:17: unknown insight 'not-for-you'. Did you mean 'not-for-me'? Accepted: not-for-me."),
    FaultyChange(
      "思っている}", "思っている}\n  - {id: not-for-me, barrier: x}",
      "8:10: The insight 'not-for-me' is written more than once."),
    FaultyChange(
      "id: forties", "id: all",
      "20:10: 'all' stands for everyone and cannot be the id of a cohort."),
    FaultyChange(
      "shares: {control: 1, social: 2}", "shares: {control: 0, sociall: 2.5}",
      "25:21: 0 is out of range. Accepted: a whole number from 1 to 1000000.",
      "25:24: unknown arm 'sociall'. Did you mean 'social'? Accepted: control, social.",
      "25:33: 2.5 is out of range. Accepted: a whole number from 1 to 1000000."),
    FaultyChange(
      "  blocks: [subprefecture, age_band]\n", "",
      "23:11: 'method: blocked' needs 'blocks', the columns that make the blocks."),
    FaultyChange(
      "method: blocked", "method: complete",
      "24:11: 'method: complete' does not use 'blocks'. Write 'method: blocked' if arms were drawn "
        + "within blocks; otherwise delete 'blocks'."),
    FaultyChange(
      "blocks: [subprefecture, age_band]", "clusters: hh",
      "23:11: 'method: blocked' needs 'blocks', the columns that make the blocks."),
    FaultyChange(
      "method: blocked\n  blocks: [subprefecture, age_band]", "method: hashed\n  clusters: hh",
      "24:13: 'method: hashed' does not use 'clusters'. Write 'method: clustered' if whole clusters "
        + "were drawn; otherwise delete 'clusters'."),
    FaultyChange(
      "shape: units", "shape: counts",
      "29:5: 'kind: continuous' needs one row a unit ('shape: units'); "
        + "it cannot be computed from counts."),
    FaultyChange(
      "method: blocked", "method: clustered",
      "23:11: 'method: clustered' needs 'clusters', the column that names the cluster."),
    FaultyChange(
      "role: primary", "role: secondary",
      "28:3: No outcome is primary. Write 'role: primary' in the one that decides the trial."),
    FaultyChange(
      "id: days", "id: visited, column: days",
      "29:10: The outcome 'visited' is written more than once."),
    FaultyChange(
      "kind: binary, column: visited", "kind: binary, column: arm",
      "28:66: The column 'arm' already holds the arm, the unit or the count; "
        + "it cannot be an outcome as well."),
    FaultyChange(
      "{id: days", "{id: participant_id",
      "29:10: The column 'participant_id' already holds the arm, the unit or the count; "
        + "it cannot be an outcome as well."),
    FaultyChange(
      "{column: visited, name: 来所}]", "{column: days}]",
      "30:25: The column 'days' is not binary. A funnel consists of columns that say yes or no."),
    FaultyChange(
      "funnel: [sent", "funnel: [visited",
      "30:28: The funnel step 'visited' is written more than once."),
    FaultyChange(
      "encoding: auto", "n: size",
      "32:41: 'n' is the column of units in data of 'shape: counts'. With 'shape: units', delete it."
    ),
    FaultyChange(
      "given: sent", "given: sen",
      "41:32: 'sen' is not an earlier step. Did you mean 'sent'? Accepted: sent."),
    FaultyChange(
      "{column: sent, baseline: 1}", "{column: visited, given: x, baseline: 1}",
      "40:32: 'x' is not an earlier step. There is none to choose from.",
      "41:16: The simulated column 'visited' is written more than once.",
      "41:32: 'sent' is not an earlier step. Accepted: visited."),
    FaultyChange(
      "{social: 0.02}", "{social: 0.96, control: 0.01, x: 1}",
      "41:72: The probability in arm 'social', 0.05 plus 0.96, is not between 0 and 1.",
      "41:87: The control 'control' has the probability of 'baseline' itself; "
        + "it cannot have an effect.",
      "41:93: unknown arm 'x'. Accepted: control, social."),
    FaultyChange(
      "{social: 0.02}", "{social: -0.06}",
      "41:72: The probability in arm 'social', 0.05 plus -0.06, is not between 0 and 1."),
  ])
  func saysWhatDoesNotFit(change: FaultyChange) {
    #expect(faultLines(changed(change.old, change.new)) == change.lines)
  }

  @Test func wantsTwoArms() {
    let one = """
      nudge: 1
      trial: t
      title: t
      arms: [{id: a, control: true}]
      unit: row
      assignment: {method: simple}
      outcomes: [{id: y, role: primary, kind: binary}]
      """
    let remedy = "Write the control and at least one message to compare with it."
    #expect(faultLines(one) == ["trial.yml:4:7: There is only one arm. \(remedy)"])
    let none = one.replacingOccurrences("[{id: a, control: true}]", "[]")
    #expect(faultLines(none) == ["trial.yml:4:7: There is no arm. \(remedy)"])
    #expect(
      faultLines(none, .japanese) == [
        "trial.yml:4:7: 群が一つもありません。現行の文面（対照群）と、比べたい文面を一つ以上書いてください。"
      ])
  }

  /// A file in which ten things are wrong reports ten.
  @Test func reportsEveryFaultAtOnce() {
    let yaml = """
      nudge: 2
      trial: Bad Id
      titel: x
      period: {from: 2021-13-01, to: 2021-09-30}
      arms:
        - {id: a, control: true, cost: free}
        - {id: a, east: [sociable]}
      unit: row
      assignment: {method: simpel}
      outcomes:
        - {id: y, role: primary, kind: binary, worthwhile: -1}
      analysis: {level: 95}
      """
    let places = faultLines(yaml).map { line in
      line.split(separator: ":").prefix(3).dropFirst().joined(separator: ":")
    }
    #expect(
      places == [
        "1:1", "1:8", "2:8", "3:1", "4:16", "6:34", "7:10", "7:20", "9:22", "11:54", "12:19",
      ])
  }
}
