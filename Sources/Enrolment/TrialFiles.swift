import DataSources
public import Ledger

/// Files whose truth is in the ledger.
enum TrialFiles {
  /// Writes each whole, replacing what was there.
  static func write(_ files: [(path: String, bytes: [UInt8])]) throws {
    for (path, bytes) in files { try AtomicFile.write(bytes, to: path, force: true) }
  }
}

extension LedgerEvent {
  private struct WithFiles: Decodable {
    let files: [FileRecord]?
  }

  /// The files that the event says were written.
  public var files: [FileRecord] { particulars(as: WithFiles.self)?.files ?? [] }
}
