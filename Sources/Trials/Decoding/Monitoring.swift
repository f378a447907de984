import Vocabulary

extension TrialReader {
  /// What is watched while the trial runs.
  func monitoring(_ written: Written) -> MonitoringPlan? {
    guard
      let section = section(written, name: "monitoring", keys: ["day", "by", "received"])
    else { return nil }
    // The columns are looked for when the trial is watched, not when it is analysed.
    let day = section["day"].map { text($0) }
    let by =
      section["by"].map { written in
        oneOrMore(written).flatMap { complete($0.map { text($0) }) }
      } ?? []
    let received = section["received"].map { text($0) }
    if case .some(.none) = day { return nil }
    if case .some(.none) = received { return nil }
    guard let by else { return nil }
    return MonitoringPlan(day: day ?? nil, by: by, received: received ?? nil)
  }
}
