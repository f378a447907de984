/// Two rates as numbers of people out of the same round number.
///
/// People judge "5 of 100, and 8 of 100" far better than two percentages (Gigerenzer & Hoffrage 1995,
/// doi:10.1037/0033-295X.102.4.684), but only on one denominator for both.
struct NaturalFrequency: Hashable {
  /// 100, 1,000 or 10,000.
  let denominator: Int
  private let control: Double
  private let arm: Double

  /// Tells two rates on a given denominator; nil unless both are rates.
  init?(control: Double?, arm: Double?, outOf denominator: Int) {
    guard let control, let arm, (0...1).contains(control), (0...1).contains(arm) else { return nil }
    self.control = control
    self.arm = arm
    self.denominator = denominator
  }

  /// The smallest denominator on which the difference is at least a whole person and no rate above
  /// zero rounds to nobody; 10,000 where none does. Nil unless both are rates.
  static func denominator(control: Double?, arm: Double?) -> Int? {
    guard let control, let arm, (0...1).contains(control), (0...1).contains(arm) else { return nil }
    // 0.06 − 0.05 is a little less than 0.01 in binary.
    let slack = 1e-9
    let rarest = [control, arm].filter { $0 > 0 }.min() ?? 1
    return [100, 1_000].first {
      abs(arm - control) * Double($0) >= 1 - slack && rarest * Double($0) >= 0.5
    } ?? 10_000
  }

  /// The power of ten of the denominator.
  private var power: Int { String(denominator).count - 1 }

  /// People with the event under the control message.
  var controlPeople: String { people(control) }
  /// People with the event under the other message.
  var armPeople: String { people(arm) }

  private func people(_ rate: Double) -> String {
    DecimalDigits(rate)?.shifted(by: power).magnitudeText(decimals: 0) ?? NumberStyle.unknown
  }

  /// A difference of rates in people, with its sign and one decimal.
  func difference(_ value: Double) -> String {
    NumberStyle(shift: power, decimals: 1).signed(value)
  }
}
