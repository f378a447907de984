public import Statistics
public import Vocabulary

/// The saved answers to the queries of `nudge sql`: a source without rows.
///
/// Each answer is a CSV file with the columns of the query, in any order and case.
public struct SavedAnswer: DataSource {
  private let moments: String
  private let leverages: String?
  private let columns: [String]

  /// Names the files; nothing is read yet.
  ///
  /// - Parameters:
  ///   - moments: the answer to the first query.
  ///   - leverages: the answer to the second; nil where there is none.
  ///   - columns: every column that the trial names: that they exist is known to whoever answered.
  public init(moments: String, leverages: String? = nil, columns: [String]) {
    self.moments = moments
    self.leverages = leverages
    self.columns = columns
  }

  public func description() throws(Faults) -> SourceDescription {
    try CSVFile(path: moments).description()
  }

  public func columnNames() throws(Faults) -> [String] { columns }

  /// Identifiers stay where the rows are: there are none here; anything else is a fault.
  public func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    guard columns.allSatisfy({ $0.form == .identifier }) else {
      throw Faults(Fault(at: SourceLocation(file: moments), SavedAnswerFact.needsRows.words))
    }
    var empty: [ColumnRequest: Column] = [:]
    for request in columns { empty[request] = .identifiers(bytes: [], offsets: [0]) }
    return Table(rowCount: 0, columns: empty)
  }

  public func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] { [:] }

  public func tally(_ request: TallyRequest) throws(Faults) -> Tally? {
    let file = AnswerFile(path: moments)
    let table = try file.table(
      of: TallyAnswer.columns(of: request), fingerprint: request.fingerprint)
    var answer = TallyAnswer(request, table)
    let tally = answer.tally()
    if let faults = try file.faults(of: answer.flaws) { throw faults }
    return tally
  }

  public func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]? {
    guard let leverages else {
      throw Faults(
        Fault(at: SourceLocation(file: moments), SavedAnswerFact.needsSecondReading.words))
    }
    let file = AnswerFile(path: leverages)
    let table = try file.table(
      of: LeverageAnswer.columns(of: request), fingerprint: request.fingerprint)
    var answer = LeverageAnswer(request, table)
    let sums = answer.sums()
    if let faults = try file.faults(of: answer.flaws) { throw faults }
    let lacking = sums.indices.filter { sums[$0] == nil }
    if let faults = Faults(
      lacking.map {
        Fault(at: SourceLocation(file: leverages), SavedAnswerFact.noRegression($0 + 1).words)
      })
    {
      throw faults
    }
    return sums.compactMap(\.self)
  }
}

/// One file of an answer.
private struct AnswerFile {
  let path: String

  private var csv: CSVFile { CSVFile(path: path, missing: [""]) }

  /// The columns under the query's own names; engines change their case.
  private func names() throws(Faults) -> [String: String] {
    Dictionary(try csv.columnNames().map { ($0.lowercased(), $0) }) { first, _ in first }
  }

  func table(of requests: [ColumnRequest], fingerprint: String) throws(Faults) -> Table {
    let names = try names()
    // An answer to another question lacks columns, too: what it is comes first.
    if let name = names["request"] {
      let own = try csv.table(of: [name: .category])
      let others = (try? own.categories(name))?.levels.filter { $0 != fingerprint } ?? []
      if let other = others.first,
        let row = (0..<own.rowCount).first(where: { (try? own.categories(name))?[$0] == other })
      {
        throw try faults(
          of: [.init(row: row, column: "request", problem: .otherRequest(other))])
          ?? Faults(Fault(at: SourceLocation(file: path), SavedAnswerFact.otherRequest.words))
      }
    }
    let wanted = requests.map { ColumnRequest(names[$0.name] ?? $0.name, as: $0.form) }
    let table = try csv.table(of: Set(wanted))
    var columns: [ColumnRequest: Column] = [:]
    for (request, own) in zip(requests, wanted) { columns[request] = table.columns[own] }
    return Table(rowCount: table.rowCount, columns: columns)
  }

  /// Each flaw where it stands: the first twenty, and how many more.
  func faults(of flaws: [TallyAnswer.Flaw]) throws(Faults) -> Faults? {
    let shown = 20
    let names = try names()
    var faults: [Fault] = []
    for (column, own) in Dictionary(grouping: flaws.prefix(shown), by: \.column) {
      let places = try csv.locations(
        ofRows: Set(own.map(\.row)), column: names[column] ?? column)
      for flaw in own {
        faults.append(
          Fault(
            at: places[flaw.row] ?? SourceLocation(file: path),
            SavedAnswerFact.flaw(flaw).words))
      }
    }
    if let next = flaws.dropFirst(shown).first {
      let places = try csv.locations(ofRows: [next.row], column: nil)
      faults.append(
        Fault(
          at: places[next.row] ?? SourceLocation(file: path), moreFaults(flaws.count - shown)))
    }
    return Faults(faults)
  }
}
