import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C while a server works: the query is cancelled there first, then the signal takes its course.
///
/// Without this the program would end and the server go on working for nobody. Whoever waits for an answer holds one
/// of these and looks at ``isRaised`` now and then; several may wait at once, each for its own server. Once the last
/// has given up, the signal does what it would have done, so a query that was cancelled is never taken for a fault of
/// the data. A second Ctrl-C ends the program at once, whatever the servers do.
public struct InterruptSignal: ~Copyable {
  private static let wasRaised = Atomic<Bool>(false)
  /// How many queries are being waited for.
  private static let waiting = Mutex(0)
  /// What the signal did before the first of them; whoever holds the lock of ``waiting`` may look.
  ///
  /// On the heap: Swift 6.3 gives a global lock around a C structure four bytes too few, and what lies behind it is
  /// written over.
  nonisolated(unsafe) private static let before = UnsafeMutablePointer<sigaction>.allocate(
    capacity: 1)

  /// From now on the signal is noted.
  public init() {
    // Whoever started us may have blocked the signal for its own threads, and so for us.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    Self.waiting.withLock { waiting in
      waiting += 1
      guard waiting == 1 else { return }
      Self.wasRaised.store(false, ordering: .relaxed)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in
        InterruptSignal.wasRaised.store(true, ordering: .relaxed)
      }
      // SA_RESETHAND leaves the second one to the system.
      action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(SIGINT, &action, Self.before)
      // A job in the background of a script ignores Ctrl-C, and goes on doing so.
      if Self.ignores(Self.before.pointee) { sigaction(SIGINT, Self.before, nil) }
    }
  }

  /// Whether somebody pressed Ctrl-C.
  public var isRaised: Bool { Self.wasRaised.load(ordering: .relaxed) }

  private static func ignores(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
      == unsafeBitCast(SIG_IGN, to: UInt.self)
  }

  /// The signal does again what it did before; where it came meanwhile it does that now.
  deinit {
    let isDue = Self.waiting.withLock { waiting in
      waiting -= 1
      guard waiting == 0 else { return false }
      sigaction(SIGINT, Self.before, nil)
      return isRaised
    }
    if isDue { raise(SIGINT) }
  }
}
