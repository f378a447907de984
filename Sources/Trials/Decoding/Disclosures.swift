import Vocabulary

extension TrialReader {
  static let disclosureKeys = ["minimum_cell", "symbol", "small_groups"]

  /// What is hidden in what is published.
  func disclosure(_ written: Written) -> DisclosurePlan? {
    guard
      let section = section(written, name: "disclosure", keys: TrialReader.disclosureKeys)
    else { return nil }
    let before = faults.count
    let minimum = section["minimum_cell"].flatMap { wholeNumber($0, from: 2, to: 1000) }
    let symbol = section["symbol"].flatMap { text($0) }
    let groups: DisclosurePlan.SmallGroups? =
      section["small_groups"].flatMap { choice($0, .smallGroups) }
    return faults.count == before
      ? DisclosurePlan(
        minimumCell: minimum ?? DisclosurePlan.usualMinimum,
        symbol: symbol ?? DisclosurePlan.usualSymbol, smallGroups: groups ?? .hide) : nil
  }
}
