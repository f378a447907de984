import Vocabulary

extension TrialReader {
  static let kpiKeys = ["kpi", "owner", "code", "programme", "cost", "years", "rows", "result"]

  /// The whole plan; nil after any fault.
  func kpiPlan(_ root: Written) -> KPIPlan? {
    let name = "kpi.yml"
    guard let file = section(root, name: name, keys: TrialReader.kpiKeys) else { return nil }
    required("kpi", in: file, named: name).map { formatVersion($0) }
    let owner = required("owner", in: file, named: name).flatMap { text($0) }
    let code = file["code"].map { municipalityCode($0) }
    let programme = required("programme", in: file, named: name).flatMap { text($0) }
    let cost = file["cost"].map { number($0, .notNegative) }
    let years = required("years", in: file, named: name).flatMap { fiscalYears($0) }
    let rows = required("rows", in: file, named: name).flatMap { list($0) }
      .flatMap { items in complete(items.map { kpiRow($0, years: years?.count) }) }
    let result = file["result"].map { text($0) }
    if case .some(.none) = code { return nil }
    if case .some(.none) = cost { return nil }
    if case .some(.none) = result { return nil }
    guard faults.isEmpty, let owner, let programme, let years, let rows else { return nil }
    return KPIPlan(
      owner: owner, code: code ?? nil, programme: programme, cost: cost ?? nil, years: years,
      rows: rows, result: result ?? nil)
  }

  private func municipalityCode(_ written: Written) -> String? {
    guard let text = text(written) else { return nil }
    guard let code = MunicipalityCode(text) else {
      report(.badMunicipalityCode(text), at: written)
      return nil
    }
    return code.description
  }

  private func fiscalYears(_ written: Written) -> [FiscalYear]? {
    guard let items = oneOrMore(written) else { return nil }
    let years = items.map { item -> FiscalYear? in
      guard let text = text(item) else { return nil }
      guard let year = FiscalYear(text) else {
        report(.badFiscalYear(text), at: item)
        return nil
      }
      return year
    }
    guard let years = complete(years) else { return nil }
    for (place, year) in years.enumerated().dropFirst() where year <= years[place - 1] {
      report(.yearsDoNotRise, at: items[place])
      return nil
    }
    return years
  }

  private func kpiRow(_ written: Written, years: Int?) -> KPIPlan.Row? {
    let what = "rows"
    guard
      let section = section(
        written, name: what, keys: ["name", "unit", "plan", "total", "actual", "note"])
    else { return nil }
    let name = required("name", in: section, named: what).flatMap { text($0) }
    let unit = required("unit", in: section, named: what).flatMap { text($0) }
    let plan = required("plan", in: section, named: what).flatMap { amounts($0, years: years) }
    let total = section["total"].map { amount($0) }
    let actual = section["actual"].map { amounts($0, years: years) }
    let note = section["note"].map { text($0) }
    if case .some(.none) = total { return nil }
    if case .some(.none) = actual { return nil }
    if case .some(.none) = note { return nil }
    guard let name, let unit, let plan else { return nil }
    return KPIPlan.Row(
      name: name, unit: unit, plan: plan, total: (total ?? nil) ?? nil,
      actual: (actual ?? nil) ?? plan.map { _ in nil }, note: note ?? nil)
  }

  private func amounts(_ written: Written, years: Int?) -> [Double?]? {
    guard let items = oneOrMore(written) else { return nil }
    let values = items.map { amount($0) }
    if let years, values.count != years {
      report(.otherNumberOfYears(values.count, years: years), at: written)
      return nil
    }
    return complete(values)
  }

  /// A number as plans have it (`1,546`, `１５`), or 「-」 for none; nil where it is neither.
  private func amount(_ written: Written) -> Double?? {
    guard case .text(let text, _) = written.shape else {
      report(.wrongShape(wanted: .text), at: written)
      return nil
    }
    let dashes: Set<Character> = ["-", "－", "ー", "–", "—", "−", "‐"]
    let kept = text.filter { !$0.isWhitespace }
    if written.isNothing || kept.isEmpty || kept.allSatisfy(dashes.contains) { return .some(nil) }
    guard let value = DecimalText.parse(kept), value.isFinite else {
      report(.notANumber(text), at: written)
      return nil
    }
    return .some(value)
  }
}
