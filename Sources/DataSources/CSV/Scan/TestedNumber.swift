import Vocabulary

/// The tests on one column of numbers, answered all at once by where a value lies.
///
/// The ends of all ranges, and single values, cut the line into points and the stretches between them; on
/// each every test has one answer. Values with the same answers share a code, so that a hundred ages or
/// towns take seven bits of a row's key and one search among their ends.
struct TestedNumber: Sendable {
  /// The column's place among the numbers of the scan.
  let number: Int
  /// The places of its tests in the request.
  let tests: [Int]
  /// The answers that a code stands for, test by test. Code 0 fails every test, as a missing value does.
  let answers: [[Bool]]
  /// Where tests begin and end to hold, rising.
  private let ends: [Double]
  /// The code below the first end, at it, between it and the next, and so on.
  private let codes: [UInt64]

  init(_ tests: [(place: Int, test: Condition.Test)], of number: Int) {
    self.number = number
    self.tests = tests.map(\.place)
    let ends = Set(tests.flatMap(\.test.ends)).sorted()
    var answers = [tests.map { _ in false }]
    var codeOfAnswers: [[Bool]: UInt64] = [answers[0]: 0]
    // Some value of every stretch; one that no number lies in takes the next end's.
    let values =
      [ends.first?.nextDown ?? 0] + ends.flatMap { [$0, $0.nextUp] }
    codes = values.map { value in
      let own = tests.map { $0.test.holds(of: "", number: value) }
      if let code = codeOfAnswers[own] { return code }
      codeOfAnswers[own] = UInt64(answers.count)
      answers.append(own)
      return UInt64(answers.count - 1)
    }
    self.ends = ends
    self.answers = answers
  }

  /// Bits that a code takes.
  var bits: Int { Int.bitWidth - (answers.count - 1).leadingZeroBitCount }

  /// The code of a value.
  @inline(__always)
  func code(of value: Double) -> UInt64 {
    var (below, count) = (0, ends.count)
    // How many ends lie below the value: half of them are left out without a branch.
    while count > 0 {
      let half = (count + 1) / 2
      below += ends[below + half - 1] < value ? half : 0
      count -= half
    }
    let isEnd = below < ends.count && ends[below] == value
    return codes[2 * below + (isEnd ? 1 : 0)]
  }
}

extension Condition.Test {
  /// The finite numbers at which the answer may change.
  fileprivate var ends: [Double] {
    switch self {
    case .range(let from, let to): [from, to].compactMap(\.self).filter(\.isFinite)
    case .numbers(let numbers): numbers.filter(\.isFinite)
    case .any(let tests): tests.flatMap(\.ends)
    case .among: []
    }
  }
}
