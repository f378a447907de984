import Vocabulary

/// Reads the values of a trial file and gathers every fault on the way.
///
/// A reading function returns nil exactly when it has reported a fault, so a trial without faults is a
/// trial without gaps.
final class TrialReader {
  let file: String
  private(set) var faults: [Fault] = []
  private(set) var mentions: [ColumnMention] = []

  init(file: String) {
    self.file = file
  }

  /// Nobody mends more at a time, and putting each into words takes a little while.
  private static let faultLimit = 200

  func report(_ fault: @autoclosure () -> TrialFault, at place: Written.Place?) {
    guard faults.count < TrialReader.faultLimit else { return }
    faults.append(fault().fault(inFile: file, at: place))
  }

  func report(_ fault: @autoclosure () -> TrialFault, at written: Written) {
    report(fault(), at: written.place)
  }

  // MARK: - Shapes

  /// The mapping at a place; keys that are not accepted are reported at once.
  func section(
    _ written: Written, name: String, keys: [String]
  ) -> Section? {
    guard let section = freeSection(written) else { return nil }
    for entry in section.entries where !keys.contains(entry.key) {
      report(unknownKey(entry.key, in: name, accepted: keys), at: entry.keyPlace)
    }
    return section
  }

  private func unknownKey(
    _ key: String, in section: String, accepted: [String]
  ) -> TrialFault {
    // To YAML these are letters like any other; to the author they are a space and a colon.
    if key.hasPrefix("\u{3000}") { return .syntax(.fullWidthSpace) }
    if key.contains("：") { return .syntax(.fullWidthColon) }
    return .unknownKey(key, section: section, accepted: accepted)
  }

  /// A mapping whose keys are the author's own names.
  func freeSection(_ written: Written) -> Section? {
    guard case .mapping(let entries) = written.shape else {
      report(.wrongShape(wanted: .mapping), at: written)
      return nil
    }
    return Section(entries: entries, place: written.place)
  }

  func list(_ written: Written) -> [Written]? {
    guard case .list(let items) = written.shape else {
      report(.wrongShape(wanted: .list), at: written)
      return nil
    }
    return items
  }

  /// A list, or a single value standing for a list of one.
  func oneOrMore(_ written: Written) -> [Written]? {
    if case .text = written.shape, !written.isNothing { return [written] }
    return list(written)
  }

  /// The value of a key that must be there.
  func required(_ key: String, in section: Section, named name: String) -> Written? {
    if let written = section[key] { return written }
    report(.missingKey(key, section: name), at: section.place)
    return nil
  }

  // MARK: - Values

  /// A text that is not empty, without the spaces around it.
  func text(_ written: Written) -> String? {
    guard case .text(let text, _) = written.shape else {
      report(.wrongShape(wanted: .text), at: written)
      return nil
    }
    let trimmed = text.trimmed
    guard !written.isNothing, !trimmed.isEmpty else {
      report(.nothingWritten(written.path), at: written)
      return nil
    }
    return trimmed
  }

  /// A text, or its versions in Japanese and English; a single version serves for both.
  func bilingual(_ written: Written) -> BilingualText? {
    switch written.shape {
    case .text:
      return text(written).map { BilingualText($0) }
    case .list:
      report(.wrongShape(wanted: .bilingualText), at: written)
      return nil
    case .mapping:
      guard let section = section(written, name: written.path, keys: ["ja", "en"]) else {
        return nil
      }
      let ja = section["ja"].map { text($0) }
      let en = section["en"].map { text($0) }
      switch (ja, en) {
      case (.some(let ja), .some(let en)):
        guard let ja, let en else { return nil }
        return BilingualText(ja: ja, en: en)
      case (.some(let only), nil), (nil, .some(let only)):
        return only.map { BilingualText($0) }
      case (nil, nil):
        report(.wrongShape(wanted: .bilingualText), at: written)
        return nil
      }
    }
  }

  /// A name of the author's own that other parts of the file, or the result, refer to.
  func identifier(_ written: Written, _ style: IdentifierStyle = .part) -> String? {
    guard let text = text(written) else { return nil }
    guard style.accepts(text) else {
      report(.badIdentifier(text, style), at: written)
      return nil
    }
    return text
  }

  func number(_ written: Written, _ range: NumberRange) -> Double? {
    guard let text = text(written) else { return nil }
    guard let value = DecimalText.parse(text) else {
      report(.notANumber(text), at: written)
      return nil
    }
    guard range.contains(value) else {
      report(.outOfRange(text, range), at: written)
      return nil
    }
    return value
  }

  func wholeNumber(_ written: Written, from: Int, to: Int) -> Int? {
    number(written, .whole(from: from, to: to)).flatMap { Int(exactly: $0) }
  }

  func yesOrNo(_ written: Written) -> Bool? {
    guard let text = text(written) else { return nil }
    switch text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      report(.notYesOrNo(text), at: written)
      return nil
    }
  }

  func date(_ written: Written) -> CalendarDate? {
    guard let text = text(written) else { return nil }
    do {
      return try CalendarDate(parsing: text)
    } catch {
      report(.notADate(error), at: written)
      return nil
    }
  }

  /// One of an enumeration's names.
  func choice<Name: RawRepresentable & CaseIterable>(
    _ written: Written, _ vocable: Vocable
  ) -> Name? where Name.RawValue == String {
    let names = Name.allCases.map(\.rawValue)
    guard let text = text(written) else { return nil }
    if let name = Name(rawValue: text) { return name }
    report(.unknownName(vocable, text, accepted: names), at: written)
    return nil
  }

  /// The name of a column of the data, noted so that it can be looked for once the data are known.
  func column(_ written: Written, inCounts: Bool = true) -> String? {
    guard let name = text(written) else { return nil }
    mention(name, at: written.place, inCounts: inCounts)
    return name
  }

  func mention(_ name: String, at place: Written.Place, inCounts: Bool = true) {
    mentions.append(ColumnMention(name: name, place: place, standsInCounts: inCounts))
  }

  // MARK: - Names that must differ

  /// Reports every name that stood earlier in the list.
  func reportDuplicates(_ names: [(name: String, place: Written.Place)], of vocable: Vocable) {
    var seen: Set<String> = []
    for (name, place) in names where !seen.insert(name).inserted {
      report(.duplicateID(vocable, name), at: place)
    }
  }
}

/// A mapping that is being read.
struct Section {
  let entries: [Written.Entry]
  let place: Written.Place

  subscript(key: String) -> Written? {
    entries.first { $0.key == key }?.value
  }
}

extension String {
  /// The text without white space at either end, full-width spaces included.
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
