public import RandomAssignment

extension Trial {
  /// The design that the file describes, as the value that draws and re-draws.
  public var design: any AssignmentDesign {
    let arms = variants.map(\.arm)
    let isBlocked = !assignment.blocks.isEmpty
    return switch assignment.method {
    case .simple: SimpleAssignment(arms: arms)
    case .complete: CompleteAssignment(arms: arms)
    case .blocked where assignment.clusters != nil:
      ClusteredAssignment(arms: arms, isBlocked: true)
    case .blocked: BlockedAssignment(arms: arms)
    case .clustered: ClusteredAssignment(arms: arms, isBlocked: isBlocked)
    case .permutedBlocks: PermutedBlocks(arms: arms)
    case .hashed: HashedAssignment(arms: arms, salt: assignment.salt ?? id)
    }
  }
}

extension AssignmentPlan.Method {
  /// Whether units may arrive after the first draw: those who came before keep their arms.
  public var isRolling: Bool {
    switch self {
    case .simple, .hashed, .permutedBlocks: true
    case .complete, .blocked, .clustered: false
    }
  }
}
