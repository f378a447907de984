public import Vocabulary

/// How sources in databases of one kind are made; the program hands its adapters to those who read data.
public struct DatabaseAdapter: Sendable {
  private let kind: String
  private let make:
    @Sendable (_ address: String, _ table: TableName, _ missing: [String])
      -> any DataSource

  /// Makes an adapter.
  ///
  /// - Parameters:
  ///   - kind: the kind's name as trial files write it, such as `sqlite`.
  ///   - make: makes a source from an address, a table and the texts that mean missing; it reads nothing yet.
  public init(
    kind: String,
    _ make:
      @escaping @Sendable (_ address: String, _ table: TableName, _ missing: [String]) ->
      any DataSource
  ) {
    self.kind = kind
    self.make = make
  }

  /// The adapters of the program that runs; a task's own, so that no library need know any.
  @TaskLocal public static var known: [DatabaseAdapter] = []

  /// A table of a database.
  ///
  /// - Parameters:
  ///   - kind: the kind's name.
  ///   - address: where the database is.
  ///   - table: the table or view.
  ///   - missing: texts that mean missing.
  /// - Returns: the source; one whose every question is a fault where the program has no adapter of the kind.
  public static func source(
    kind: String, address: String, table: TableName, missing: [String]
  ) -> any DataSource {
    known.first { $0.kind == kind }?.make(address, table, missing) ?? NoAdapter(kind: kind)
  }
}

/// A source that this program was built without.
private struct NoAdapter: DataSource {
  let kind: String

  private var faults: Faults {
    Faults(
      Fault(
        at: SourceLocation(file: kind),
        BilingualText(
          ja: "この nudge には、\(kind) を読む部分が含まれていません。作り方は docs/sources.md にあります。",
          en:
            "this nudge was built without what reads \(kind); docs/sources.md says how to build it")
      ))
  }

  func description() throws(Faults) -> SourceDescription { throw faults }
  func columnNames() throws(Faults) -> [String] { throw faults }
  func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table { throw faults }
  func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] { throw faults }
}
