import Dispatch
import Synchronization
import Vocabulary

/// Work on a thread of its own, whose answer is waited for when it is needed.
final class Alongside<Answer: Sendable>: Sendable {
  private let found = Mutex<Result<Answer, Faults>?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// Begins the work.
  init(_ work: @escaping @Sendable () throws(Faults) -> Answer) {
    DispatchQueue.global().async { [self] in
      let answer = Result { () throws(Faults) in try work() }
      found.withLock { $0 = answer }
      isDone.signal()
    }
  }

  /// Waits for the answer.
  ///
  /// - Throws: what the work threw.
  func answer() throws(Faults) -> Answer {
    // Whoever asks next finds the work done, too.
    defer { isDone.signal() }
    while true {
      isDone.wait()
      if let answer = found.withLock({ $0 }) { return try answer.get() }
    }
  }
}
