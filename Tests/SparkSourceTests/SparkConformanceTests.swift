#if Spark
  import DataSources
  import SourceConformance
  import Testing

  @testable import SparkSource

  @Suite("Spark: what every source must do", .enabled(if: SparkServer.isRunning))
  struct SparkConformanceTests {
    @Test(arguments: SourceCase.all)
    func conforms(to sample: SourceCase) throws {
      try Conformance { try SparkServer.source(of: $0) }.check(sample)
    }

    @Test func unknownNames() throws {
      try Conformance { try SparkServer.source(of: $0) }.checkUnknownNames { name in
        let connection = SparkServer.connection()
        try SparkServer.makeView(
          of: SampleTable(columns: ["arm", "y"], rows: [[.text("a"), .number(1)]]), in: connection)
        return SQLSource(name, in: connection)
      }
    }

    @Test func strangeNumbers() throws {
      try Conformance { try SparkServer.source(of: $0) }
        .checkStrangeNumbers([
          "double('Infinity')", "double('-Infinity')", "double('NaN')",
        ])
    }
  }
#endif
