public import DataSources

extension DatabaseAdapter {
  /// Files of SQLite.
  public static let sqlite = DatabaseAdapter(kind: "sqlite") { path, table, missing in
    SQLSource(table, in: SQLiteConnection(path: path), missing: missing)
  }
}
