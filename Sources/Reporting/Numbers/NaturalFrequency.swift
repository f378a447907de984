/// Two rates as numbers of people out of the same round number.
///
/// People judge "5 of 100, and 8 of 100" far better than two percentages (Gigerenzer & Hoffrage 1995,
/// doi:10.1037/0033-295X.102.4.684), but only on one denominator for both.
struct NaturalFrequency: Hashable {
  /// 100, 1,000 or 10,000.
  let denominator: Int
  /// The power of ten of the denominator.
  private let power: Int
  private let control: Double
  private let arm: Double

  /// Chooses the smallest denominator on which the difference is at least a whole person and no rate
  /// above zero rounds to nobody; 10,000 where none does. Nil unless both are rates.
  init?(control: Double?, arm: Double?) {
    guard let control, let arm, (0...1).contains(control), (0...1).contains(arm) else { return nil }
    self.control = control
    self.arm = arm
    // 0.06 − 0.05 is a little less than 0.01 in binary.
    let slack = 1e-9
    let difference = abs(arm - control)
    let smallest = [control, arm].filter { $0 > 0 }.min() ?? 1
    let fitting = [(2, 100.0), (3, 1_000.0)].first { _, people in
      difference * people >= 1 - slack && smallest * people >= 0.5
    }
    power = fitting?.0 ?? 4
    denominator = [2: 100, 3: 1_000][power] ?? 10_000
  }

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
