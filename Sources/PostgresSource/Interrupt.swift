#if Postgres
  import CPQ
  import Glibc
  import Synchronization

  /// Ctrl-C while a server works: the query is cancelled there, and the program ends as it would have without us.
  enum Interrupt {
    /// What PQcancel needs, as an address; 0 while no query runs.
    private static let target = Atomic<UInt>(0)

    /// Runs a query that Ctrl-C cancels.
    static func cancelling<Answer>(_ connection: OpaquePointer, _ query: () -> Answer) -> Answer {
      guard let cancel = PQgetCancel(connection) else { return query() }
      target.store(UInt(bitPattern: cancel), ordering: .releasing)
      var own = sigaction()
      own.__sigaction_handler.sa_handler = { _ in Interrupt.cancel() }
      sigemptyset(&own.sa_mask)
      // The program's own handler comes next, and only once.
      own.sa_flags = SA_RESTART
      // Whoever started us may have blocked the signal for its own threads, and so for us.
      var interrupt = sigset_t()
      sigemptyset(&interrupt)
      sigaddset(&interrupt, SIGINT)
      pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
      var before = sigaction()
      sigaction(SIGINT, &own, &before)
      let answer = query()
      sigaction(SIGINT, &before, nil)
      let wasAsked = target.exchange(0, ordering: .acquiringAndReleasing) == 0
      PQfreeCancel(cancel)
      // What the signal would have done without us, now that the server knows.
      if wasAsked { raise(SIGINT) }
      return answer
    }

    /// Only what a signal handler may do: libpq promises that PQcancel is such.
    private static func cancel() {
      let address = target.exchange(0, ordering: .acquiringAndReleasing)
      guard let cancel = OpaquePointer(bitPattern: address) else { return }
      let error = errno
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { words in
        _ = PQcancel(cancel, words.baseAddress, 256)
      }
      errno = error
    }
  }
#endif
