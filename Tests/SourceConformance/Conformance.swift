public import DataSources
import Statistics
import TestSupport
import Testing
public import Vocabulary

/// What every source must do, whatever it is.
///
/// A suite of its tests hands over how it makes a source of a ``SampleTable``:
///
/// ```swift
/// @Test(arguments: SourceCase.all) func conforms(to sample: SourceCase) throws {
///   try Conformance { try source(of: $0) }.check(sample)
/// }
/// ```
public struct Conformance {
  private let make: (SampleTable) throws -> any DataSource

  /// Names the source's own way of holding a table.
  public init(_ make: @escaping (SampleTable) throws -> any DataSource) { self.make = make }

  /// Checks rows, sums and second readings against the definitions.
  public func check(_ sample: SourceCase) throws {
    let folder = try TemporaryFolder()
    let file = try sample.table.file(in: folder)
    let source = try make(sample.table)
    let reference = try Reference(sample, file)
    #expect(try source.columnNames() == file.columnNames())
    try checkRows(of: sample, source, file)

    let expected = try reference.tally(sample.tally)
    let tally = try #require(try source.tally(sample.tally))
    #expect(tally.parts.map(\.texts) == expected.parts.map(\.texts))
    for (own, other) in zip(tally.parts, expected.parts) {
      #expect(own.tests == other.tests && own.rows == other.rows)
      for (a, b) in zip(own.moments, other.moments) { Self.compare(a, b) }
    }
    guard let arm = sample.tally.texts.first, !sample.regressions.isEmpty else { return }
    let request = LeverageRequest(tally: sample.tally, regressions: sample.regressions)
    let sums = try #require(try source.leverages(request))
    #expect(sums.count == sample.regressions.count)
    for (own, regression) in zip(sums, sample.regressions) {
      Self.compare(own, try reference.sums(regression, armColumn: arm))
    }
  }

  private func checkRows(of sample: SourceCase, _ source: any DataSource, _ file: CSVFile) throws {
    let texts = Set(sample.tally.texts)
    let columns = Set(
      sample.table.columns.flatMap { name -> [ColumnRequest] in
        let isText = texts.contains(name) || name == "id" || name == "town"
        return isText
          ? [ColumnRequest(name, as: .category), ColumnRequest(name, as: .identifier)]
          : [ColumnRequest(name, as: .number)]
      })
    let (own, other) = (try source.table(of: columns), try file.table(of: columns))
    #expect(own.rowCount == other.rowCount)
    // A server keeps rows in an order of its own.
    #expect(try Self.rows(of: own, columns).sorted() == Self.rows(of: other, columns).sorted())
    // But it must be the same for whatever columns are read.
    for request in columns {
      let alone = try source.table(of: [request])
      #expect(try Self.rows(of: alone, [request]) == Self.rows(of: own, [request]), "\(request)")
    }
    #expect(try source.table(of: Set<ColumnRequest>()).rowCount == other.rowCount)
    let last = other.rowCount - 1
    let places = try source.locations(ofRows: [0, last, last + 1, -1], column: nil)
    #expect(Set(places.keys) == Set([0, last].filter { $0 >= 0 && last >= 0 }))
    if last >= 0 { #expect(places[last]?.line == last + (source is CSVFile ? 2 : 1)) }
  }

  /// Each row as one text.
  private static func rows(of table: Table, _ columns: Set<ColumnRequest>) throws -> [String] {
    var rows = Array(repeating: "", count: table.rowCount)
    for request in columns.sorted(by: { "\($0)" < "\($1)" }) {
      for row in rows.indices {
        switch request.form {
        case .number: rows[row] += "\(try table.numbers(request.name)[row])|"
        case .category: rows[row] += "\(try table.categories(request.name)[row] ?? "∅")|"
        case .identifier: rows[row] += "\(try table.identifiers(request.name)[row] ?? "∅")|"
        }
      }
    }
    return rows
  }

  // MARK: - Comparing

  private static func compare(_ own: Moments, _ other: Moments) {
    #expect(own.count == other.count)
    for (a, b) in zip(own.means, other.means) { #expect(isClose(a, b, scale: 1e-9)) }
    let count = own.means.count
    for i in 0..<count {
      for j in 0...i {
        let place = i * (i + 1) / 2 + j
        let size =
          (other.crossProducts[i * (i + 3) / 2] * other.crossProducts[j * (j + 3) / 2]).squareRoot()
        #expect(
          isClose(own.crossProducts[place], other.crossProducts[place], scale: max(size, 1e-12)))
      }
    }
  }

  private static func compare(_ own: LeverageSums, _ other: LeverageSums) {
    #expect(own.count == other.count)
    #expect(isClose(own.leastFreedom, other.leastFreedom))
    #expect(isClose(own.squaredResiduals, other.squaredResiduals))
    #expect(isClose(own.variance, other.variance))
    #expect(isClose(own.diagonal, other.diagonal))
    let size = other.products.map(abs).max() ?? 0
    for (a, b) in zip(own.products, other.products) { #expect(isClose(a, b, scale: size)) }
  }

  private static func isClose(_ a: Double, _ b: Double, scale: Double = 1e-300) -> Bool {
    abs(a - b) <= 1e-10 * max(abs(b), scale)
  }

  // MARK: - Faults

  /// Checks that what is not there is named, with the nearest name.
  ///
  /// - Throws: what making a source throws.
  public func checkUnknownNames(_ other: (TableName) throws -> any DataSource) throws {
    let source = try make(SourceCase.plain.table)
    let words = Self.words {
      _ = try source.tally(TallyRequest(texts: ["amr"], sets: [VariableSet(["yy"])]))
    }
    #expect(words.contains { $0.contains("'amr'. Did you mean 'arm'?") })
    #expect(words.contains { $0.contains("'yy'. Did you mean 'y'?") })
    let rows = Self.words { _ = try source.table(of: ["town ": .category, "z": .number]) }
    #expect(rows.count == 2)
    let table = try #require(TableName("particpants"))
    let unknown = Self.words { _ = try other(table).columnNames() }
    #expect(unknown.contains { $0.contains("'particpants'. Did you mean 'participants'?") })
  }

  /// Checks that texts, NaN and infinity are no numbers, in tests no more than in sums.
  ///
  /// - Parameter expressions: how the engine writes values that are not finite.
  /// - Throws: what making a source throws.
  public func checkStrangeNumbers(_ expressions: [String]) throws {
    for expression in expressions {
      let source = try make(
        SampleTable(
          columns: ["arm", "y", "age"],
          rows: [
            [.text("a"), .number(1), .number(40)], [.text("a"), .number(2), .null],
            [.text("b"), .number(3), .expression(expression)],
          ]))
      let request = TallyRequest(
        texts: ["arm"], tests: [.init(column: "age", .range(from: 34, to: nil))],
        sets: [VariableSet(["y"])])
      let sums = Self.words { _ = try source.tally(request) }
      #expect(sums.count == 1)
      #expect(sums.first?.contains("row:3: ") ?? false, "\(sums)")
      #expect(sums.first?.contains("in column 'age' is no finite number") ?? false, "\(sums)")
      let rows = Self.words { _ = try source.table(of: ["age": .number]) }
      #expect(rows == sums)
    }
    let source = try make(
      SampleTable(columns: ["arm", "y"], rows: [[.text("a"), .text("12")], [.text("a"), .null]]))
    let request = TallyRequest(texts: ["arm"], sets: [VariableSet(["y"])])
    #expect(!Self.words { _ = try source.tally(request) }.isEmpty)
    #expect(!Self.words { _ = try source.table(of: ["y": .number]) }.isEmpty)
    #expect(try source.table(of: ["y": .category]).categories("y")[0] == "12")
  }

  private static func words(_ work: () throws -> Void) -> [String] {
    do {
      try work()
      return []
    } catch let faults as Faults {
      return faults.all.map { $0.line(in: .english) }
    } catch {
      return ["\(error)"]
    }
  }
}
