/// How to reach a server, once the trial file and the environment have both spoken.
///
/// A trial file is shared and locked, so that it holds no secret: a token stands in the environment,
/// in `SPARK_CONNECT_TOKEN` or within the whole address in `SPARK_REMOTE`.
struct SparkCredentials: Hashable, Sendable {
  /// The server.
  var address: SparkAddress
  /// Whether the connection is encrypted and the server's certificate checked.
  var usesTLS: Bool
  /// Sent as `authorization: Bearer …`.
  var token: String?
  /// The name under which Spark files the session.
  var user: String
  /// Sent with every call, such as a cluster's id.
  var headers: [String: String]

  /// What an address in a trial file may set.
  private static let publicParameters = ["use_ssl", "user_id"]
  /// What Spark's own clients read that means nothing here.
  private static let ignoredParameters = ["user_agent", "grpc_max_message_size", "session_id"]

  /// Joins what the trial file says with the environment.
  ///
  /// `SPARK_REMOTE` counts where it names the same server as the trial file, or where the trial file
  /// says `sc://` alone: a secret never goes to another server than the one it was written beside.
  ///
  /// - Throws: ``SparkProblem``: an address cannot be read, a secret stands in the trial file, or one
  ///   would be sent in the clear.
  init(trialFile text: String, environment: [String: String]) throws(SparkProblem) {
    let remote = environment["SPARK_REMOTE"].flatMap { $0.isEmpty ? nil : $0 }
    var settings: [String: String] = [:]
    if text == "sc://" {
      guard let remote else { throw .noAddress }
      address = try Self.remoteAddress(remote)
      settings = address.parameters
    } else {
      address = try SparkAddress(text)
      for name in address.parameters.keys.sorted() where !Self.publicParameters.contains(name) {
        throw .secretInTrialFile(parameter: name)
      }
      if let remote, remote.hasPrefix("sc://") {
        let other = try Self.remoteAddress(remote)
        if other.host == address.host, other.port == address.port { settings = other.parameters }
      }
      settings.merge(address.parameters) { _, own in own }
    }
    address.parameters = [:]
    let token = environment["SPARK_CONNECT_TOKEN"] ?? settings["token"]
    self.token = token.flatMap { $0.isEmpty ? nil : $0 }
    switch settings["use_ssl"]?.lowercased() {
    case "true": usesTLS = true
    case "false", nil: usesTLS = false
    default: throw .malformedAddress(.parameter)
    }
    user = settings["user_id"] ?? environment["USER"] ?? "nudge"
    headers = settings.filter { name, _ in
      !(Self.publicParameters + Self.ignoredParameters + ["token"]).contains(name)
    }
    guard self.token == nil || usesTLS || address.isLoopback else { throw .tokenInTheClear }
    let values = [self.token ?? ""] + headers.keys + headers.values
    guard values.allSatisfy({ $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } }) else {
      throw .malformedCredential
    }
  }

  private static func remoteAddress(_ text: String) throws(SparkProblem) -> SparkAddress {
    do throws(SparkProblem) {
      return try SparkAddress(text)
    } catch {
      throw .malformedRemote
    }
  }

  /// What the server said, without the secrets that it might repeat.
  func redacted(_ text: String) -> String {
    ([token ?? ""] + headers.values).filter { !$0.isEmpty }
      .reduce(text) { $0.replacing($1, with: "…") }
  }
}
