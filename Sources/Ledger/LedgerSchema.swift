import GRDB

/// The tables of a ledger. Nothing in them may be changed or taken away, and SQLite itself refuses
/// to; who goes around it is found by the hashes.
enum LedgerSchema {
  /// Marks the file as a ledger: the letters `ndge`.
  static let applicationID = 0x6E64_6765

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS event (
          sequence INTEGER PRIMARY KEY,
          time TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
          previous TEXT NOT NULL UNIQUE, hash TEXT NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS assignment (
          position INTEGER PRIMARY KEY,
          unit TEXT NOT NULL UNIQUE,
          code TEXT, block TEXT, cluster TEXT, factors TEXT, measurements TEXT,
          arm TEXT, formed_block TEXT,
          event INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX IF NOT EXISTS assignment_code
          ON assignment (code) WHERE code IS NOT NULL;
        PRAGMA application_id = \(applicationID);
        """)
    for table in ["event", "assignment"] {
      for change in ["UPDATE", "DELETE"] {
        try db.execute(
          sql: """
            CREATE TRIGGER IF NOT EXISTS \(table)_no_\(change.lowercased())
            BEFORE \(change) ON \(table)
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
            """)
      }
    }
  }
}
