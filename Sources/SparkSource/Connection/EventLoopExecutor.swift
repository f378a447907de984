#if Spark
  import NIOCore
  import NIOPosix

  /// Runs tasks on a thread of our own.
  ///
  /// Whoever asks a source blocks until it answers, perhaps on a thread of the cooperative pool. Were the
  /// answer's tasks to need that pool too, two such callers on two cores would wait forever.
  final class EventLoopExecutor: TaskExecutor {
    /// One thread for all of Spark's traffic, made when it is first needed; it ends with the process.
    static let shared = EventLoopExecutor()

    /// The thread, for connections.
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let loop: any EventLoop

    private init() { loop = group.next() }

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
#endif
