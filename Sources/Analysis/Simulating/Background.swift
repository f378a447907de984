import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

/// What is known of simulated people before the draw: a number for each person and column.
///
/// Columns are kept as numbers, ten million people in forty megabytes each, and become texts only when they are written. A number is
/// the value itself, the day since 1970, or the place among the categories or groups.
struct Background: Sendable {
  private let plan: SimulationPlan
  /// By column and person.
  private let numbers: [[Int32]]
  /// By column, of categories alone: each with the number that it may be.
  private let categories: [[(text: String, number: Double?)]]
  private let places: [String: Int]
  private let identifierWidth: Int

  /// Draws everybody. Person i draws from a stream of its own, so that cores and longer runs change nobody.
  init(_ plan: SimulationPlan) {
    self.plan = plan
    places = Dictionary(
      plan.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    identifierWidth = max(5, String(plan.units).count)
    categories = plan.columns.map { column in
      Self.texts(column, in: plan).map { ($0, DecimalText.parse($0)) }
    }
    numbers = Self.numbers(plan, places)
  }

  /// How many people.
  var count: Int { plan.units }

  /// The columns' names.
  var names: [String] { plan.columns.map(\.name) }

  /// Where a column stands; nil for one that is not simulated.
  func place(of column: String) -> Int? { places[column] }

  func number(_ column: Int, _ person: Int) -> Int32 { numbers[column][person] }

  /// `P00042`.
  func identifier(of person: Int) -> String {
    let digits = String(person + 1)
    return "P" + String(repeating: "0", count: identifierWidth - digits.count) + digits
  }

  func text(_ column: Int, _ person: Int) -> String {
    let number = numbers[column][person]
    return categories[column].isEmpty
      ? Self.text(plan.columns[column], number, of: plan) : categories[column][Int(number)].text
  }

  /// The value as a text and as the number that it is, if it is one.
  func value(_ column: Int, _ person: Int) -> (text: String, number: Double?) {
    let number = numbers[column][person]
    switch plan.columns[column].source {
    case .categories, .lookup: return categories[column][Int(number)]
    case .integers: return (String(number), Double(number))
    case .groups, .households, .dates: return (text(column, person), nil)
    }
  }

  /// Every value of a column, as number and text.
  func distinct(_ column: Int) -> [Int32: String] {
    Dictionary(
      Set(numbers[column]).map { ($0, Self.text(plan.columns[column], $0, of: plan)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The day, in a column of days.
  func date(_ column: Int, _ person: Int) -> CalendarDate? {
    CalendarDate(dayNumber: Int(numbers[column][person]))
  }

  private static func text(
    _ column: SimulationPlan.Column, _ number: Int32, of plan: SimulationPlan
  ) -> String {
    switch column.source {
    case .categories(let names, _): names[Int(number)]
    case .lookup: texts(column, in: plan)[Int(number)]
    case .integers: String(number)
    case .groups(let count): label(column.name, Int(number), of: count)
    case .households: label(column.name, Int(number), of: plan.units)
    case .dates: CalendarDate(dayNumber: Int(number))?.description ?? ""
    }
  }

  /// The texts that a column of categories may hold, or what belongs to each of another's; empty for other columns.
  private static func texts(
    _ column: SimulationPlan.Column, in plan: SimulationPlan
  ) -> [String] {
    switch column.source {
    case .categories(let names, _): return names
    case .lookup(let of, let values):
      guard let above = plan.columns.first(where: { $0.name == of }),
        case .categories(let names, _) = above.source
      else { return [] }
      return names.map { values[$0] ?? "" }
    case .integers, .groups, .households, .dates: return []
    }
  }

  /// `town-07`: groups stand in their order when sorted.
  private static func label(_ column: String, _ number: Int, of count: Int) -> String {
    let digits = String(number + 1)
    return column + "-"
      + String(repeating: "0", count: max(0, String(count).count - digits.count)) + digits
  }

  // MARK: - Drawing

  private static func numbers(_ plan: SimulationPlan, _ places: [String: Int]) -> [[Int32]] {
    let households = plan.columns.map { column -> [Int32] in
      guard case .households(let size) = column.source else { return [] }
      return self.households(column.name, size, plan)
    }
    let parts = SimulatedTable.parts(of: plan.units)
    let finished = inParallel(count: parts.count) { part(plan, places, households, parts[$0]) }
    return plan.columns.indices.map { column in
      var whole: [Int32] = []
      whole.reserveCapacity(plan.units)
      for part in finished { whole += part[column] }
      return whole
    }
  }

  private static func part(
    _ plan: SimulationPlan, _ places: [String: Int], _ households: [[Int32]], _ people: Range<Int>
  ) -> [[Int32]] {
    var columns = [[Int32]](repeating: [], count: plan.columns.count)
    for column in columns.indices { columns[column].reserveCapacity(people.count) }
    // What people of one group share is drawn once.
    var common = [[Int32: Int32]](repeating: [:], count: plan.columns.count)
    for (row, person) in people.enumerated() {
      var generator = PhiloxGenerator(seed: plan.seed, stream: UInt64(person) * 2)
      for (place, column) in plan.columns.enumerated() {
        if case .households = column.source {
          columns[place].append(households[place][person])
        } else if case .lookup(let of, _) = column.source {
          columns[place].append(places[of].map { columns[$0][row] } ?? 0)
        } else if let per = column.per, let above = places[per], above < place {
          let group = columns[above][row]
          let value =
            common[place][group]
            ?? {
              let name = text(plan.columns[above], group, of: plan)
              var generator = PhiloxGenerator(
                seed: plan.seed,
                stream: SharedLuck.stream("\(column.name)\u{1F}\(per)\u{1F}\(name)"))
              return draw(column.source, using: &generator)
            }()
          common[place][group] = value
          columns[place].append(value)
        } else {
          columns[place].append(draw(column.source, using: &generator))
        }
      }
    }
    return columns
  }

  private static func draw(
    _ source: SimulationPlan.Column.Source, using generator: inout PhiloxGenerator
  ) -> Int32 {
    switch source {
    case .groups(let count): return Int32(generator.uniformInteger(below: count))
    case .integers(let from, let to):
      return Int32(from + generator.uniformInteger(below: to - from + 1))
    case .dates(let from, let to):
      return Int32(
        from.dayNumber + generator.uniformInteger(below: to.dayNumber - from.dayNumber + 1))
    case .categories(let names, let weights):
      var position = generator.uniformDouble() * weights.reduce(0, +)
      for (place, weight) in weights.enumerated() {
        if position < weight { return Int32(place) }
        position -= weight
      }
      return Int32(names.count - 1)
    case .households, .lookup: return 0
    }
  }

  /// Whose household each person lives in: people live one after the other, so that a longer run begins with the same households.
  private static func households(
    _ column: String, _ size: Double, _ plan: SimulationPlan
  ) -> [Int32] {
    var generator = PhiloxGenerator(
      seed: plan.seed, stream: SharedLuck.stream("\(column)\u{1F}sizes"))
    var (places, household, left): ([Int32], Int32, Int) = ([], -1, 0)
    places.reserveCapacity(plan.units)
    for _ in 0..<plan.units {
      if left == 0 {
        household += 1
        left = 1 + generator.poisson(mean: size - 1)
      }
      left -= 1
      places.append(household)
    }
    return places
  }
}
