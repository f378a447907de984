/// Pairs as alike as can be, and a fair coin within each.
///
/// Units (or, when clustered, clusters at the means of their members) are paired so that the sum of Mahalanobis distances
/// over all pairs is the least possible (``PerfectMatching``), within blocks where there are any. Distances
/// are rounded to 2⁻³² of the largest before they are added, so that every machine forms the same pairs.
///
/// For a few dozen municipalities or hundreds of people whose earlier figures are known; for two arms of equal
/// share. A pair that loses one member loses both for the comparison. In R:
/// `blockTools::block(algorithm = "optGreedy")` comes near; `nbpMatching::nonbimatch` is optimal.
/// Reference: Greevy, Lu, Silber & Rosenbaum (2004), doi:10.1093/biostatistics/5.2.263.
public struct MatchedPairs: AssignmentDesign {
  /// `matched_pairs`.
  public static let name = "matched_pairs"
  /// More units (clusters) in one block are not paired: the work grows with the cube of their number.
  public static let limit = 2000
  /// The two arms.
  public var arms: [Arm]
  /// Whether whole clusters are paired.
  public var isClustered: Bool
  /// Whether pairs are formed inside blocks only.
  public var isBlocked: Bool

  /// Makes the design.
  public init(arms: [Arm], isClustered: Bool = false, isBlocked: Bool = false) {
    self.arms = arms
    self.isClustered = isClustered
    self.isBlocked = isBlocked
  }

  /// For each unit the number of its pair, from 0 in the order of their first members.
  ///
  /// - Throws: ``DesignError`` where the units cannot be paired.
  public func pairs(of units: [ExperimentalUnit]) throws(DesignError) -> [Int] {
    guard !units.isEmpty else { throw .noUnits }
    let (points, pointOfUnit) = try points(of: units)
    let space = try WhitenedCovariates(of: points)
    var groups: [[Int]] = []
    var places: [String: Int] = [:]
    for (place, point) in points.enumerated() {
      let key = isBlocked ? point.block ?? "" : ""
      if isBlocked, point.block == nil { throw .missingBlock(unit: point.id) }
      if let group = places[key] {
        groups[group].append(place)
      } else {
        places[key] = groups.count
        groups.append([place])
      }
    }
    var partner = Array(repeating: 0, count: points.count)
    for group in groups {
      let found = try Self.partners(in: group, space, block: points[group[0]].block)
      for (place, other) in zip(group, found) { partner[place] = other }
    }
    var pairOfPoint = Array(repeating: -1, count: points.count)
    var next = 0
    for place in points.indices where pairOfPoint[place] < 0 {
      pairOfPoint[place] = next
      pairOfPoint[partner[place]] = next
      next += 1
    }
    return pointOfUnit.map { pairOfPoint[$0] }
  }

  /// Pairs the units and throws a fair coin for each pair, in the order of the pairs.
  ///
  /// - Throws: ``DesignError/notTwoArms(_:)``, ``DesignError/unequalShares``, and what ``pairs(of:)`` throws.
  public func assign(
    _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) throws(DesignError) -> Assignment {
    _ = try totalShare()
    guard arms.count == 2 else { throw .notTwoArms(arms.count) }
    guard arms[0].share == arms[1].share else { throw .unequalShares }
    let pairs = try pairs(of: units)
    return draw(pairs, units, using: &generator)
  }

  /// The coins alone, for pairs that are known.
  func draw(
    _ pairs: [Int], _ units: [ExperimentalUnit], using generator: inout some RandomNumberGenerator
  ) -> Assignment {
    let coins = (0..<((pairs.max() ?? -1) + 1)).map { _ in generator.uniformInteger(below: 2) }
    // The first member of a pair gets its coin's arm, the second the other.
    var firstMember: [Int: String] = [:]
    let arms = zip(pairs, units).map { pair, unit in
      let member = isClustered ? unit.cluster ?? unit.id : unit.id
      let first = firstMember[pair, default: member]
      firstMember[pair] = first
      return first == member ? coins[pair] : 1 - coins[pair]
    }
    return Assignment(armIndices: arms, formedBlocks: pairs.map { "pair\($0 + 1)" })
  }

  private static func partners(
    in group: [Int], _ space: WhitenedCovariates, block: String?
  ) throws(DesignError) -> [Int] {
    guard group.count % 2 == 0 else { throw .oddNumber(block: block, count: group.count) }
    guard group.count <= limit else { throw .tooManyToPair(count: group.count, limit: limit) }
    var largest = 0.0
    for (a, first) in group.enumerated() {
      for second in group[..<a] { largest = max(largest, space.distance(first, second)) }
    }
    let scale = largest > 0 ? 0x1p32 / largest : 0
    let matching = PerfectMatching(count: group.count) { a, b in
      Int((space.distance(group[a], group[b]) * scale).rounded())
    }
    return (matching?.partners ?? []).map { group[$0] }
  }

  /// What is paired: the units, or their clusters at the means of their members.
  private func points(
    of units: [ExperimentalUnit]
  ) throws(DesignError) -> (points: [ExperimentalUnit], pointOfUnit: [Int]) {
    guard isClustered else { return (units, Array(units.indices)) }
    var places: [String: Int] = [:]
    var members: [[ExperimentalUnit]] = []
    var pointOfUnit: [Int] = []
    for unit in units {
      guard let cluster = unit.cluster else { throw .missingCluster(unit: unit.id) }
      let place = places[cluster] ?? members.count
      if place == members.count {
        places[cluster] = place
        members.append([])
      }
      if isBlocked, let first = members[place].first, first.block != unit.block {
        throw .clusterInSeveralBlocks(cluster: cluster)
      }
      if let first = members[place].first, first.measurements.count != unit.measurements.count {
        throw .unequalMeasurements(unit: unit.id)
      }
      members[place].append(unit)
      pointOfUnit.append(place)
    }
    let points = members.map { members in
      let width = members[0].measurements.count
      return ExperimentalUnit(
        id: members[0].cluster ?? "", block: members[0].block,
        measurements: (0..<width).map { place in
          members.reduce(0) { $0 + $1.measurements[place] } / Double(members.count)
        })
    }
    return (points, pointOfUnit)
  }
}
