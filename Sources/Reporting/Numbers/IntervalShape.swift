import Analysis
import Vocabulary

/// A confidence set in the forms that a result can hold.
enum IntervalShape: Hashable {
  /// From one value to another; nil is unbounded on that side.
  case between(low: Double?, high: Double?)
  /// Everything up to `below` and everything from `above`.
  case outside(below: Double, above: Double)
  /// Nothing is excluded.
  case everything
  /// There is no interval.
  case unknown

  /// Reads the form from two bounds and the notes that explain absent ones.
  init(low: Double?, high: Double?, notes: [Note] = []) {
    let finiteLow = low.flatMap { $0.isFinite ? $0 : nil }
    let finiteHigh = high.flatMap { $0.isFinite ? $0 : nil }
    let openBelow = notes.contains(.noLowerBound) || low == -.infinity
    let openAbove = notes.contains(.noUpperBound) || high == .infinity
    switch (finiteLow, finiteHigh) {
    case _ where notes.contains(.everything):
      self = .everything
    case (let below?, let above?) where notes.contains(.outsideInterval):
      self = .outside(below: below, above: above)
    case (let low?, let high?):
      self = .between(low: low, high: high)
    case (let low?, nil) where openAbove:
      self = .between(low: low, high: nil)
    case (nil, let high?) where openBelow:
      self = .between(low: nil, high: high)
    case (nil, nil) where openBelow && openAbove:
      self = .everything
    default:
      self = .unknown
    }
  }

  /// The finite ends.
  var ends: [Double] {
    switch self {
    case .between(let low, let high): [low, high].compactMap { $0 }
    case .outside(let below, let above): [below, above]
    case .everything, .unknown: []
    }
  }

  /// Half the width of a bounded interval.
  var halfWidth: Double? {
    guard case .between(let low?, let high?) = self else { return nil }
    return (high - low) / 2
  }

  /// The interval in figures and words; `number` prints one bound.
  func text(in language: Language, number: (Double) -> String) -> String {
    switch self {
    case .between(let low?, let high?):
      language.say(
        ja: "\(number(low))～\(number(high))", en: "\(number(low)) to \(number(high))")
    case .between(let low?, nil):
      language.say(ja: "\(number(low))～（上限なし）", en: "\(number(low)) to no upper bound")
    case .between(nil, let high?):
      language.say(ja: "（下限なし）～\(number(high))", en: "no lower bound to \(number(high))")
    case .outside(let below, let above):
      language.say(
        ja: "\(number(below))以下または\(number(above))以上",
        en: "\(number(below)) or less, or \(number(above)) or more")
    case .everything, .between(nil, nil):
      language.say(ja: "範囲を絞れない", en: "unbounded both ways")
    case .unknown:
      NumberStyle.unknown
    }
  }
}
