@testable import Analysis
import Vocabulary

extension Fixture {
  static let trial = TrialSummary(
    id: "hokkaido-jobcafe",
    title: text("ジョブカフェ案内文のナッジ検証", "Wording of the Job Café invitation"),
    owner: text("北海道経済部", "Hokkaido Government"),
    from: CalendarDate(year: 2021, month: 6, day: 1),
    to: CalendarDate(year: 2021, month: 9, day: 30),
    arms: arms, insights: insights,
    outcomes: [
      outcome("visited", text("来所", "Visit"), "primary", "binary", "more", worthwhile: 0.01),
      outcome("days", text("来所までの日数", "Days until the visit"), "secondary", "continuous", "less"),
      outcome("complaint", text("苦情の電話", "Complaint"), "exploratory", "binary", "less"),
    ],
    cohorts: [
      TrialSummary.CohortSummary(id: "thirties", name: text("30代（34～39歳）", "Aged 34–39")),
      TrialSummary.CohortSummary(id: "forties", name: text("40代（40～49歳）", "Aged 40–49")),
    ],
    assignmentMethod: "blocked", blocks: ["subprefecture", "age_band"], clusters: nil,
    level: 0.95, multiplicity: "holm", simulated: true,
    source: text("乱数で作成した架空のデータ", "Invented data made with random numbers"))

  static let arms: [TrialSummary.ArmSummary] = [
    arm(
      "control", text("現行文面", "Current letter"), control: true, east: [], addresses: [],
      message: text(
        "ジョブカフェでは、就職に関する各種相談を実施しております。\n相談を希望される方は、下記までお問い合わせください。",
        "The Job Café offers advice on employment.\nIf you wish for advice, please contact us.")),
    arm(
      "simple", text("簡素な文面", "Short letter"), east: ["easy"], addresses: ["too-much"],
      message: text(
        "仕事の相談、無料です。\n電話1本で予約できます。", "Advice on work, free of charge.\nOne call books it.")),
    arm(
      "social", text("同世代の声", "Voices of peers"), east: ["social"], addresses: ["not-for-me"],
      message: text(
        "同じ世代の方が、先月も120人、ジョブカフェで相談を始めています。\n「話すだけで気が楽になりました」（42歳）",
        "120 people of your age began with advice last month.\n“Talking alone helped.” (42)")),
    arm(
      "deadline", text("期限と予約", "Deadline and booking"), east: ["easy", "timely"],
      addresses: ["some-day", "too-much"],
      message: text(
        "あなたの相談枠を、7月15日（木）午後2時に仮予約しました。\n都合が合わない場合は、7月8日までにお電話ください。",
        "We have reserved 2 p.m. on Thursday 15 July for you.\nTo change it, call by 8 July.")),
  ]

  private static func arm(
    _ id: String, _ name: BilingualText, control: Bool = false, east: [String],
    addresses: [String], message: BilingualText
  ) -> TrialSummary.ArmSummary {
    TrialSummary.ArmSummary(
      id: id, name: name, control: control, share: 1, message: message, east: east,
      addresses: addresses, channel: "mail", cost: 84)
  }

  static func outcome(
    _ id: String, _ name: BilingualText, _ role: String, _ kind: String, _ better: String,
    worthwhile: Double? = nil
  ) -> TrialSummary.OutcomeSummary {
    TrialSummary.OutcomeSummary(
      id: id, name: name, role: role, kind: kind, estimator: "difference_in_means",
      measure: kind == "binary" ? "risk_difference" : "mean_difference", better: better,
      worthwhile: worthwhile)
  }

  private static let insights: [TrialSummary.InsightSummary] = [
    TrialSummary.InsightSummary(
      id: "not-for-me", source: "interview",
      barrier: text("自分は対象ではないと思っている", "I thought it was not for people like me")),
    TrialSummary.InsightSummary(
      id: "too-much", source: "interview",
      barrier: text("手続きが面倒そうに見える", "It looked like a lot of paperwork")),
    TrialSummary.InsightSummary(
      id: "some-day", source: "workshop",
      barrier: text("そのうち行こうと思っている", "I will go some day")),
  ]

  // MARK: - Means

  static let means: [MeanRow] = [
    rate("visited", "control", 51, 1000, 0.0390, 0.0664),
    rate("visited", "simple", 58, 1000, 0.0451, 0.0742),
    rate("visited", "social", 74, 1000, 0.0593, 0.0919),
    rate("visited", "deadline", 96, 1000, 0.0793, 0.1158),
    rate("visited", "control", 21, 420, 0.0329, 0.0752, cohort: "thirties"),
    rate("visited", "simple", 26, 420, 0.0426, 0.0893, cohort: "thirties"),
    rate("visited", "social", 34, 420, 0.0585, 0.1110, cohort: "thirties"),
    rate("visited", "deadline", 47, 416, 0.0860, 0.1470, cohort: "thirties"),
    rate("visited", "control", 30, 580, 0.0365, 0.0729, cohort: "forties"),
    rate("visited", "simple", 32, 580, 0.0393, 0.0769, cohort: "forties"),
    rate("visited", "social", 40, 580, 0.0511, 0.0925, cohort: "forties"),
    rate("complaint", "control", 0, 1000, 0, 0.0038),
    rate("complaint", "simple", 0, 1000, 0, 0.0038),
    rate("complaint", "social", 1, 1000, 0.0002, 0.0056),
    rate("complaint", "deadline", 3, 1000, 0.0010, 0.0088),
    days("control", 51, 31.2, 28.4, 34.0), days("simple", 58, 30.4, 27.7, 33.1),
    days("social", 74, 28.8, 26.3, 31.3), days("deadline", 96, 25.1, 23.0, 27.2),
  ]

  static func rate(
    _ outcome: String, _ arm: String, _ events: Int, _ n: Int, _ low: Double, _ high: Double,
    cohort: String = "all"
  ) -> MeanRow {
    MeanRow(
      outcome: outcome, arm: arm, cohort: cohort, n: n, missing: arm == "social" ? 4 : 0,
      events: events, mean: Double(events) / Double(n), standardDeviation: nil, confLow: low,
      confHigh: high, confLevel: 0.95, method: "wilson")
  }

  private static func days(
    _ arm: String, _ n: Int, _ mean: Double, _ low: Double, _ high: Double
  ) -> MeanRow {
    MeanRow(
      outcome: "days", arm: arm, cohort: "all", n: n, missing: 0, events: nil, mean: mean,
      standardDeviation: 11.4, confLow: low, confHigh: high, confLevel: 0.95, method: "t")
  }

  // MARK: - Funnel and checks

  static let funnel: [FunnelRow] = {
    let steps = [
      ("sent", text("発送", "Sent"), [1000, 1000, 1000, 1000]),
      ("opened", text("開封", "Opened"), [612, 655, 641, 702]),
      ("called", text("電話", "Called"), [118, 139, 151, 204]),
      ("visited", text("来所", "Visited"), [51, 58, 74, 96]),
      ("enrolled", text("登録", "Enrolled"), [32, 37, 45, 61]),
    ]
    var rows: [FunnelRow] = []
    for (position, step) in steps.enumerated() {
      for (arm, events) in zip(arms, step.2) {
        let before = rows.last { $0.arm == arm.id }?.events
        let difference = Double(events - step.2[0]) / 1000
        let isCompared = !arm.control && position > 0
        rows.append(
          FunnelRow(
            step: step.0, name: step.1, arm: arm.id, n: 1000, events: events,
            rateOfAll: Double(events) / 1000,
            rateOfPrevious: before.map { Double(events) / Double($0) }, missing: 0,
            difference: isCompared ? difference : nil,
            confLow: isCompared ? difference - 0.02 : nil,
            confHigh: isCompared ? difference + 0.02 : nil, pValue: isCompared ? 0.04 : nil))
      }
    }
    return rows
  }()

  static let checks: [Check] = [
    Check(kind: .simulatedData, status: .warn),
    Check(
      kind: .sampleRatio(
        observed: ["control": 1000, "simple": 1000, "social": 1000, "deadline": 1000],
        shares: ["control": 1, "simple": 1, "social": 1, "deadline": 1], pValue: 1,
        method: "chi_squared", ofClusters: false),
      status: .pass),
    Check(
      kind: .missingness(
        outcome: "visited", missing: ["control": 0, "simple": 0, "social": 4, "deadline": 0],
        units: ["control": 1000, "simple": 1000, "social": 1000, "deadline": 1000], pValue: 0.0074,
        method: "chi_squared"),
      status: .warn),
    Check(kind: .duplicateUnits(count: 2, examples: ["H-00231", "H-01877"]), status: .fail),
    Check(kind: .rowsWithoutArm(count: 0), status: .pass),
    Check(kind: .rowsOutsidePopulation(count: 12), status: .pass),
    Check(kind: .funnelOrder(step: "visited", count: 0), status: .pass),
  ]
}
