#if Spark
  import DataSources
  import Foundation
  import GRPCCore
  import GRPCNIOTransportHTTP2Posix
  import GRPCProtobuf
  import SwiftProtobuf

  /// A session on a Spark Connect server.
  ///
  /// It connects with the first query. Its methods block, and may be called from any thread; Ctrl-C
  /// cancels what runs on the server.
  final class SparkSession: Sendable {
    private let client: GRPCClient<HTTP2ClientTransport.Posix>
    private let credentials: SparkCredentials
    private let session = UUID().uuidString.lowercased()

    /// Prepares a session; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - credentials: where the server is, and what it wants to know.
    ///   - certificates: a PEM file of authorities to trust instead of the system's.
    /// - Throws: ``SparkProblem/unreachable(reason:)``: the certificates cannot be read.
    init(_ credentials: SparkCredentials, certificates: String?) throws(SparkProblem) {
      self.credentials = credentials
      let address = credentials.address
      do {
        client = GRPCClient(
          transport: try .http2NIOPosix(
            target: .dns(host: address.host, port: address.port),
            transportSecurity: credentials.usesTLS
              ? .tls { tls in
                if let certificates {
                  tls.trustRoots = .certificates([.file(path: certificates, format: .pem)])
                }
              } : .plaintext,
            config: .defaults { config in
              // Spark's server takes more frequent signs of life for an attack.
              config.connection.keepalive = .init(
                time: .seconds(330), timeout: .seconds(30), allowWithoutCalls: false)
            },
            eventLoopGroup: EventLoopExecutor.shared.group))
      } catch {
        throw SparkProblem(error, credentials)
      }
      Task(executorPreference: EventLoopExecutor.shared) { [client] in
        try? await client.runConnections()
      }
    }

    deinit {
      // The server would forget the session by itself, but only after an hour.
      let request = ReleaseSessionRequest.with {
        $0.sessionID = session
        $0.userContext.userID = credentials.user
      }
      let client = client
      let metadata = credentials.metadata
      let done = Handoff<Void>()
      Task(executorPreference: EventLoopExecutor.shared) {
        try? await client.unary(
          request: ClientRequest(message: request, metadata: metadata),
          descriptor: .releaseSession,
          serializer: ProtobufSerializer<ReleaseSessionRequest>(),
          deserializer: ProtobufDeserializer<ReleaseSessionResponse>(),
          options: .spark(timeout: .seconds(2)), onResponse: { _ in })
        client.beginGracefulShutdown()
        done.finish(.success(()))
      }
      _ = try? done.next {}
    }

    /// Runs a query and hands over its batches of rows as they arrive.
    ///
    /// - Parameters:
    ///   - sql: one `SELECT`.
    ///   - body: called on this thread; where it throws, the query is cancelled.
    /// - Throws: ``SparkProblem``.
    func batches(
      of sql: String, _ body: (ArrowBatch) throws(SparkProblem) -> Void
    ) throws(SparkProblem) {
      let operation = UUID().uuidString.lowercased()
      let answer = Handoff<ExecutePlanResponse.ArrowBatch>()
      let query = execute(sql, operation: operation, into: answer)
      let interrupt = InterruptSignal()
      do throws(SparkProblem) {
        while let message = try answer.next({ () throws(SparkProblem) in
          if interrupt.isRaised { throw .interrupted }
        }) {
          for batch in try Self.batches(message) { try body(batch) }
        }
      } catch {
        answer.abandon()
        query.cancel()
        if error.leavesQueryRunning { cancel(operation: operation) }
        throw error
      }
    }

    private static func batches(
      _ message: ExecutePlanResponse.ArrowBatch
    ) throws(SparkProblem) -> [ArrowBatch] {
      let batches: [ArrowBatch]
      do throws(ArrowProblem) {
        batches = try ArrowStream.batches([UInt8](message.data))
      } catch {
        throw .unreadable(error)
      }
      guard batches.reduce(0, { $0 + $1.rowCount }) == message.rowCount else { throw .brokenOff }
      return batches
    }

    private func execute(
      _ sql: String, operation: String, into answer: Handoff<ExecutePlanResponse.ArrowBatch>
    ) -> Task<Void, Never> {
      let request = ExecutePlanRequest.with {
        $0.sessionID = session
        $0.userContext.userID = credentials.user
        $0.operationID = operation
        $0.clientType = "nudge"
        $0.plan.root.sql.query = sql
      }
      return Task(executorPreference: EventLoopExecutor.shared) { [client, credentials] in
        do {
          try await client.serverStreaming(
            request: ClientRequest(message: request, metadata: credentials.metadata),
            descriptor: .executePlan, serializer: ProtobufSerializer<ExecutePlanRequest>(),
            deserializer: ProtobufDeserializer<ExecutePlanResponse>(), options: .spark()
          ) { response in
            for try await message in response.messages {
              if case .arrowBatch(let batch)? = message.responseType {
                try await answer.send(batch)
              }
            }
          }
          answer.finish(.success(()))
        } catch {
          answer.finish(.failure(SparkProblem(error, credentials)))
        }
      }
    }

    private func cancel(operation: String) {
      let request = InterruptRequest.with {
        $0.sessionID = session
        $0.userContext.userID = credentials.user
        $0.interruptType = .operationID
        $0.operationID = operation
      }
      let done = Handoff<Void>()
      Task(executorPreference: EventLoopExecutor.shared) { [client, credentials] in
        try? await client.unary(
          request: ClientRequest(message: request, metadata: credentials.metadata),
          descriptor: .interrupt, serializer: ProtobufSerializer<InterruptRequest>(),
          deserializer: ProtobufDeserializer<InterruptResponse>(),
          options: .spark(timeout: .seconds(5)), onResponse: { _ in })
        done.finish(.success(()))
      }
      _ = try? done.next {}
    }
  }
#endif
