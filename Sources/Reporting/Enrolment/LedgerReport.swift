import Enrolment
public import Ledger
public import Vocabulary

/// The ledger in words for a terminal: what happened when, the oldest first.
public struct LedgerReport: Sendable {
  private let events: [LedgerEvent]
  private let language: Language

  /// Makes the report.
  public init(_ events: [LedgerEvent], language: Language) {
    self.events = events
    self.language = language
  }

  /// One paragraph an event, at most 80 columns wide.
  public var text: String {
    events.map { event in
      let head = "\(event.sequence)  \(time(of: event))  \(event.kind.name[language])"
      let lines = [details(of: event), event.hash].filter { !$0.isEmpty }
        .flatMap { TextLines.wrapped($0, width: 76) }
      return ([head] + lines.map { "    \($0)" }).joined(separator: "\n")
    }.joined(separator: "\n") + "\n"
  }

  /// 令和8年11月25日 15:40:45 UTC.
  private func time(of event: LedgerEvent) -> String {
    let parts = event.time.split(separator: "T")
    guard parts.count == 2, let date = try? CalendarDate(parsing: String(parts[0])) else {
      return event.time
    }
    let clock = parts[1].replacing("Z", with: " UTC")
    return "\(language.say(ja: date.eraText, en: date.description)) \(clock)"
  }

  private func details(of event: LedgerEvent) -> String {
    switch event.kind {
    case .lock:
      event.particulars(as: ProtocolRecord.self).map { record in
        language.say(
          ja: "計画のハッシュ \(record.sha256.prefix(16))…、種の約束 \((record.commitment ?? "").prefix(16))…",
          en:
            "protocol \(record.sha256.prefix(16))…, seed committed \((record.commitment ?? "").prefix(16))…"
        ) + by(record.by)
      } ?? ""
    case .amendment:
      event.particulars(as: ProtocolRecord.self).map { record in
        let changes = (record.changes ?? []).joined(separator: language.say(ja: "、", en: ", "))
        return language.say(
          ja: "理由：\(record.reason ?? "")。変更：\(changes)",
          en: "\(record.reason ?? ""). Changed: \(changes)")
          + moment(record.isAfterUnblinding) + by(record.by)
      } ?? ""
    case .draw:
      event.particulars(as: DrawParticulars.self).map { draw in
        let sizes = (draw.sizes ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return language.say(
          ja: "\(draw.method)、\(NumberStyle.text(count: draw.units))人（\(draw.frame.name)）",
          en: "\(draw.method), \(NumberStyle.text(count: draw.units)) units (\(draw.frame.name))")
          + (sizes.isEmpty
            ? "" : language.say(ja: "、合計 ", en: "; now ") + sizes.joined(separator: ", "))
      } ?? ""
    case .release:
      event.particulars(as: ReleaseParticulars.self).map { release in
        language.say(
          ja: "\(release.entries.count)人分", en: "\(release.entries.count) arms")
          + (release.to.map { language.say(ja: "を\($0)へ", en: " to \($0)") } ?? "")
      } ?? ""
    case .deviation:
      event.particulars(as: Locking.Deviation.self).map { deviation in
        deviation.text + moment(deviation.isAfterUnblinding) + by(deviation.by)
      } ?? ""
    case .reveal, .look, .analysis:
      event.particulars(as: AccessParticulars.self).map(access) ?? ""
    }
  }

  private func access(_ access: AccessParticulars) -> String {
    var parts: [String] = []
    if let look = access.look {
      parts.append(language.say(ja: "\(look)回目", en: "look \(look)"))
    }
    if let file = access.data {
      parts.append(
        file.sha256.isEmpty ? file.name : "\(file.name) \(file.sha256.prefix(16))…")
    }
    if let note = access.note { parts.append(note) }
    return parts.joined(separator: language.say(ja: "、", en: ", ")) + by(access.by)
  }

  private func moment(_ isAfterUnblinding: Bool?) -> String {
    switch isAfterUnblinding {
    case true?: language.say(ja: "（群別の結果を見た後）", en: " (after data by arm were seen)")
    case false?: language.say(ja: "（群別の結果を見る前）", en: " (before data by arm were seen)")
    case nil: ""
    }
  }

  private func by(_ person: String?) -> String {
    person.map { language.say(ja: "［\($0)］", en: " [\($0)]") } ?? ""
  }
}
