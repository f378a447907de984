import Statistics
import Vocabulary

/// Which fields a scan looks at, and how a row's key is made of them.
///
/// The key of a row is one word: a bit for each number that is missing, a code for what each tested number
/// answers, and a code for each text. Rows with the same key are added up together.
struct ScanPlan: Sendable {
  /// More numbers than this leave no room in the key.
  static let mostNumbers = 24
  /// More keys than this in one chunk are no groups that anyone compares.
  static let mostKeys = 1 << 16

  /// The fields of the number columns, in the order of their names.
  let numbers: [String]
  let numberFields: [Int]
  /// Whether nothing but 0 and 1 may stand in a number's column.
  let isBinary: [Bool]
  /// The fields of the texts, in the order of the request.
  let textFields: [Int]
  /// The numbers on which there are tests.
  let tested: [TestedNumber]
  private let testCount: Int
  /// How many fields a record has.
  let fieldCount: Int
  let missing: MissingTexts
  /// Bits of the key for each text.
  let textBits: Int

  /// Plans a scan; nil where the request asks for more than a key can tell apart, or for a column that is not there.
  init?(_ request: TallyRequest, names: [String], missing: MissingTexts) {
    numbers = Set(request.sets.flatMap(\.columns) + request.tests.map(\.column)).sorted()
    var numberFields: [Int] = []
    var textFields: [Int] = []
    for name in numbers {
      guard !name.isEmpty, let field = names.firstIndex(of: name) else { return nil }
      numberFields.append(field)
    }
    for name in request.texts {
      guard !name.isEmpty, let field = names.firstIndex(of: name) else { return nil }
      textFields.append(field)
    }
    var tests: [Int: [(place: Int, test: Condition.Test)]] = [:]
    for (place, test) in request.tests.enumerated() {
      guard let number = numbers.firstIndex(of: test.column) else { return nil }
      tests[number, default: []].append((place, test.test))
    }
    tested = tests.sorted { $0.key < $1.key }.map { TestedNumber($1, of: $0) }
    testCount = request.tests.count
    let free = tested.reduce(64 - numbers.count) { $0 - $1.bits }
    guard numbers.count <= ScanPlan.mostNumbers, free >= textFields.count * 8 else { return nil }
    self.numberFields = numberFields
    isBinary = numbers.map(request.binaries.contains)
    self.textFields = textFields
    textBits = textFields.isEmpty ? 0 : min(20, free / textFields.count)
    fieldCount = names.count
    self.missing = missing
  }

  /// The bits of the numbers of a set.
  func mask(of set: VariableSet) -> UInt64 {
    set.columns.reduce(0) { mask, column in
      mask | (numbers.firstIndex(of: column).map { 1 << UInt64($0) } ?? 0)
    }
  }

  /// What a key says: the texts' codes and the answers to the tests.
  func meaning(of key: UInt64) -> (missing: UInt64, tests: [Bool], codes: [Int]) {
    var rest = key
    let missing = rest & ((1 << UInt64(numbers.count)) - 1)
    rest >>= UInt64(numbers.count)
    var answers = Array(repeating: false, count: testCount)
    for tested in tested {
      let code = Int(rest & ((1 << UInt64(tested.bits)) - 1))
      for (test, answer) in zip(tested.tests, tested.answers[code]) { answers[test] = answer }
      rest >>= UInt64(tested.bits)
    }
    let codes = textFields.indices.map { place in
      Int(rest >> UInt64(place * textBits) & ((1 << UInt64(textBits)) - 1))
    }
    return (missing, answers, codes)
  }
}
