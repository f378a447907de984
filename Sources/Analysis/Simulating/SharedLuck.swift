import RandomAssignment
import Trials

/// Luck that people of one town or household have in common, so that they are as alike as the trial file says.
///
/// On the scale of the values: a person copies the luck of the household with probability √ρ of the household, a household that of
/// the town so that two people of one town but of different households agree with probability √ρ of the town each. Two 0/1 values
/// that are the same with probability ρ and independent otherwise have correlation ρ, whatever their rate, which stays what it was:
/// Lunn & Davies (1998), doi:10.1093/biomet/85.2.487.
///
/// Normal numbers, and the normal liabilities behind events on the latent scale, share the sum of normal parts instead.
struct SharedLuck: Sendable {
  /// From the most alike to the least: the background column, and ρ.
  private let levels: [(column: Int, correlation: Double)]
  private let seed: UInt64
  private let step: UInt64

  /// What groups of people share, each drawn once.
  struct Drawn {
    fileprivate var values: [Key: Double] = [:]

    fileprivate struct Key: Hashable {
      var column: Int
      var group: Int32
      var salt: Int
    }
  }

  /// Nil for people who have nothing in common.
  init?(_ alike: [String: Double], step: Int, seed: UInt64, in background: Background) {
    guard !alike.isEmpty else { return nil }
    levels = alike.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .compactMap { name, value in background.place(of: name).map { ($0, value) } }
    self.seed = seed
    self.step = UInt64(step)
  }

  /// A uniform number for a person whose own would be `own`.
  func uniform(
    own: Double, for person: Int, in background: Background, drawn: inout Drawn,
    using generator: inout PhiloxGenerator
  ) -> Double {
    // How likely the luck so far is not the person's own.
    var reached = 1.0
    for (place, level) in levels.enumerated() {
      let share = level.correlation.squareRoot() / reached
      let copies =
        if place == 0 {
          generator.uniformDouble() < share
        } else {
          shared(levels[place - 1].column, person, background, salt: 1, &drawn) < share
        }
      guard copies else {
        guard place > 0 else { return own }
        return shared(levels[place - 1].column, person, background, salt: 0, &drawn)
      }
      reached = level.correlation.squareRoot()
    }
    guard let last = levels.last else { return own }
    return shared(last.column, person, background, salt: 0, &drawn)
  }

  /// A standard normal number for a person whose own would be `own`.
  func normal(
    own: Double, for person: Int, in background: Background, drawn: inout Drawn
  ) -> Double {
    var (sum, used) = (0.0, 0.0)
    for level in levels.reversed() {
      sum +=
        max(0, level.correlation - used).squareRoot()
        * shared(level.column, person, background, salt: 2, &drawn)
      used = max(used, level.correlation)
    }
    return sum + max(0, 1 - used).squareRoot() * own
  }

  /// Salt 2 is a normal number, the others are uniform.
  private func shared(
    _ column: Int, _ person: Int, _ background: Background, salt: Int, _ drawn: inout Drawn
  ) -> Double {
    let key = Drawn.Key(column: column, group: background.number(column, person), salt: salt)
    if let value = drawn.values[key] { return value }
    let names = (background.names[column], background.text(column, person))
    var generator = PhiloxGenerator(
      seed: seed, stream: Self.stream("\(names.0)\u{1F}\(names.1)\u{1F}\(step)\u{1F}\(salt)"))
    let value = salt == 2 ? generator.normal() : generator.uniformDouble()
    drawn.values[key] = value
    return value
  }

  /// A stream that belongs to a text and to no person: FNV-1a with the highest bit set.
  static func stream(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    // The last one is the draw's.
    return min(hash | 1 << 63, UInt64.max - 1)
  }
}
