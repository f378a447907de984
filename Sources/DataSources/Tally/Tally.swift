public import Statistics
public import Vocabulary

/// What a source is asked to add up, without handing over a row.
///
/// Rows are parted by the texts of some columns and by tests on numbers; in each part the moments of
/// sets of columns are wanted. Everything that an analysis compares — arms, blocks, cohorts,
/// subgroups — is then a union of parts, so that one reading serves any number of them. In SQL it is
/// one `GROUP BY`.
public struct TallyRequest: Hashable, Sendable {
  /// A test on a column of numbers; a missing value fails it.
  public struct NumberTest: Hashable, Sendable {
    /// The column.
    public var column: String
    /// A test that does not look at text.
    public var test: Condition.Test

    /// Makes a test.
    public init(column: String, _ test: Condition.Test) {
      self.column = column
      self.test = test
    }
  }

  /// The columns whose texts part the rows; the first is the arm.
  public var texts: [String]
  /// The tests that part them further.
  public var tests: [NumberTest]
  /// The sets of number columns whose joint moments are wanted over the rows in which all are present.
  public var sets: [VariableSet]
  /// The columns in which only 0 and 1 may stand. A source that sees every value hands over rows where
  /// one holds something else; for others the moments must do, which a contrived mixture can deceive.
  public var binaries: Set<String>
  /// The columns that a second reading will ask for, so that a source may keep them meanwhile.
  public var rereads: Set<String>

  /// Makes a request.
  public init(
    texts: [String], tests: [NumberTest] = [], sets: [VariableSet] = [],
    binaries: Set<String> = [], rereads: Set<String> = []
  ) {
    self.texts = texts
    self.tests = tests
    self.sets = sets
    self.binaries = binaries
    self.rereads = rereads
  }
}

extension TallyRequest {
  /// A condition by the places of its texts and tests in the request, so that each part is asked quickly.
  ///
  /// - Returns: nil where the request parts the rows by something else.
  public func located(_ condition: Condition) -> LocatedCondition? {
    var clauses: [LocatedCondition.Clause] = []
    for clause in condition.clauses {
      if clause.test.looksAtText {
        guard let place = texts.firstIndex(of: clause.column) else { return nil }
        clauses.append(.text(place, clause.test))
      } else {
        let test = NumberTest(column: clause.column, clause.test)
        guard let place = tests.firstIndex(of: test) else { return nil }
        clauses.append(.test(place))
      }
    }
    var alternatives: [[LocatedCondition]] = []
    for choices in condition.alternatives ?? [] {
      let located = choices.compactMap(located)
      guard located.count == choices.count else { return nil }
      alternatives.append(located)
    }
    return LocatedCondition(clauses: clauses, alternatives: alternatives)
  }
}

/// A condition on the rows of a tally's parts.
public struct LocatedCondition: Sendable {
  fileprivate enum Clause {
    case text(Int, Condition.Test)
    case test(Int)
  }

  fileprivate let clauses: [Clause]
  fileprivate let alternatives: [[LocatedCondition]]

  /// Whether it holds for the rows with these texts and answers.
  public func holds(texts: [String?], tests: [Bool]) -> Bool {
    clauses.allSatisfy { clause in
      switch clause {
      case .text(let place, let test): texts[place].map(test.holds(ofTrimmed:)) ?? false
      case .test(let place): tests[place]
      }
    }
      && alternatives.allSatisfy { choices in
        choices.contains { $0.holds(texts: texts, tests: tests) }
      }
  }
}

extension Condition.Test {
  /// Whether a text satisfies a test on texts, which are compared without spaces around them.
  fileprivate func holds(ofTrimmed text: String) -> Bool {
    switch self {
    case .among(let texts): texts.contains { trimmed($0) == text }
    case .any(let tests): tests.contains { $0.holds(ofTrimmed: text) }
    case .range, .numbers: false
    }
  }
}

/// What the rows of a source add up to, part by part.
public struct Tally: Hashable, Sendable {
  /// Rows with the same texts and the same answers to the tests.
  public struct Part: Hashable, Sendable {
    /// One a column of the request; nil where the value is missing.
    public var texts: [String?]
    /// One a test of the request.
    public var tests: [Bool]
    /// How many rows there are.
    public var rows: Int
    /// One a set of the request; what a set's count lacks to `rows` is missing.
    public var moments: [Moments]

    /// Makes a part.
    public init(texts: [String?], tests: [Bool], rows: Int, moments: [Moments]) {
      self.texts = texts
      self.tests = tests
      self.rows = rows
      self.moments = moments
    }
  }

  /// What was asked.
  public let request: TallyRequest
  /// Sorted by their texts (UTF-8, missing first) and tests (false first), so that sums over them are
  /// the same whatever the source's own order.
  public let parts: [Part]

  /// Files the parts in their order.
  public init(request: TallyRequest, parts: [Part]) {
    self.request = request
    self.parts = parts.sorted { $0.precedes($1) }
  }

  /// All rows.
  public var rows: Int { parts.reduce(0) { $0 + $1.rows } }
}

extension Tally.Part {
  fileprivate func precedes(_ other: Tally.Part) -> Bool {
    for (own, others) in zip(texts, other.texts) where own != others {
      guard let own else { return true }
      guard let others else { return false }
      return own.utf8.lexicographicallyPrecedes(others.utf8)
    }
    for (own, others) in zip(tests, other.tests) where own != others { return !own }
    return false
  }
}

/// The second reading of regressions that stand on moments: what residuals and leverages add up to.
public struct LeverageRequest: Hashable, Sendable {
  /// One arm's regression in some group of rows.
  public struct Regression: Hashable, Sendable {
    /// The arm, a text of the request's first column.
    public var arm: String
    /// Which of the arm's rows belong to it.
    public var condition: Condition
    /// The outcome and then the covariates; rows that lack one take no part.
    public var set: VariableSet
    /// What is to be computed of each row.
    public var pass: LeveragePass

    /// Makes a regression.
    public init(arm: String, condition: Condition, set: VariableSet, pass: LeveragePass) {
      self.arm = arm
      self.condition = condition
      self.set = set
      self.pass = pass
    }
  }

  /// The texts and tests by which the first reading parted the rows: every condition can be told from
  /// them.
  public var tally: TallyRequest
  /// The regressions.
  public var regressions: [Regression]

  /// Makes a request.
  public init(tally: TallyRequest, regressions: [Regression]) {
    self.tally = tally
    self.regressions = regressions
  }
}
