/// A set of tables that speak for a higher θ at least as strongly as the observed one.
///
/// Barnard's convexity holds: a table in the region stays in it when the arm gains an event or the
/// control loses one. So the region is a staircase, its probability rises with p₁ and falls with p₂,
/// and summing it takes one pass along each arm.
struct UpperRegion {
  /// For each count of events in the arm, the largest count in the control that is inside; −1 is none.
  private let stairs: [Int32]
  private let table: TwoByTwoTable

  /// Walks the stairs; `contains` is asked about n₁ + n₂ tables.
  init(of table: TwoByTwoTable, where contains: (_ x1: Int, _ x2: Int) -> Bool) {
    self.table = table
    var stairs: [Int32] = []
    stairs.reserveCapacity(table.arm.count + 1)
    var x2 = -1
    for x1 in 0...table.arm.count {
      while x2 < table.control.count, contains(x1, x2 + 1) { x2 += 1 }
      stairs.append(Int32(truncatingIfNeeded: x2))
    }
    self.stairs = stairs
  }

  /// The two arms' distributions, kept from one evaluation to the next.
  struct Workspace {
    var arm: BinomialMasses
    var control: BinomialMasses

    init(_ table: TwoByTwoTable) {
      arm = BinomialMasses(count: table.arm.count)
      control = BinomialMasses(count: table.control.count)
    }
  }

  /// P((X₁, X₂) in the region) at two rates, with tails cut below the share `negligible` of the mode.
  func probability(
    at rates: RatePair, negligible: Double, in workspace: inout Workspace
  ) -> Double {
    workspace.arm.fill(
      rate: rates.arm, complement: rates.armComplement, negligible: negligible)
    workspace.control.fill(
      rate: rates.control, complement: rates.controlComplement, negligible: negligible)
    let last = workspace.control.support.upperBound
    var next = workspace.control.support.lowerBound
    var cumulative = 0.0
    var probability = 0.0
    for x1 in workspace.arm.support {
      let reached = min(Int(stairs[x1]), last)
      while next <= reached {
        cumulative += workspace.control.masses[next]
        next += 1
      }
      probability += workspace.arm.masses[x1] * cumulative
    }
    return min(probability, 1)
  }
}
