public import Statistics
import Synchronization
public import Vocabulary

/// A source that answers nothing and remembers what it was asked, to be asked of somebody else.
public final class QuestionRecorder: DataSource {
  /// The first question that nothing answered.
  public enum Question: Hashable, Sendable {
    /// The sums of a first reading.
    case tally(TallyRequest)
    /// The sums of a second.
    case leverages(LeverageRequest)
    /// The rows themselves.
    case rows
  }

  private let columns: [String]
  private let saved: SavedAnswer?
  private let asked = Mutex<Question?>(nil)

  /// Makes a recorder.
  ///
  /// - Parameters:
  ///   - columns: the columns that it claims to have.
  ///   - saved: what is already answered.
  public init(columns: [String], saved: SavedAnswer? = nil) {
    self.columns = columns
    self.saved = saved
  }

  /// The question at which reading stopped; nil where it did not.
  public var question: Question? { asked.withLock { $0 } }

  public func description() throws(Faults) -> SourceDescription {
    SourceDescription(name: "", sha256: "", encoding: "", preamble: [])
  }

  public func columnNames() throws(Faults) -> [String] { columns }

  public func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    guard let saved, columns.allSatisfy({ $0.form == .identifier }) else { throw stop(.rows) }
    return try saved.table(of: columns)
  }

  public func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] { [:] }

  public func tally(_ request: TallyRequest) throws(Faults) -> Tally? {
    guard let saved else { throw stop(.tally(request)) }
    return try saved.tally(request)
  }

  public func leverages(_ request: LeverageRequest) throws(Faults) -> [LeverageSums]? {
    throw stop(.leverages(request))
  }

  /// Ends the reading; the words are never shown.
  private func stop(_ question: Question) -> Faults {
    asked.withLock { $0 = $0 ?? question }
    return Faults(Fault(at: SourceLocation(file: ""), BilingualText("")))
  }
}
