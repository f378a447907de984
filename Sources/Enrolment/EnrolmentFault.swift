import RandomAssignment
import Vocabulary

/// What can be wrong with a lock, a list of people or a draw, and the words for it.
enum EnrolmentFault: Hashable, Sendable {
  // MARK: The lock
  case alreadyLocked
  case notLocked
  case nothingToAmend
  case protocolChanged([String])
  case lockedTextUnreadable
  case noSecret
  case brokenSecret
  case otherSecret
  case notDrawn

  // MARK: The list
  case noFrame
  case unitIsRow
  case missingIdentifier
  case duplicateUnit(String, firstLine: Int?)
  case alikeUnits(String, String, firstLine: Int?)
  case missingGroup(column: String)
  case nobodyEligible
  case smallBlocks([(name: String, count: Int)], arms: Int)

  // MARK: The draw
  case nothingToDraw
  case drawnAlready(method: String, new: Int)
  case designRefused(DesignError)
  case notReproduced(unit: String)
  case foreignFile
  case notConcealed
  case unknownUnit(String)
  case emptyReason

  static func == (left: EnrolmentFault, right: EnrolmentFault) -> Bool {
    left.words == right.words
  }

  func hash(into hasher: inout Hasher) { hasher.combine(words) }

  func fault(at location: SourceLocation) -> Fault { Fault(at: location, words) }
}
