#if Spark
  public import DataSources

  extension DatabaseAdapter {
    /// Servers of Spark Connect.
    public static let spark = DatabaseAdapter(kind: "spark") { address, table, missing in
      SQLSource(table, in: SparkConnection(address), missing: missing)
    }
  }
#endif
