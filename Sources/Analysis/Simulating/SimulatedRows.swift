import RandomAssignment
import Trials

/// Everybody who was drawn, with the outcomes under the message that they were shown.
struct SimulatedRows: Sendable {
  /// One person's row beyond the background.
  struct Row {
    var person: Int
    /// What was drawn: an arm, or in a stepped wedge a sequence.
    var arm: String
    var outcomes: [SimulatedValue]
    var formedBlock: String?
  }

  let columns: [String]
  private let assignment: Assignment
  private let arms: [String]
  private let shown: ShownArms
  private let outcomes: SimulatedOutcomes

  init(
    columns: [String], assignment: Assignment, arms: [String], shown: ShownArms,
    outcomes: SimulatedOutcomes
  ) {
    self.columns = columns
    self.assignment = assignment
    self.arms = arms
    self.shown = shown
    self.outcomes = outcomes
  }

  /// How many people there are, drawn or not.
  var peopleCount: Int { assignment.armIndices.count }

  /// Goes through those of some people who were drawn.
  func forEach(among people: Range<Int>, _ body: (Row) -> Void) {
    var scratch = outcomes.scratch()
    for person in people {
      let drawn = assignment.armIndices[person]
      guard drawn >= 0 else { continue }
      outcomes.draw(person, arm: shown.arm(drawn: drawn, person), into: &scratch)
      body(
        Row(
          person: person, arm: arms[drawn], outcomes: scratch.values,
          formedBlock: assignment.formedBlocks?[person]))
    }
  }
}

/// Which message people see: the arm that they were drawn into, or in a stepped wedge the one of their sequence and period.
struct ShownArms: Sendable {
  /// The arms that may be shown, of which effects are asked for; what may be drawn comes first.
  let names: [String]
  private let background: Background
  private let period: Int?
  /// By period and sequence.
  private let inPeriod: [Int32: [Int]]

  /// `drawn` are the names of what may be drawn.
  init(_ trial: Trial, drawn: [String], _ background: Background) {
    self.background = background
    guard let wedge = trial.assignment.wedge, let period = background.place(of: wedge.column) else {
      (names, self.period, inPeriod) = (drawn, nil, [:])
      return
    }
    let names = drawn + trial.variants.map(\.arm.id)
    self.names = names
    self.period = period
    inPeriod = background.distinct(period).mapValues { text in
      // A sequence without a place in this period shows itself.
      drawn.indices.map { sequence in
        trial.arm(ofSequence: drawn[sequence], inPeriod: text)
          .flatMap { names.lastIndex(of: $0) } ?? sequence
      }
    }
  }

  /// The place among the names of the arm that a person is shown.
  func arm(drawn: Int, _ person: Int) -> Int {
    guard let period else { return drawn }
    return inPeriod[background.number(period, person)]?[drawn] ?? drawn
  }
}
