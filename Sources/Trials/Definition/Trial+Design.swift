public import RandomAssignment
import Statistics

extension Trial {
  /// The design that the file describes, as the value that draws and re-draws.
  public var design: any AssignmentDesign {
    let arms = variants.map(\.arm)
    let isBlocked = !assignment.blocks.isEmpty
    return switch assignment.method {
    // The arms are every combination: drawing them is drawing all factors at once.
    case .factorial where assignment.clusters != nil:
      ClusteredAssignment(arms: arms, isBlocked: isBlocked)
    case .factorial where isBlocked: BlockedAssignment(arms: arms)
    case .factorial: CompleteAssignment(arms: arms)
    case .steppedWedge:
      SteppedWedge(sequences: assignment.wedge?.sequences ?? 0, isBlocked: isBlocked)
    case .simple: SimpleAssignment(arms: arms)
    case .complete: CompleteAssignment(arms: arms)
    // Never drawn; a simulation deals its people out.
    case .notRandomised: CompleteAssignment(arms: arms)
    case .blocked where assignment.clusters != nil:
      ClusteredAssignment(arms: arms, isBlocked: true)
    case .blocked: BlockedAssignment(arms: arms)
    case .clustered: ClusteredAssignment(arms: arms, isBlocked: isBlocked)
    case .permutedBlocks: PermutedBlocks(arms: arms)
    case .matchedPairs:
      MatchedPairs(arms: arms, isClustered: assignment.clusters != nil, isBlocked: isBlocked)
    case .rerandomized:
      Rerandomized(
        arms: arms,
        threshold: MahalanobisThreshold.value(
          accepting: assignment.acceptance, covariates: assignment.covariates.count,
          arms: arms.count), isBlocked: isBlocked)
    case .minimized: Minimized(arms: arms, coin: assignment.coin ?? 0.8)
    case .biasedCoin: BiasedCoin(arms: arms, coin: assignment.coin ?? 2.0 / 3)
    case .hashed: HashedAssignment(arms: arms, salt: assignment.salt ?? id)
    }
  }
}

extension AssignmentPlan.Method {
  /// Whether units may arrive after the first draw: those who came before keep their arms.
  public var isRolling: Bool {
    switch self {
    case .simple, .hashed, .permutedBlocks, .minimized, .biasedCoin: true
    case .complete, .blocked, .clustered, .matchedPairs, .rerandomized, .factorial, .steppedWedge,
      .notRandomised:
      false
    }
  }
}

extension AssignmentPlan.Method {
  /// Whether a shuffle within blocks is another design than the one that drew: re-draws for a test would then
  /// have another distribution than the draw.
  public var isRedrawnOtherwise: Bool {
    switch self {
    case .minimized, .biasedCoin, .rerandomized: true
    case .simple, .complete, .blocked, .clustered, .hashed, .permutedBlocks, .matchedPairs,
      .factorial, .steppedWedge, .notRandomised:
      false
    }
  }
}

extension Trial {
  /// The column of the assignment file that holds the blocks that the draw itself formed.
  public static let formedBlockColumn = "drawn_block"

  /// The trial with the blocks in which its units are analysed: pairs, or whatever else the draw formed.
  ///
  /// - Parameter hasFormedBlocks: whether the drawn list holds such blocks; pairs always are.
  /// - Returns: the trial as it is analysed.
  public func analysedAsDrawn(hasFormedBlocks: Bool = false) -> Trial {
    guard hasFormedBlocks || assignment.method == .matchedPairs else { return self }
    var trial = self
    trial.assignment.blocks = [Self.formedBlockColumn]
    return trial
  }
}

extension Trial {
  /// The trial as it may be concluded from: where nobody was drawn nothing is confirmed, and every outcome is exploratory.
  public var asConcluded: Trial {
    guard assignment.method == .notRandomised else { return self }
    var trial = self
    for place in trial.outcomes.indices { trial.outcomes[place].role = .exploratory }
    return trial
  }
}
