import Vocabulary

/// Collects what is wrong with the counts of a table.
struct CountsCheck {
  private enum Problem {
    case notUnits
    case notEvents(of: Int)
    case tooManyUnits
  }

  private struct Flaw {
    var row: Int
    var column: String
    var value: Double
    var problem: Problem
  }

  private let n: String
  private var flaws: [Flaw] = []
  private var total = 0
  /// 2⁵³: up to here every whole number is a double, and no sum of counts overflows.
  private static let most = 1 << 53

  init(n: String) {
    self.n = n
  }

  /// The number of units of a row; nil when the value is none.
  mutating func units(_ value: Double, row: Int) -> Int? {
    guard let count = CountsCheck.whole(value) else {
      flaws.append(Flaw(row: row, column: n, value: value, problem: .notUnits))
      return nil
    }
    guard total <= CountsCheck.most - count else {
      flaws.append(Flaw(row: row, column: n, value: value, problem: .tooManyUnits))
      return nil
    }
    total += count
    return count
  }

  /// The number of events of a row; nil when it is missing or wrong, or when the units are wrong
  /// themselves and there is nothing to compare with.
  mutating func events(_ value: Double, of units: Int?, row: Int, column: String) -> Int? {
    guard let units, !value.isNaN else { return nil }
    if let count = CountsCheck.whole(value), count <= units { return count }
    flaws.append(Flaw(row: row, column: column, value: value, problem: .notEvents(of: units)))
    return nil
  }

  /// The faults, each at its place in the source; nil when there are none.
  func faults(from source: some DataSource) throws(Faults) -> Faults? {
    let shown = 20
    let ordered = flaws.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    var places: [String: [Int: SourceLocation]] = [:]
    for (column, flaws) in Dictionary(grouping: ordered.prefix(shown + 1), by: \.column) {
      places[column] = try source.locations(ofRows: Set(flaws.map(\.row)), column: column)
    }
    guard !ordered.isEmpty else { return nil }
    let name = try source.description().name
    func place(_ flaw: Flaw) -> SourceLocation {
      places[flaw.column]?[flaw.row] ?? SourceLocation(file: name)
    }
    var faults = ordered.prefix(shown).map { Fault(at: place($0), CountsCheck.words($0)) }
    if let next = ordered.dropFirst(shown).first {
      var place = place(next)
      place.column = nil
      faults.append(Fault(at: place, moreFaults(ordered.count - shown)))
    }
    return Faults(faults)
  }

  private static func whole(_ value: Double) -> Int? {
    guard value >= 0, value <= Double(most) else { return nil }
    return Int(exactly: value)
  }

  private static func words(_ flaw: Flaw) -> BilingualText {
    let column = flaw.column
    let value = whole(flaw.value).map(String.init) ?? (flaw.value.isNaN ? "" : "\(flaw.value)")
    switch flaw.problem {
    case .notUnits:
      return BilingualText(
        ja: "列「\(column)」の「\(value)」は人数（単位数）ではありません。0 以上の整数を書いてください。",
        en: "'\(value)' in column '\(column)' is not a number of units, a whole number from 0 on")
    case .notEvents(let units):
      return BilingualText(
        ja: "列「\(column)」の「\(value)」は件数ではありません。0 から、この行の単位数 \(units) までの整数を書いてください。",
        en: "'\(value)' in column '\(column)' is not a number of events, "
          + "a whole number from 0 to the row's \(units) units")
    case .tooManyUnits:
      return BilingualText(
        ja: "列「\(column)」の合計が 2 の 53 乗を超えています。",
        en: "the units in column '\(column)' are more than 2^53 in all")
    }
  }
}
