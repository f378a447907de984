/// Something wrong in the rows, as a place and a fact; it becomes words only when it is reported.
enum Flaw: Hashable, Sendable {
  /// The field of this column is no number.
  case notANumber(Field, column: Int)
  /// The field holds a character that Unicode lacks.
  case undecodable(Field, column: Int)
  /// The record has another number of fields than the header.
  case fieldCount(Int, record: Int)
  /// More distinct values than a code can tell apart.
  case tooManyLevels(column: Int)
  /// The rest of the file cannot be told into fields.
  case broken(BrokenRecord)
}

/// The first flaws and how many there are in all: a file of a million bad rows needs little memory.
struct Flaws: Hashable, Sendable {
  /// How many are shown to a person.
  static let shown = 20

  /// One more than is shown, so that a reader learns where the others begin.
  private(set) var first: [Flaw] = []
  private(set) var count = 0
  /// Whether the rest of the file cannot be read.
  private(set) var isFinal = false

  var isEmpty: Bool { count == 0 }

  mutating func add(_ flaw: Flaw) {
    count += 1
    switch flaw {
    case .broken, .tooManyLevels: isFinal = true
    default: break
    }
    if first.count <= Flaws.shown { first.append(flaw) }
  }

  /// Adds the flaws of the rows that follow.
  mutating func append(_ others: Flaws) {
    count += others.count
    isFinal = isFinal || others.isFinal
    first.append(contentsOf: others.first.prefix(Flaws.shown + 1 - first.count))
  }

  /// Forgets all but the first flaws.
  mutating func keep(_ kept: Int) {
    count = min(count, kept)
    first.removeLast(max(0, first.count - kept))
  }
}
