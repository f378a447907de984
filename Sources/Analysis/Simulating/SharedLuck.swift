import RandomAssignment
import Trials

/// Luck that people of one town or household have in common, so that they are as alike as the trial file says.
///
/// A person copies the luck of the household with probability √ρ of the household, a household that of the town so that two people of
/// one town but of different households agree with probability √ρ of the town each. Two 0/1 values that are the same with
/// probability ρ and independent otherwise have correlation ρ, whatever their rate, which stays what it was: Lunn & Davies (1998),
/// doi:10.1093/biomet/85.2.487. Normal numbers share the sum of normal parts instead.
struct SharedLuck {
  /// From the most alike to the least: the column, and ρ.
  private let levels: [(column: String, correlation: Double)]
  private let seed: UInt64
  private let step: UInt64

  /// Nil for people who have nothing in common.
  init?(_ step: SimulationPlan.Step, number: Int, seed: UInt64) {
    guard !step.alike.isEmpty else { return nil }
    levels = step.alike.filter { $0.value > 0 }.sorted {
      ($1.value, $0.key) < ($0.value, $1.key)
    }.map { ($0.key, $0.value) }
    self.seed = seed
    self.step = UInt64(number)
  }

  /// A uniform number for a person, of whom `value` gives the background.
  func uniform(
    own: Double, using generator: inout PhiloxGenerator, value: (String) -> String
  ) -> Double {
    // How likely the luck so far is not the person's own.
    var reached = 1.0
    for (place, level) in levels.enumerated() {
      let share = level.correlation.squareRoot() / reached
      let copies: Bool
      if place == 0 {
        copies = generator.uniformDouble() < share
      } else {
        var above = shared(levels[place - 1].column, value, salt: 1)
        copies = above.uniformDouble() < share
      }
      guard copies else {
        guard place > 0 else { return own }
        var above = shared(levels[place - 1].column, value, salt: 0)
        return above.uniformDouble()
      }
      reached = level.correlation.squareRoot()
    }
    guard let last = levels.last else { return own }
    var common = shared(last.column, value, salt: 0)
    return common.uniformDouble()
  }

  /// A standard normal number for a person.
  func normal(own: Double, value: (String) -> String) -> Double {
    var (sum, used) = (0.0, 0.0)
    for level in levels.reversed() {
      var common = shared(level.column, value, salt: 2)
      sum += max(0, level.correlation - used).squareRoot() * common.normal()
      used = max(used, level.correlation)
    }
    return sum + max(0, 1 - used).squareRoot() * own
  }

  private func shared(
    _ column: String, _ value: (String) -> String, salt: UInt64
  ) -> PhiloxGenerator {
    PhiloxGenerator(
      seed: seed,
      stream: SharedLuck.stream("\(column)\u{1F}\(value(column))\u{1F}\(step)\u{1F}\(salt)"))
  }

  /// A stream that belongs to a text and to no person: FNV-1a with the highest bit set.
  static func stream(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    // The last one is the draw's.
    return min(hash | 1 << 63, UInt64.max - 1)
  }
}
