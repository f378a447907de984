#if Spark
  import GRPCCore

  typealias ExecutePlanRequest = Spark_Connect_ExecutePlanRequest
  typealias ExecutePlanResponse = Spark_Connect_ExecutePlanResponse
  typealias InterruptRequest = Spark_Connect_InterruptRequest
  typealias InterruptResponse = Spark_Connect_InterruptResponse
  typealias ReleaseSessionRequest = Spark_Connect_ReleaseSessionRequest
  typealias ReleaseSessionResponse = Spark_Connect_ReleaseSessionResponse

  extension MethodDescriptor {
    private static let service = "spark.connect.SparkConnectService"
    static let executePlan = Self(fullyQualifiedService: service, method: "ExecutePlan")
    static let interrupt = Self(fullyQualifiedService: service, method: "Interrupt")
    static let releaseSession = Self(fullyQualifiedService: service, method: "ReleaseSession")
  }

  extension CallOptions {
    /// A query takes as long as it takes; a batch may hold a few very long texts.
    static func spark(timeout: Duration? = nil) -> CallOptions {
      var options = CallOptions.defaults
      options.timeout = timeout
      // A server that does not answer is said at once, not waited for.
      options.waitForReady = false
      options.maxResponseMessageBytes = 128 << 20
      // The transport bounds answers by the bound for requests.
      options.maxRequestMessageBytes = 128 << 20
      return options
    }
  }

  extension SparkCredentials {
    /// What is sent with every call.
    var metadata: Metadata {
      var metadata: Metadata = [:]
      for (name, value) in headers { metadata.addString(value, forKey: name.lowercased()) }
      if let token { metadata.addString("Bearer \(token)", forKey: "authorization") }
      return metadata
    }
  }

  extension SparkProblem {
    /// What a failed call means, without secrets.
    init(_ error: any Error, _ credentials: SparkCredentials) {
      guard let error = error as? RPCError else {
        self =
          error as? SparkProblem
          ?? (error is CancellationError
            ? .interrupted : .unreachable(reason: credentials.firstLine("\(error)")))
        return
      }
      let reason = credentials.firstLine(error.message)
      self =
        switch error.code {
        case .cancelled: .interrupted
        case .unauthenticated, .permissionDenied: .refused(reason: reason)
        case .unavailable, .deadlineExceeded, .unimplemented: .unreachable(reason: reason)
        default: .failed(reason: reason)
        }
    }

    /// Whether Spark may still be working on a query that ended like this.
    var leavesQueryRunning: Bool {
      switch self {
      case .unreachable, .refused, .failed: false
      default: true
      }
    }
  }

  extension SparkCredentials {
    /// The first line of a message for people: what follows is the plan or the server's stack.
    fileprivate func firstLine(_ text: String) -> String {
      let line = redacted(text).split(whereSeparator: \.isNewline).first ?? ""
      return String(line.filter { $0.isASCII ? !$0.isControl : true }.prefix(500))
    }
  }

  extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.value < 0x20 } }
  }
#endif
