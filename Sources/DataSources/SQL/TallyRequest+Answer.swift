import Crypto
import Statistics
import Vocabulary

extension TallyRequest {
  /// Every number that it looks at, each once: those of the sets, then those of the tests.
  var numberColumns: [String] {
    var seen: Set<String> = []
    return (sets.flatMap(\.columns) + tests.map(\.column)).filter { seen.insert($0).inserted }
  }

  /// Twelve letters that stand for the request, so that an answer to another one is not taken for it.
  public var fingerprint: String {
    var words = texts.map { "text " + $0 }
    words += tests.map { "test \($0.column) \(TallyRequest.words($0.test))" }
    words += sets.map {
      "set " + $0.columns.map { "\($0.utf8.count):\($0)" }.joined(separator: " ")
    }
    let hash = SHA256.hash(data: Array(words.joined(separator: "\n").utf8))
    let digits = Array("0123456789abcdef")
    return String(hash.prefix(6).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func words(_ test: Condition.Test) -> String {
    switch test {
    case .range(let from, let to): "\(from.map { "\($0)" } ?? "") to \(to.map { "\($0)" } ?? "")"
    case .among(let texts): texts.map { "\($0.utf8.count):\($0)" }.joined(separator: " ")
    case .numbers(let numbers): numbers.map { "\($0)" }.joined(separator: " ")
    case .any(let tests): "(" + tests.map(words).joined(separator: " or ") + ")"
    }
  }
}

/// The columns of the answer to a tally's query.
struct TallyAnswer {
  let request: TallyRequest
  private let answer: Table
  private let centres: [String: Double]
  private(set) var flaws: [Flaw] = []

  /// What is wrong with a value of an answer.
  struct Flaw: Hashable {
    enum Problem: Hashable {
      case otherRequest(String)
      case notACount, notATruth, notNumbers(Int), notBinaries(Int), missing, moreThanRows,
        negativeSquares, twice
    }

    var row: Int
    var column: String
    var problem: Problem
  }

  /// What to ask of a source that holds the answer, in the order of the query's columns.
  static func columns(of request: TallyRequest) -> [ColumnRequest] {
    var columns = [ColumnRequest("request", as: .category)]
    columns += request.texts.indices.map { ColumnRequest("key_\($0 + 1)", as: .category) }
    columns += request.tests.indices.map { ColumnRequest("test_\($0 + 1)", as: .number) }
    columns += ["n_rows", "not_numbers", "not_binaries"].map { ColumnRequest($0, as: .number) }
    for (place, set) in request.sets.enumerated() {
      columns.append(ColumnRequest("n_\(place + 1)", as: .number))
      columns += (means(place, set) + products(place, set)).map { ColumnRequest($0, as: .number) }
    }
    return columns
  }

  private static func means(_ place: Int, _ set: VariableSet) -> [String] {
    set.columns.indices.map { "mean_\(place + 1)_\($0 + 1)" }
  }

  private static func products(_ place: Int, _ set: VariableSet) -> [String] {
    set.columns.indices.flatMap { i in (0...i).map { "product_\(place + 1)_\(i + 1)_\($0 + 1)" } }
  }

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - request: what was asked.
  ///   - answer: the columns of the answer.
  ///   - centres: what was taken off each number column before it was squared; nil for means of parts.
  init(_ request: TallyRequest, _ answer: Table, centres: [Double]? = nil) {
    self.request = request
    self.answer = answer
    self.centres = Dictionary(zip(request.numberColumns, centres ?? [])) { first, _ in first }
  }

  // MARK: - Reading

  private func number(_ column: String, _ row: Int) -> Double? {
    guard let values = try? answer.numbers(column), values.indices.contains(row) else { return nil }
    return values[row].isNaN ? nil : values[row]
  }

  private func text(_ column: String, _ row: Int) -> String? {
    (try? answer.categories(column))?[row]
  }

  private mutating func count(_ column: String, _ row: Int) -> Int {
    guard let value = number(column, row), let count = Int(exactly: value),
      (0...(1 << 53)).contains(count)
    else {
      flaws.append(Flaw(row: row, column: column, problem: .notACount))
      return 0
    }
    return count
  }

  /// The tally; what is wrong with it is in ``flaws``.
  mutating func tally() -> Tally {
    var parts: [[String?]: [[Bool]: Tally.Part]] = [:]
    for row in 0..<answer.rowCount {
      let own = text("request", row) ?? ""
      if own != request.fingerprint {
        flaws.append(Flaw(row: row, column: "request", problem: .otherRequest(own)))
        continue
      }
      let part = part(row)
      guard part.rows > 0 else { continue }
      // Two spellings of one text, such as か+゛ and が, are one part here and two to an engine.
      if let other = parts[part.texts]?[part.tests] {
        parts[part.texts]?[part.tests] = Tally.Part(
          texts: part.texts, tests: part.tests, rows: other.rows + part.rows,
          moments: zip(other.moments, part.moments).map(+))
      } else {
        parts[part.texts, default: [:]][part.tests] = part
      }
    }
    return Tally(request: request, parts: parts.values.flatMap(\.values))
  }

  private mutating func part(_ row: Int) -> Tally.Part {
    var tests: [Bool] = []
    for place in request.tests.indices {
      let column = "test_\(place + 1)"
      let value = number(column, row)
      if value != 0 && value != 1 {
        flaws.append(Flaw(row: row, column: column, problem: .notATruth))
      }
      tests.append(value == 1)
    }
    let rows = count("n_rows", row)
    let strange = count("not_numbers", row)
    if strange > 0 {
      flaws.append(Flaw(row: row, column: "not_numbers", problem: .notNumbers(strange)))
    }
    let others = count("not_binaries", row)
    if others > 0 {
      flaws.append(Flaw(row: row, column: "not_binaries", problem: .notBinaries(others)))
    }
    var moments: [Moments] = []
    for (place, set) in request.sets.enumerated() {
      moments.append(self.moments(place, set, row: row, of: rows))
    }
    return Tally.Part(
      texts: request.texts.indices.map { text("key_\($0 + 1)", row) }, tests: tests, rows: rows,
      moments: moments)
  }

  private mutating func moments(
    _ place: Int, _ set: VariableSet, row: Int, of rows: Int
  ) -> Moments {
    let none = Moments(variables: set.columns.count)
    let n = count("n_\(place + 1)", row)
    if n > rows {
      flaws.append(Flaw(row: row, column: "n_\(place + 1)", problem: .moreThanRows))
    }
    guard n > 0 else { return none }
    var values: [String: Double] = [:]
    let names = (TallyAnswer.means(place, set), TallyAnswer.products(place, set))
    for name in names.0 + names.1 {
      guard let value = number(name, row), value.isFinite else {
        flaws.append(Flaw(row: row, column: name, problem: .missing))
        return none
      }
      values[name] = value
    }
    for i in set.columns.indices {
      let name = "product_\(place + 1)_\(i + 1)_\(i + 1)"
      let value = values[name] ?? 0
      let mean = values["mean_\(place + 1)_\(i + 1)"] ?? 0
      let distance = mean - (centres[set.columns[i]] ?? 0)
      // Rounding may leave a sum of squares a hair below nothing.
      if value < -1e-9 * Double(n) * max(mean * mean, distance * distance, .leastNormalMagnitude) {
        flaws.append(Flaw(row: row, column: name, problem: .negativeSquares))
        return none
      }
      values[name] = max(0, value)
    }
    return Moments(
      count: n, means: names.0.map { values[$0] ?? 0 },
      crossProducts: names.1.map { values[$0] ?? 0 }) ?? none
  }
}
