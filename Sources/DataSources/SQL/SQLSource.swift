public import Statistics
import Synchronization
public import Vocabulary

/// A table or view of a database as a source: sums are made where the rows are.
///
/// Only sums leave the database where an analysis needs no more; otherwise the named columns of the rows do, one
/// by one. A row has no line: faults name its place in the order in which the database hands rows over.
///
/// A new database joins by a ``SQLConnection``.
public final class SQLSource<Connection: SQLConnection>: DataSource {
  private let connection: Connection
  private let table: TableName
  private let missing: [String]
  private let known = Mutex<[SQLColumn]?>(nil)

  /// Names a table; nothing is read yet.
  ///
  /// - Parameters:
  ///   - table: the table or view.
  ///   - connection: where it is.
  ///   - missing: texts that mean missing, after trimming spaces.
  public init(_ table: TableName, in connection: Connection, missing: [String] = ["", "-"]) {
    self.table = table
    self.connection = connection
    self.missing = missing
  }

  private var name: String { "\(connection.name)#\(table.parts.joined(separator: "."))" }

  public func description() throws(Faults) -> SourceDescription {
    _ = try columns()
    let particulars = try asking { () throws(SQLProblem) in try connection.particulars() }
    return SourceDescription(
      name: name, sha256: particulars.sha256, encoding: particulars.encoding, preamble: [])
  }

  public func columnNames() throws(Faults) -> [String] { try columns().map(\.name) }

  // MARK: - Rows

  public func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    let requests = columns.sorted { ($0.name, $0.form.order) < ($1.name, $1.form.order) }
    let relation = try relation(naming: requests)
    var filled = SQLColumns(requests)
    try asking { () throws(SQLProblem) in
      try connection.read(relation.rows(of: requests), isSummary: false, into: &filled)
    }
    if let faults = try faults(of: filled, relation) { throw faults }
    return filled.table()
  }

  public func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    guard !rows.isEmpty else { return [:] }
    let count = try table(of: Set<ColumnRequest>()).rowCount
    return Dictionary(
      uniqueKeysWithValues: rows.filter { $0 >= 0 && $0 < count }.map { ($0, location(of: $0)) })
  }

  private func location(of row: Int) -> SourceLocation {
    SourceLocation(file: "\(name) row", line: row + 1)
  }

  /// The first values that are no numbers, as they are spelled, and the number of the others.
  private func faults(of filled: SQLColumns, _ relation: SQLRelation) throws(Faults) -> Faults? {
    let shown = 20
    var faults = filled.crowded.sorted().map {
      fault(.tooManyLevels(column: filled.requests[$0].name))
    }
    for place in Set(filled.strange.map(\.column)) {
      let name = filled.requests[place].name
      var spellings = SQLColumns([ColumnRequest("c_1", as: .category)])
      try asking { () throws(SQLProblem) in
        try connection.read(relation.spelling(of: name), isSummary: false, into: &spellings)
      }
      let texts = try? spellings.table().categories("c_1")
      for flaw in filled.strange.prefix(shown) where flaw.column == place {
        let text = shortened(texts?[flaw.row] ?? "")
        faults.append(
          Fault(at: location(of: flaw.row), SQLFact.notANumber(text, column: name).words))
      }
    }
    if let next = filled.strange.dropFirst(shown).first {
      faults.append(
        Fault(at: location(of: next.row), moreFaults(filled.strangeCount - shown)))
    }
    return Faults(faults)
  }

  // MARK: - Sums

  public func tally(_ request: TallyRequest) throws(Faults) -> Tally? {
    let numbers = request.numberColumns.map { ColumnRequest($0, as: .number) }
    let relation = try relation(
      naming: request.texts.map { ColumnRequest($0, as: .category) } + numbers)
    let columns = TallyAnswer.columns(of: request)
    guard columns.count <= SQLSource.mostColumns else { return nil }
    let centres = try centres(of: request, relation)
    // One reading, and two more where a part lies so far from the centres that digits are lost.
    for centres in [centres, nil] {
      let query = TallyQuery(request, from: relation, centres: centres)
      guard let table = try answer(to: query.sql, columns) else { return nil }
      var answer = TallyAnswer(request, table, centres: centres)
      let tally = answer.tally()
      guard answer.flaws.isEmpty else {
        // Reading the rows says which value is no number, or finds that all are.
        _ = try self.table(of: Set(numbers))
        return nil
      }
      if centres.map({ tally.keepsDigits(centredAt: $0, whole: query.areWhole) }) ?? true {
        return tally
      }
    }
    return nil
  }

  /// A value near each number of a request.
  private func centres(
    of request: TallyRequest, _ relation: SQLRelation
  ) throws(Faults) -> [Double]? {
    let columns = request.numberColumns.indices.map {
      ColumnRequest("centre_\($0 + 1)", as: .number)
    }
    guard !columns.isEmpty else { return [] }
    let query = TallyQuery(request, from: relation)
    guard let table = try answer(to: query.nearby, columns) else { return nil }
    return columns.map { column in
      guard let value = (try? table.numbers(column.name))?.first, value.isFinite else { return 0 }
      return value
    }
  }

  public func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]? {
    let numbers = request.tally.numberColumns.map { ColumnRequest($0, as: .number) }
    let relation = try relation(
      naming: request.tally.texts.map { ColumnRequest($0, as: .category) } + numbers)
    var found: [LeverageSums] = []
    // No engine takes any number of queries in one.
    for start in stride(from: 0, to: request.regressions.count, by: 50) {
      let some = LeverageRequest(
        tally: request.tally, regressions: Array(request.regressions[start...].prefix(50)))
      let columns = LeverageAnswer.columns(of: some)
      guard columns.count <= SQLSource.mostColumns,
        let query = LeverageQuery(some, from: relation),
        let table = try answer(to: query.sql, columns)
      else { return nil }
      var answer = LeverageAnswer(some, table)
      let sums = answer.sums()
      guard answer.flaws.isEmpty, sums.allSatisfy({ $0 != nil }) else { return nil }
      found += sums.compactMap(\.self)
    }
    return found
  }

  /// Fewer than any of the engines takes in one query.
  private static var mostColumns: Int { 1_500 }

  /// The answer to a query; nil where a number left the range of doubles.
  private func answer(to sql: String, _ columns: [ColumnRequest]) throws(Faults) -> Table? {
    var filled = SQLColumns(columns)
    do throws(SQLProblem) {
      try connection.read(sql, isSummary: true, into: &filled)
    } catch {
      guard case .said(let words) = error else { return nil }
      throw Faults(Fault(at: SourceLocation(file: name), words))
    }
    return filled.table()
  }

  // MARK: - Columns

  private func columns() throws(Faults) -> [SQLColumn] {
    if let known = known.withLock({ $0 }) { return known }
    let columns = try asking { () throws(SQLProblem) in try connection.columns(of: table) }
    guard !columns.isEmpty else {
      let names = try asking { () throws(SQLProblem) in try connection.tableNames() }
      let written = table.parts.joined(separator: ".")
      throw Faults(
        Fault(
          at: SourceLocation(file: connection.name), SQLFact.noTable(written, among: names).words))
    }
    known.withLock { $0 = columns }
    return columns
  }

  /// The table, once every column is known to be there and to be what is wanted.
  private func relation(naming requests: [ColumnRequest]) throws(Faults) -> SQLRelation {
    let columns = try columns()
    let names = columns.map(\.name)
    var faults: [Fault] = []
    var seen: Set<ColumnRequest> = []
    for request in requests where seen.insert(request).inserted {
      let own = columns.filter { $0.name == request.name }
      if own.count > 1 { faults.append(fault(.duplicateColumn(request.name))) }
      guard let column = own.first, own.count == 1 else {
        if own.isEmpty { faults.append(fault(.noColumn(request.name, among: names))) }
        continue
      }
      if request.form == .number, column.kind == .other {
        faults.append(fault(.notNumeric(column.name, type: column.type)))
      }
    }
    var told: Set<BilingualText> = []
    if let faults = Faults(faults.filter { told.insert($0.message).inserted }) { throw faults }
    return SQLRelation(
      table, dialect: connection.dialect,
      booleans: Set(columns.filter { $0.kind == .boolean }.map(\.name)),
      integers: Set(columns.filter { $0.kind == .integer }.map(\.name)), missing: missing)
  }

  private func fault(_ fact: SQLFact) -> Fault { Fault(at: SourceLocation(file: name), fact.words) }

  private func asking<Answer>(
    _ work: () throws(SQLProblem) -> Answer
  ) throws(Faults) -> Answer {
    do throws(SQLProblem) {
      return try work()
    } catch {
      let words =
        switch error {
        case .said(let words): words
        case .outOfRange:
          BilingualText(
            ja: "データベースでの計算が、扱える数の範囲を超えました。",
            en: "a number left the range of doubles in the database")
        }
      throw Faults(Fault(at: SourceLocation(file: name), words))
    }
  }
}

extension ColumnForm {
  fileprivate var order: Int {
    switch self {
    case .number: 0
    case .category: 1
    case .identifier: 2
    }
  }
}
