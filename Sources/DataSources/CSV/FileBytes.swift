#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a regular file: the one owner of the memory and of the open file.
///
/// A file below ``mappingThreshold`` is read into memory, so that somebody who saves over it in the
/// meantime can do no harm. A larger one is mapped; if another program truncates it while it is being
/// read, the operating system ends this process (SIGBUS), and if its size or time of modification
/// changes, ``checkUnchanged()`` reports it.
struct FileBytes: ~Copyable {
  /// Files of this size and more are mapped: 64 MiB.
  static let mappingThreshold = 64 << 20

  private let descriptor: Int32
  private let memory: UnsafeMutableRawPointer
  private let count: Int
  private let isMapped: Bool
  /// Whether pages are let go once read: where keeping them would take a good part of the machine's
  /// memory. Fetching them again for the next pass costs time.
  private let isReleased: Bool
  private let opened: FileState

  /// Opens a file.
  init(contentsOf path: String, mappingThreshold: Int = mappingThreshold) throws(FileProblem) {
    // Non-blocking, because opening a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(errno) }
    do throws(FileProblem) {
      self = try FileBytes(descriptor: descriptor, mappingThreshold: mappingThreshold)
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Takes an open file over; where that fails it stays the caller's.
  init(descriptor: Int32, mappingThreshold: Int) throws(FileProblem) {
    let state = try FileState(of: descriptor)
    guard state.size > 0 else { throw .empty }
    let pages =
      state.size >= mappingThreshold
      ? try FileBytes.map(descriptor, state.size) : try FileBytes.read(descriptor, state.size)
    self.descriptor = descriptor
    opened = state
    memory = pages
    count = state.size
    isMapped = state.size >= mappingThreshold
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    isReleased = isMapped && (state.size > memory / 4 || mappingThreshold == 0)
  }

  deinit {
    if isMapped { munmap(memory, count + ByteView.margin) } else { free(memory) }
    close(descriptor)
  }

  /// Lends the bytes.
  borrowing func withView<Answer, Failure: Error>(
    _ body: (ByteView) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let base = UnsafePointer(memory.assumingMemoryBound(to: UInt8.self))
    return try body(ByteView(base: base, isReleased: isReleased, count: count))
  }

  /// Whether the path still names this file, and nobody wrote to it.
  borrowing func isStillAt(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && FileState(status) == opened
  }

  /// Fails when the file was written to since it was opened.
  borrowing func checkUnchanged() throws(FileProblem) {
    guard try FileState(of: descriptor) == opened else { throw .changedWhileReading }
  }

  private static func map(
    _ descriptor: Int32, _ size: Int
  ) throws(FileProblem) -> UnsafeMutableRawPointer {
    // The file lies over the beginning of pages of zeros, which are the margin.
    let memory = mmap(
      nil, size + ByteView.margin, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { throw .cannotOpen(errno) }
    guard mmap(memory, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) != MAP_FAILED else {
      let problem = FileProblem.cannotOpen(errno)
      munmap(memory, size + ByteView.margin)
      throw problem
    }
    return memory
  }

  private static func read(
    _ descriptor: Int32, _ size: Int
  ) throws(FileProblem) -> UnsafeMutableRawPointer {
    guard let memory = malloc(size + ByteView.margin) else { throw .cannotOpen(ENOMEM) }
    memset(memory + size, 0, ByteView.margin)
    var filled = 0
    lseek(descriptor, 0, SEEK_SET)
    while filled < size {
      let received = platformRead(descriptor, memory + filled, size - filled)
      if received < 0, errno == EINTR { continue }
      guard received > 0 else {
        let problem = received == 0 ? FileProblem.changedWhileReading : .cannotOpen(errno)
        free(memory)
        throw problem
      }
      filled += received
    }
    return memory
  }
}

/// The system call, under a name that the method beside it does not hide.
private let platformRead = read

/// What tells that a file was written to.
private struct FileState: Equatable {
  var size: Int
  var seconds: Int
  var nanoseconds: Int
  var inode: UInt64

  init(of descriptor: Int32) throws(FileProblem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotOpen(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    default: throw .isNotRegular
    }
    self.init(status)
  }

  init(_ status: stat) {
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    #if canImport(Darwin)
      seconds = status.st_mtimespec.tv_sec
      nanoseconds = status.st_mtimespec.tv_nsec
    #else
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    #endif
  }
}

/// Why the bytes of a file are not to be had.
enum FileProblem: Error, Hashable {
  /// The operating system refused, with this `errno`.
  case cannotOpen(Int32)
  case isDirectory
  /// A pipe, a terminal or a device: the data are read more than once, so it must be a file.
  case isNotRegular
  case empty
  case changedWhileReading
  /// A file packed by gzip ends too early, or was damaged.
  case damagedArchive
  /// There is no room to unpack a file; the operating system's `errno`.
  case cannotUnpack(Int32)
}
