import Trials
import Vocabulary

/// A condition whose columns have been found, so that no name is looked up for each of ten million people.
struct SimulatedCondition: Sendable {
  private enum Place: Sendable {
    case background(Int)
    /// The step whose event it is.
    case event(Int)
    case nowhere
  }

  private let clauses: [(place: Place, test: Condition.Test)]
  private let alternatives: [[SimulatedCondition]]

  /// `events` are the steps' numbers by the columns that say whether they happened.
  init(_ condition: Condition, in background: Background, events: [String: Int]) {
    clauses = condition.clauses.map { clause in
      let place =
        events[clause.column].map(Place.event)
        ?? background.place(of: clause.column).map(Place.background) ?? .nowhere
      return (place, clause.test)
    }
    alternatives = (condition.alternatives ?? []).map { choices in
      choices.map { SimulatedCondition($0, in: background, events: events) }
    }
  }

  func holds(for person: Int, in background: Background, _ happened: [Bool]) -> Bool {
    clauses.allSatisfy { place, test in
      switch place {
      case .event(let step):
        test.holds(of: happened[step] ? "1" : "0", number: happened[step] ? 1 : 0)
      case .background(let column):
        {
          let (text, number) = background.value(column, person)
          return test.holds(of: text, number: number)
        }()
      case .nowhere: test.holds(of: "", number: nil)
      }
    }
      && alternatives.allSatisfy { choices in
        choices.contains { $0.holds(for: person, in: background, happened) }
      }
  }
}
