import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C while a query runs: the query is cancelled first, then the signal takes its course.
///
/// Without this the program would end and the cluster go on working for nobody.
struct InterruptSignal: ~Copyable {
  private static let isRaised = Atomic<Bool>(false)
  /// How many queries are being waited for.
  private static let waiting = Mutex(0)
  /// What the signal did before the first of them; whoever holds the lock of ``waiting`` may look.
  ///
  /// On the heap: Swift 6.3 gives a global lock around a C structure four bytes too few, and what lies behind it is
  /// written over.
  nonisolated(unsafe) private static let before = UnsafeMutablePointer<sigaction>.allocate(
    capacity: 1)

  /// From now on the signal is noted.
  init() {
    Self.waiting.withLock { waiting in
      waiting += 1
      guard waiting == 1 else { return }
      Self.isRaised.store(false, ordering: .relaxed)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in
        InterruptSignal.isRaised.store(true, ordering: .relaxed)
      }
      sigaction(SIGINT, &action, Self.before)
    }
  }

  /// Whether somebody pressed Ctrl-C.
  var isRaised: Bool { Self.isRaised.load(ordering: .relaxed) }

  /// The signal does again what it did before; where it came meanwhile it does that now.
  deinit {
    let isLast = Self.waiting.withLock { waiting in
      waiting -= 1
      guard waiting == 0 else { return false }
      sigaction(SIGINT, Self.before, nil)
      return true
    }
    if isLast, isRaised { raise(SIGINT) }
  }
}
