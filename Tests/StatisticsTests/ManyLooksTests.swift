import Foundation
import RandomAssignment
import Statistics
import Testing

@Suite("Many looks")
struct ManyLooksTests {
  /// Sums of normal increments, which share nothing with the integration that finds the boundary.
  @Test(
    "O'Brien-Fleming keeps its type I error within .003, however many looks",
    arguments: [5, 14, 28])
  func typeOneError(looks: Int) throws {
    let boundary = try SequentialBoundary.lanDeMets(
      informationFractions: (1...looks).map { Double($0) / Double(looks) }, significance: 0.05,
      sides: .two, spending: .obrienFleming)
    let trials = 60_000
    var stopped = 0
    for trial in 0..<trials {
      var generator = PhiloxGenerator(seed: 28, stream: UInt64(trial))
      var sum = 0.0
      for look in 0..<looks {
        // Box and Muller, one of the pair.
        let radius = (-2 * log(1 - generator.uniformDouble())).squareRoot()
        sum += radius * cos(2 * Double.pi * generator.uniformDouble())
        if abs(sum) / Double(look + 1).squareRoot() > boundary.upper[look] {
          stopped += 1
          break
        }
      }
    }
    // The standard error of the simulation is .0009.
    #expect(abs(Double(stopped) / Double(trials) - 0.05) < 0.003)
  }
}
