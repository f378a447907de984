public import RandomAssignment

/// How the arms of a sample are drawn again for a test.
public enum Redrawing: Sendable {
  /// Shuffled within blocks, whole clusters where those were drawn: every order with the arms' sizes is as likely.
  case shuffle
  /// By the design, from everyone who was drawn; `places` says where each unit of the sample stands in the list.
  case design(DrawnList, places: [Int])
  /// By whole clusters into the sequences of a stepped wedge.
  case wedge(WedgeDraw)
  /// By a design that looks at units, of which too little is known to draw again.
  case unknown

  /// Whether the arms keep their sizes in every block.
  var keepsSizes: Bool {
    if case .design = self { false } else { true }
  }
}

/// When each unit of a stepped wedge was seen, and when its cluster was to begin.
public struct WedgeDraw: Hashable, Sendable {
  /// One a unit: the period, from 0.
  public let periods: [Int]
  /// One a unit: its cluster's sequence, from 0; it has the offer in later periods.
  public let sequences: [Int]

  /// Makes the description.
  public init(periods: [Int], sequences: [Int]) {
    self.periods = periods
    self.sequences = sequences
  }
}

/// Everyone who was drawn, in their order, with the design that drew them: what a test needs to draw them again.
///
/// A shuffle of the arms is the draw of a complete, blocked or clustered design. It is not that of designs that look at
/// the units: a minimised draw, a biased coin, permuted blocks, a rerandomised draw. These are made again from the
/// whole list, also from those whose outcome is not known.
///
/// A contrast of two arms among several keeps the others' units as they are, since what they would have shown under
/// these arms is not known. Of a rerandomised draw the arms of the two are then shuffled within blocks until the whole is accepted: the
/// draw's own distribution, given the others. Designs for arrivals have no such draw, and only two arms, or the
/// hypothesis that no arm does anything, can be tested.
///
/// In R: `ri2::declare_ra(permutation_matrix = …)`. Reference: Rosenberger, Uschner & Wang (2019),
/// doi:10.1002/sim.7901.
public struct DrawnList: Sendable {
  /// The design.
  public let design: any AssignmentDesign
  /// Everyone, in the order of the draw.
  public let units: [ExperimentalUnit]
  /// Each one's arm: its position among the design's arms; -1 where it is not known.
  public let arms: [Int]

  /// Makes the list.
  ///
  /// - Returns: nil where the lengths disagree, or nobody was drawn.
  public init?(_ units: [ExperimentalUnit], arms: [Int], drawnBy design: any AssignmentDesign) {
    guard units.count == arms.count, !units.isEmpty else { return nil }
    self.design = design
    self.units = units
    self.arms = arms
  }

  /// Draws again and again; draw k comes from stream k.
  ///
  /// - Parameters:
  ///   - count: how many draws.
  ///   - seed: the seed of all streams.
  ///   - pair: the two arms whose units alone are drawn again; nil is all.
  ///   - body: what is kept of a draw: everyone's arms, in the order of ``units``.
  /// - Returns: what `body` returned, draw by draw.
  /// - Throws: ``EstimationError/drawUnknown`` where the design refuses the units, or has no draw of a pair.
  func redraws<Kept: Sendable>(
    _ count: Int, seed: UInt64, between pair: (Int, Int)?, _ body: @Sendable ([Int]) -> Kept
  ) throws(EstimationError) -> [Kept] {
    let draw = try drawing(between: pair)
    return try throwingReplicates(count, seed: seed) {
      (generator) throws(EstimationError) in body(try draw(&generator))
    }
  }

  private typealias Drawing = @Sendable (inout PhiloxGenerator) throws(EstimationError) -> [Int]

  private func drawing(between pair: (Int, Int)?) throws(EstimationError) -> Drawing {
    do throws(DesignError) {
      if let design = design as? Rerandomized {
        // The covariates are turned and stretched once, not once a draw.
        let acceptance = try design.acceptance(of: units)
        if let pair, design.arms.count > 2 {
          return try shuffling(pair, isBlocked: design.isBlocked, until: acceptance)
        }
        return { (generator) throws(EstimationError) in
          guard let drawn = try? design.assign(units, within: acceptance, using: &generator) else {
            throw .drawUnknown
          }
          return drawn.armIndices
        }
      }
    } catch {
      throw .drawUnknown
    }
    guard pair == nil || design.arms.count == 2 else { throw .drawUnknown }
    return { (generator) throws(EstimationError) in
      guard let drawn = try? design.assign(units, using: &generator) else { throw .drawUnknown }
      return drawn.armIndices
    }
  }

  /// Shuffles two arms, the others fixed, until the draw is accepted.
  private func shuffling(
    _ pair: (Int, Int), isBlocked: Bool, until acceptance: Rerandomized.Acceptance
  ) throws(DesignError) -> Drawing {
    let places = arms.indices.filter { arms[$0] == pair.0 || arms[$0] == pair.1 }
    let blocks = isBlocked ? Grouping(places.map { units[$0].block ?? "" }) : nil
    guard !arms.contains(-1),
      let permutations = ArmPermutations(observed: places.map { arms[$0] }, blocks: blocks)
    else { throw .noUnits }
    return { (generator) throws(EstimationError) in
      var drawn = arms
      for _ in 0..<Rerandomized.mostTries {
        let shuffled = permutations.draw(using: &generator)
        for (place, arm) in zip(places, shuffled) { drawn[place] = arm }
        if acceptance.accepts(drawn) { return drawn }
      }
      throw .drawUnknown
    }
  }
}
