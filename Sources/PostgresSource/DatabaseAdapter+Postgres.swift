#if Postgres
  public import DataSources

  extension DatabaseAdapter {
    /// Servers of PostgreSQL.
    public static let postgres = DatabaseAdapter(kind: "postgres") { address, table, missing in
      SQLSource(table, in: PostgresConnection(address: address), missing: missing)
    }
  }
#endif
