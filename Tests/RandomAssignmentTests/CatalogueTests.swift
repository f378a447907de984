import Foundation
import Testing

@testable import RandomAssignment

private func arms(_ shares: Int...) -> [Arm] {
  shares.enumerated().map { Arm(id: "arm\($0)", share: $1) }
}

@Suite("Every design")
struct CatalogueTests {
  @Test("no file of a design is forgotten in the catalogue")
  func complete() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/RandomAssignment/Designs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let known = Set(DesignCatalogue.all.map { "\($0)" })
    for file in files.sorted() {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      guard text.contains(": AssignmentDesign {") else { continue }
      #expect(known.contains(file.replacing(".swift", with: "")), "\(file)")
    }
    #expect(Set(DesignCatalogue.all.map { $0.name }).count == DesignCatalogue.all.count)
  }

  /// Small enough that 10⁵ draws of each are quick, uneven enough to be no accident.
  static let designs: [any AssignmentDesign] = [
    SimpleAssignment(arms: arms(1, 2)), CompleteAssignment(arms: arms(2, 1)),
    BlockedAssignment(arms: arms(1, 1, 1)), ClusteredAssignment(arms: arms(1, 2)),
    ClusteredAssignment(arms: arms(1, 1), isBlocked: true),
    PermutedBlocks(arms: arms(2, 1), multiples: [1, 2]), MatchedPairs(arms: arms(1, 1)),
    Rerandomized(arms: arms(1, 1), threshold: 1), Minimized(arms: arms(1, 1)),
    BiasedCoin(arms: arms(1, 1)),
    FactorialAssignment(factors: [.init(id: "a", levels: ["x", "y"])], isBlocked: true),
    SteppedWedge(sequences: 2),
    ThompsonSampling(arms: arms(1, 1), successes: [2, 4], failures: [8, 6]),
  ]

  static let units = (0..<6).map {
    ExperimentalUnit(
      id: "u\($0)", block: $0 < 4 ? "a" : "b", cluster: "c\($0 / 2)", factors: ["\($0 % 2)"],
      measurements: [Double($0 * $0)])
  }

  // Four standard errors of a share p in 100,000 draws.
  @Test("every unit gets every arm as often as promised", arguments: designs.indices)
  func probabilities(index: Int) throws {
    let draws = 100_000
    let counts = try Self.counts(of: Self.designs[index], draws: draws)
    for (unit, row) in zip(Self.units, counts) {
      for (count, promised) in zip(row, Self.designs[index].probabilities(for: unit)) {
        let share = Double(count) / Double(draws)
        let error = (promised * (1 - promised) / Double(draws)).squareRoot()
        #expect(abs(share - promised) < 4 * error, "\(type(of: Self.designs[index]))")
      }
    }
  }

  private static func counts(
    of design: some AssignmentDesign, draws: Int
  ) throws -> [[Int]] {
    var generator = PhiloxGenerator(seed: 31)
    var counts = units.map { _ in Array(repeating: 0, count: design.arms.count) }
    // Pairs do not depend on the draw: formed once, they leave time for as many coins.
    let pairs = try (design as? MatchedPairs)?.pairs(of: units)
    // Propensities do not either.
    let propensities = try (design as? ThompsonSampling)?.propensities()
    for _ in 0..<draws {
      let drawn: [Int]
      if let pairs, let design = design as? MatchedPairs {
        drawn = design.draw(pairs, units, using: &generator).armIndices
      } else if let propensities {
        drawn = units.map { _ in Minimized.draw(propensities, using: &generator) }
      } else {
        drawn = try design.assign(units, using: &generator).armIndices
      }
      for (unit, arm) in drawn.enumerated() { counts[unit][arm] += 1 }
    }
    return counts
  }

  @Test("the same seed gives the same draw, in any number of tasks at once")
  func repeated() async throws {
    for design in Self.designs {
      func draw() throws -> Assignment {
        var generator = PhiloxGenerator(seed: 9, stream: 4)
        return try design.assign(Self.units, using: &generator)
      }
      let alone = try draw()
      let together = try await withThrowingTaskGroup(of: Assignment.self) { group in
        for _ in 0..<8 {
          group.addTask {
            var generator = PhiloxGenerator(seed: 9, stream: 4)
            return try design.assign(Self.units, using: &generator)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(together.allSatisfy { $0 == alone })
    }
  }

  @Test("nobody to draw is an error, not an empty list", arguments: designs.indices)
  func nobody(index: Int) {
    var generator = PhiloxGenerator(seed: 1)
    #expect(throws: DesignError.self) {
      try Self.designs[index].assign([], using: &generator)
    }
  }
}
