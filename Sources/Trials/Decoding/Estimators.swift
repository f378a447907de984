import FoundationEssentials
import Statistics

// An estimator is chosen by name; its settings are decoded by the estimator itself, so that a new one
// needs no code here.

extension TrialReader {
  /// A name, or a name with settings: `{difference_in_means: {variance: pooled}}`.
  func estimator(_ written: Written) -> SelectedEstimator? {
    switch written.shape {
    case .text:
      return text(written).flatMap { known($0, at: written) }.map(SelectedEstimator.init)
    case .mapping(let entries):
      guard let entry = entries.first, entries.count == 1 else { break }
      return known(entry.key, at: written).flatMap { settings(entry.value, of: $0) }
    case .list:
      break
    }
    report(.wrongShape(wanted: .estimator), at: written)
    return nil
  }

  private func known(_ name: String, at written: Written) -> (any Estimator)? {
    if let estimator = Catalogue.estimator(named: name) { return estimator }
    report(
      .unknownName(
        .estimator, name, accepted: Catalogue.estimators.map { type(of: $0).name }),
      at: written)
    return nil
  }

  private func settings(
    _ written: Written, of defaults: any Estimator
  ) -> SelectedEstimator? {
    let type = type(of: defaults)
    let keys = settingNames(of: defaults)
    guard let section = section(written, name: type.name, keys: keys) else { return nil }
    var isSound = section.entries.allSatisfy { keys.contains($0.key) }
    for (key, words) in type.settingWords {
      guard let written = section[key] else { continue }
      guard let word = text(written) else { return nil }
      if !words.contains(word) {
        report(.unknownName(.setting(key), word, accepted: words), at: written)
        isSound = false
      }
    }
    guard isSound else { return nil }
    guard let data = try? JSONEncoder().encode(WrittenValue(written)),
      let estimator = try? JSONDecoder().decode(type, from: data)
    else {
      report(.settingsNotAccepted(of: type.name), at: written)
      return nil
    }
    mentionColumns(of: estimator, in: section)
    return SelectedEstimator(estimator)
  }

  /// The data must hold what the settings name, and a message points at the name.
  private func mentionColumns(of estimator: any Estimator, in section: Section) {
    let items = section.entries.flatMap { entry -> [Written] in
      if case .list(let items) = entry.value.shape { return items }
      return [entry.value]
    }
    for name in estimator.columns {
      let item = items.first {
        if case .text(let text, _) = $0.shape { return text.contains(name) }
        return false
      }
      mention(name, at: item?.place ?? section.place)
    }
  }

  /// What an estimator encodes at its defaults.
  private func settingNames(of defaults: any Estimator) -> [String] {
    guard let data = try? JSONEncoder().encode(defaults),
      let names = try? JSONDecoder().decode(KeysOnly.self, from: data)
    else { return [] }
    return names.keys.sorted()
  }
}

/// The keys of a JSON object, whatever stands behind them.
private struct KeysOnly: Decodable {
  let keys: [String]

  init(from decoder: any Decoder) throws {
    keys = try decoder.container(keyedBy: SettingKey.self).allKeys.map(\.stringValue)
  }
}

/// A written value in the shape that a decoder of settings reads: plain numbers and yes/no are taken
/// for such, anything in quotation marks for a text.
private struct WrittenValue: Encodable {
  let written: Written

  init(_ written: Written) {
    self.written = written
  }

  func encode(to encoder: any Encoder) throws {
    switch written.shape {
    case .mapping(let entries):
      var container = encoder.container(keyedBy: SettingKey.self)
      for entry in entries {
        try container.encode(
          WrittenValue(entry.value), forKey: SettingKey(stringValue: entry.key))
      }
    case .list(let items):
      var container = encoder.unkeyedContainer()
      for item in items { try container.encode(WrittenValue(item)) }
    case .text(let text, let isPlain):
      var container = encoder.singleValueContainer()
      if isPlain, let number = Double(text), number.isFinite {
        try container.encode(number)
      } else if isPlain, text == "true" || text == "false" {
        try container.encode(text == "true")
      } else {
        try container.encode(text)
      }
    }
  }
}

private struct SettingKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}
