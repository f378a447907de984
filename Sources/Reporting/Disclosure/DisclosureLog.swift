public import Analysis
public import Vocabulary

/// What was hidden and why, as a table: for the office, because it holds the numbers.
public struct DisclosureLog {
  private let log: [HiddenCell]
  private let index: ResultIndex

  /// Makes the log of a result that still has all its numbers.
  public init(_ log: [HiddenCell], of result: TrialResult, language: Language) {
    self.log = log
    index = ResultIndex(result: result, language: language)
  }

  /// RFC 4180, empty where there is no number.
  public var csv: String {
    let head = ["outcome", "step", "arm", "group", "reason", "n", "events", "note"]
    let rows = log.map { line in
      [
        CSVField.text(line.cell.outcome), line.cell.isStep ? "1" : "0",
        CSVField.text(line.cell.arm), CSVField.text(line.cell.group), line.reason.rawValue,
        line.units.map(String.init) ?? "", line.events.map(String.init) ?? "",
        CSVField.text(line.reason.words(in: index.language)),
      ]
    }
    return ([head] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// How much was hidden, in a sentence.
  public var summary: String {
    let count = NumberStyle.text(count: log.count)
    return index.language.say(
      ja: log.isEmpty ? "秘匿した欄はありません。" : "\(count)か所を秘匿しました。",
      en: log.isEmpty ? "Nothing had to be hidden." : "\(count) numbers were hidden.")
  }
}

extension HidingReason {
  func words(in language: Language) -> String {
    switch self {
    case .small:
      language.say(ja: "人数、該当者又は非該当者が少ない", en: "few people, or few with or without the event")
    case .change:
      language.say(ja: "前に公表した版との差が少人数", en: "few people differ from the version published before")
    case .complement:
      language.say(ja: "引き算で少ない欄が分かる", en: "a small number could be computed from it")
    case .holder:
      language.say(ja: "含まれる範囲が秘匿されている", en: "what holds it is hidden")
    }
  }
}
