import Vocabulary

/// What units are called: people, unless the trial says that it counts households or slots of advertising.
struct UnitWords {
  let language: Language
  /// The trial's own word; nil is people.
  let noun: BilingualText?

  /// `人`, `枠`; `people`, `slots`.
  var name: String {
    noun?[language] ?? language.say(ja: "人", en: "people")
  }

  /// `1,472人`, `1,472枠`; in English `1,472` of people and `1,472 slots` of others.
  func counted(_ count: Int) -> String {
    let number = NumberStyle.text(count: count)
    return language.say(ja: number + name, en: noun == nil ? number : "\(number) \(name)")
  }

  /// The head of a column: `人数`, `枠数`.
  var title: String { language.say(ja: name + "数", en: "n") }

  /// The same with its unit, as a worksheet wants it: `人数（人）`.
  var titleWithUnit: String { language.say(ja: "\(name)数（\(name)）", en: "n (\(name))") }

  /// `総人数`, `総枠数`.
  var total: String {
    language.say(ja: "総\(name)数", en: noun == nil ? "Units in all" : "\(name) in all")
  }
}
