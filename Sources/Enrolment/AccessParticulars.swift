/// What the ledger keeps of somebody's access to data by arm: a look or an analysis.
public struct AccessParticulars: Codable, Hashable, Sendable {
  /// The planned look, from 1; nil for none or the last.
  public var look: Int?
  /// The data that were read.
  public var data: FileRecord?
  /// Whether the data were simulated: a rehearsal shows nobody how the arms fare.
  public var isRehearsal: Bool
  /// Why, where it was not planned.
  public var note: String?
  /// Who looked.
  public var by: String?
  /// The files that were written.
  public var files: [FileRecord]?

  /// Makes the particulars.
  public init(
    look: Int? = nil, data: FileRecord? = nil, isRehearsal: Bool = false, note: String? = nil,
    by: String? = nil,
    files: [FileRecord]? = nil
  ) {
    self.look = look
    self.data = data
    self.isRehearsal = isRehearsal
    self.note = note
    self.by = by
    self.files = files
  }
}
