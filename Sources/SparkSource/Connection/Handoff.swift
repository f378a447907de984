import Dispatch
import Synchronization

/// Values on their way from asynchronous tasks to a thread that blocks, a few at a time.
///
/// The sender waits while ``room`` values are under way, so that the network is read no faster than
/// rows are used.
final class Handoff<Value: Sendable>: Sendable {
  private struct State {
    var values: [Value] = []
    var end: Result<Void, SparkProblem>?
    var isAbandoned = false
    var sender: CheckedContinuation<Void, Never>?
  }

  private static var room: Int { 2 }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  /// Hands a value over and waits for room.
  ///
  /// - Throws: `CancellationError` once the receiver wants no more.
  func send(_ value: Value) async throws {
    let isAbandoned = state.withLock {
      if !$0.isAbandoned { $0.values.append(value) }
      return $0.isAbandoned
    }
    guard !isAbandoned else { throw CancellationError() }
    arrivals.signal()
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock {
        if $0.isAbandoned || $0.values.count < Self.room { return true }
        $0.sender = continuation
        return false
      }
      if hasRoom { continuation.resume() }
    }
  }

  /// Says that no more values come, and why.
  func finish(_ end: Result<Void, SparkProblem>) {
    state.withLock { $0.end = $0.end ?? end }
    arrivals.signal()
  }

  /// Waits for the next value.
  ///
  /// - Parameter patience: looked at ten times a second; the wait ends when it throws.
  /// - Returns: the value; nil after the last.
  /// - Throws: what `patience` throws, and the problem that ended the values.
  func next(_ patience: () throws(SparkProblem) -> Void) throws(SparkProblem) -> Value? {
    while arrivals.wait(timeout: .now() + .milliseconds(100)) == .timedOut { try patience() }
    let (value, end, sender) = state.withLock { state in
      let value = state.values.isEmpty ? nil : state.values.removeFirst()
      let sender = state.sender
      state.sender = nil
      return (value, state.end, sender)
    }
    sender?.resume()
    if let value { return value }
    // The end stays the end, however often it is asked for.
    arrivals.signal()
    if case .failure(let problem)? = end { throw problem }
    return nil
  }

  /// Says that the receiver wants no more.
  func abandon() {
    let sender = state.withLock { state in
      state.isAbandoned = true
      state.values = []
      defer { state.sender = nil }
      return state.sender
    }
    sender?.resume()
  }
}
