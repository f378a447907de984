/// All designs, by the names in trial files; a new design is one file and one line here.
public enum DesignCatalogue {
  /// The designs.
  public static let all: [any AssignmentDesign.Type] = [
    SimpleAssignment.self, CompleteAssignment.self, BlockedAssignment.self,
    ClusteredAssignment.self, PermutedBlocks.self, MatchedPairs.self, Rerandomized.self,
    Minimized.self, BiasedCoin.self, FactorialAssignment.self, SteppedWedge.self,
    HashedAssignment.self, ThompsonSampling.self,
  ]
}
