import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// A file packed by gzip is unpacked once into a file without a name, which the system removes when it
// is closed: the rows are read more than once, and from both ends.

extension FileBytes {
  /// Whether the bytes begin as gzip's do.
  var isPacked: Bool {
    borrowing get { withView { $0.starts(with: [0x1F, 0x8B, 0x08]) } }
  }

  /// Unpacks the bytes.
  ///
  /// - Throws: ``FileProblem/damagedArchive`` where they end too early or a checksum is wrong.
  borrowing func unpacked(
    mappingThreshold: Int
  ) throws(FileProblem) -> FileBytes {
    let descriptor = try FileBytes.namelessFile()
    do throws(FileProblem) {
      try withView { view throws(FileProblem) in try unpack(view, into: descriptor) }
      return try FileBytes(descriptor: descriptor, mappingThreshold: mappingThreshold)
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func namelessFile() throws(FileProblem) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var path = Array((folder + "/nudge-XXXXXX").utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw .cannotUnpack(errno) }
    unlink(path)
    return descriptor
  }
}

/// Unpacks one gzip member after another.
private func unpack(_ view: ByteView, into descriptor: Int32) throws(FileProblem) {
  var stream = z_stream()
  let gzipAlone: Int32 = 15 + 16
  guard
    inflateInit2_(&stream, gzipAlone, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { throw .cannotUnpack(ENOMEM) }
  defer { inflateEnd(&stream) }
  let room = 1 << 20
  let output = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
  defer { output.deallocate() }
  var position = 0
  var isWithin = true
  while isWithin || position < view.count {
    if !isWithin { inflateReset(&stream) }
    let step = min(view.count - position, 1 << 30)
    guard step > 0 else { throw .damagedArchive }
    stream.next_in = UnsafeMutablePointer(mutating: view.base + position)
    stream.avail_in = UInt32(step)
    stream.next_out = output
    stream.avail_out = UInt32(room)
    let status = inflate(&stream, Z_NO_FLUSH)
    guard status == Z_OK || status == Z_STREAM_END else { throw .damagedArchive }
    position += step - Int(stream.avail_in)
    try write(output, room - Int(stream.avail_out), to: descriptor)
    isWithin = status != Z_STREAM_END
    // Some programs pad the archive with zeros.
    if !isWithin { while position < view.count, view[position] == 0 { position += 1 } }
  }
}

private func write(
  _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, to descriptor: Int32
) throws(FileProblem) {
  var written = 0
  while written < count {
    let sent = platformWrite(descriptor, bytes + written, count - written)
    if sent < 0, errno == EINTR { continue }
    guard sent > 0 else { throw .cannotUnpack(errno) }
    written += sent
  }
}

/// The system call, under a name that the function beside it does not hide.
private let platformWrite: @Sendable (Int32, UnsafeRawPointer, Int) -> Int = {
  write($0, $1, $2)
}
