/// Why Spark gives no answer; ``SparkProblem/message`` words it.
enum SparkProblem: Error, Hashable, Sendable {
  /// What is wrong with an address.
  enum AddressPart: Hashable, Sendable {
    case scheme, host, port, path, parameter
  }

  /// `sc://` alone, and no `SPARK_REMOTE`.
  case noAddress
  /// The trial file's address cannot be read.
  case malformedAddress(AddressPart)
  /// `SPARK_REMOTE` cannot be read; it may hold a secret, so that nothing of it is repeated.
  case malformedRemote
  /// A token or a header holds what no header can hold.
  case malformedCredential
  /// The trial file sets what may be a secret.
  case secretInTrialFile(parameter: String)
  /// A token would travel unencrypted to another machine.
  case tokenInTheClear
  /// Nobody listens at the address, or what listens speaks otherwise.
  case unreachable(reason: String)
  /// The server wants a token, or another one.
  case refused(reason: String)
  /// Spark says what is wrong with the query or the table.
  case failed(reason: String)
  /// Fewer rows arrived than Spark said that it sent.
  case brokenOff
  /// The answer cannot be read.
  case unreadable(ArrowProblem)
  /// Somebody pressed Ctrl-C.
  case interrupted
}

extension SparkProblem {
  /// Whether Spark knows no such table, schema or catalogue.
  var isMissingTable: Bool {
    starts(with: ["TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND"])
  }

  /// Whether a number left the range of its type while Spark added up.
  var isOutOfRange: Bool { starts(with: ["ARITHMETIC_OVERFLOW", "NUMERIC_VALUE_OUT_OF_RANGE"]) }

  /// Spark's messages begin with the name of their class in brackets.
  private func starts(with classes: [String]) -> Bool {
    guard case .failed(let reason) = self else { return false }
    return classes.contains { reason.hasPrefix("[\($0)") }
  }
}
