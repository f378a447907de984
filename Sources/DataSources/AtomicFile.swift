public import Vocabulary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes files whole or not at all.
///
/// The bytes go to a temporary file in the same folder, are forced to the disk and take the name in
/// one step. Whoever reads the file sees the old content or the new one, whenever the power fails.
public enum AtomicFile {
  /// Writes a file.
  ///
  /// - Parameters:
  ///   - bytes: the whole content.
  ///   - path: where; the folder must exist.
  ///   - force: whether a file that is there already may be replaced.
  /// - Throws: a fault when the file exists and `force` is false, or when the system refuses (disk
  ///   full, no permission …); no temporary file is left behind.
  public static func write(
    _ bytes: some Sequence<UInt8>, to path: String, force: Bool = false
  ) throws(Fault) {
    let bytes = Array(bytes)
    try write(to: path, force: force) { append throws(WriteProblem) in try append(bytes) }
  }

  /// Writes a text as UTF-8.
  ///
  /// - Throws: as the other `write`.
  public static func write(_ text: String, to path: String, force: Bool = false) throws(Fault) {
    try write(text.utf8, to: path, force: force)
  }

  /// Writes a file piece by piece, for what is too large to stand in memory at once.
  ///
  /// - Parameters:
  ///   - path: where; the folder must exist.
  ///   - force: whether a file that is there already may be replaced.
  ///   - body: gives the bytes in their order.
  /// - Throws: as the other `write`.
  public static func write(
    to path: String, force: Bool = false,
    _ body: (_ append: ([UInt8]) throws(WriteProblem) -> Void) throws(WriteProblem) -> Void
  ) throws(Fault) {
    do throws(WriteProblem) {
      try place(at: path, force: force, body)
    } catch {
      throw error.fault(path)
    }
  }

  private static func place(
    at path: String, force: Bool,
    _ body: (_ append: ([UInt8]) throws(WriteProblem) -> Void) throws(WriteProblem) -> Void
  ) throws(WriteProblem) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile }
      guard force else { throw .exists }
    }
    let (temporary, descriptor) = try temporaryFile(beside: path)
    do throws(WriteProblem) {
      do throws(WriteProblem) {
        try body { (bytes: [UInt8]) throws(WriteProblem) in try fill(descriptor, with: bytes) }
        try forceToDisk(descriptor)
      } catch {
        close(descriptor)
        throw error
      }
      // Some file systems report a full disk only now.
      guard close(descriptor) == 0 else { throw .refused(errno) }
      try take(path, from: temporary, force: force)
    } catch {
      unlink(temporary)
      throw error
    }
    forceFolderToDisk(folder(of: path))
  }

  /// Writes everything.
  static func fill(_ descriptor: Int32, with bytes: [UInt8]) throws(WriteProblem) {
    var written = 0
    while written < bytes.count {
      let step = bytes.withUnsafeBytes { buffer -> Int in
        platformWrite(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { throw .refused(step < 0 ? errno : ENOSPC) }
      written += step
    }
  }

  /// Waits until the disk has it.
  static func forceToDisk(_ descriptor: Int32) throws(WriteProblem) {
    // Devices and some network drives cannot sync, and say so with EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw .refused(errno)
    }
  }

  private static func take(
    _ path: String, from temporary: String, force: Bool
  ) throws(WriteProblem) {
    if force {
      guard rename(temporary, path) == 0 else { throw .refused(errno) }
      return
    }
    // Unlike rename, link fails when somebody made the file in the meantime.
    if link(temporary, path) == 0 {
      unlink(temporary)
      return
    }
    if errno == EEXIST { throw .exists }
    // Network drives and USB sticks without hard links.
    guard access(path, F_OK) != 0 else { throw .exists }
    guard rename(temporary, path) == 0 else { throw .refused(errno) }
  }

  private static func temporaryFile(
    beside path: String
  ) throws(WriteProblem) -> (path: String, descriptor: Int32) {
    for _ in 0..<100 {
      let name = folder(of: path) + "/.nudge-" + String(UInt64.random(in: 0 ... .max), radix: 36)
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (name, descriptor) }
      if errno != EEXIST { throw .refused(errno) }
    }
    throw .refused(EEXIST)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The new name is an entry of the folder; a folder that cannot be synced loses nothing but time.
  private static func forceFolderToDisk(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// The system call, under a name that the method beside it does not hide.
private let platformWrite = write
