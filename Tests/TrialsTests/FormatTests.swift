import Testing
import Vocabulary

@testable import Trials

/// The format as it was designed, with every key that it will ever have.
private let everyKey = """
  nudge: 1                                  # format version
  trial: hokkaido-jobcafe                   # id: a–z 0–9 -
  title: {ja: ジョブカフェ案内文のナッジ検証, en: Wording of the Job Café invitation}
  owner: 北海道
  period: {from: 令和3年6月1日, to: 令和3年9月30日}   # 和暦, 2021-06-01 and 2021/6/1 all read
  insights:                                 # interviews and workshops: why each message exists
    - {id: not-for-me, source: interview, barrier: 自分は対象ではないと思っている}
  arms:                                     # message variants
    - {id: control, name: 現行文面, control: true}
    - id: social
      name: 同世代の声
      east: [social]
      addresses: [not-for-me]
      channel: mail
      cost: 84                              # yen a unit
      message: |
        同じ世代の方が先月も◯人、ジョブカフェで相談を始めています。
  population: {where: {age: {from: 34, to: 49}, employment: {in: [non_regular, jobless]}}}
  cohorts:
    - {id: forties, name: 40代, where: {age: {from: 40, to: 49}}}
  unit: participant_id                      # or `row` when every row is a unit and has no id
  assignment:
    method: blocked          # simple complete blocked clustered matched_pairs rerandomized minimized
                             # hashed factorial stepped_wedge (+ blocks/clusters together)
    blocks: [subprefecture, age_band]
    clusters: household_id   # optional
    shares: {control: 1, social: 1}
    column: arm              # where the analysed data says which arm
  outcomes:
    - {id: visited, name: 来所, role: primary, kind: binary, column: visited, better: more,
       worthwhile: 0.01}     # smallest effect of interest, absolute
    - {id: placed_in, role: secondary, kind: time_to_event, column: days, event: placed, horizon: 180}
    - {id: ctr, kind: ratio, numerator: clicks, denominator: impressions, role: secondary}
                             # kinds: binary count continuous ratio time_to_event quantile
                             # an outcome may carry its own estimator:, covariates:, where:
  funnel: [sent, opened, clicked, visited, enrolled, placed]
  analysis:
    estimator: lin           # or {lin: {covariates: [age, months_jobless]}}
    level: 0.95
    multiplicity: holm
    looks: {at: [0.33, 0.67, 1], spending: obrien-fleming}
    subgroups: [age_band]
    takeup: attended         # asks for CACE beside ITT
  data:
    file: ../../notebooks-data/hokkaido-jobcafe.csv   # or sqlite:…, postgres://…, sc://…
    shape: units             # or counts: one row a cell; column n (or data.n: NAME) holds the units,
                             # each outcome's column its events (binary) or its sum
    encoding: auto           # utf-8 (with or without BOM), cp932
  rollout: {municipalities: …csv, budget: 5000000, voltage: [1.0, 0.75, 0.5]}
  disclosure: {minimum_cell: 10}
  """

@Suite struct FormatTests {
  /// Every key of the format is acted on.
  @Test func knowsEveryKeyOfTheFormat() {
    #expect(faultLines(everyKey) == [])
  }
}
