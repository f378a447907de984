import Vocabulary

@testable import Trials

/// A small trial without faults; tests change one line of it at a time.
let validTrial = """
  nudge: 1
  trial: jobcafe
  title: {ja: 案内文の検証, en: Wording of the invitation}
  owner: 北海道
  period: {from: 令和3年6月1日, to: 2021-09-30}
  insights:
    - {id: not-for-me, source: interview, barrier: 自分は対象ではないと思っている}
  arms:
    - {id: control, name: 現行文面, control: true}
    - id: social
      name: 同世代の声
      east: [social]
      addresses: [not-for-me]
      channel: mail
      cost: 84
      message: |
        同じ世代の方が先月も相談を始めています。
  population: {where: {age: {from: 34, to: 49}}}
  cohorts:
    - {id: forties, name: 40代, where: {age: {from: 40, to: 49}}}
  unit: participant_id
  assignment:
    method: blocked
    blocks: [subprefecture, age_band]
    shares: {control: 1, social: 2}
    column: arm
  outcomes:
    - {id: visited, name: 来所, role: primary, kind: binary, column: visited, worthwhile: 0.01}
    - {id: days, role: secondary, kind: continuous, better: less}
  funnel: [sent, {column: visited, name: 来所}]
  analysis: {estimator: difference_in_means, level: 0.95, multiplicity: holm}
  data: {file: data.csv, shape: units, encoding: auto, missing: ["", "-", 99]}
  simulation:
    seed: 20210601
    units: 1200
    columns:
      age: {from: 34, to: 49}
      subprefecture: {石狩: 45, 上川: 20}
    steps:
      - {column: sent, baseline: 1}
      - {column: visited, given: sent, baseline: 0.05, effects: {social: 0.02}, missing: 0.01}
  """

/// The lines that a text's faults print, in English; empty when there are none.
func faultLines(_ yaml: String, _ language: Language = .english) -> [String] {
  do {
    _ = try TrialFile.decode(yaml: yaml, file: "trial.yml")
    return []
  } catch {
    return error.all.map { $0.line(in: language) }
  }
}

/// The valid trial with one passage replaced.
func changed(_ old: String, _ new: String) -> String {
  guard let range = validTrial.firstRange(of: old) else { return "no such passage: \(old)" }
  return validTrial.replacingCharacters(in: range, with: new)
}

extension String {
  func replacingCharacters(in range: Range<Index>, with new: String) -> String {
    var text = self
    text.replaceSubrange(range, with: new)
    return text
  }
}
