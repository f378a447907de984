#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What one glance at a part of the file tells: enough to know, before any row is read, which
/// encoding it is in and which parts begin within quotes.
struct Survey: Sendable {
  /// Whether the part holds an odd number of quotes.
  var hasOddQuotes = false
  /// The first zero byte; no text file has one.
  var firstNUL: Int?
  /// Whether every byte is ASCII.
  var isASCII = true
  /// The first byte that is not UTF-8.
  var firstInvalidUTF8: Int?

  /// Reads the part once; the loop has no branches, so the compiler makes SIMD of it.
  init(of range: Range<Int>, in view: ByteView) {
    var parity: UInt8 = 0
    var union: UInt8 = 0
    var zeros: UInt8 = 0
    for index in range {
      let byte = view.base[index]
      parity ^= byte == Byte.quote ? 1 : 0
      zeros |= byte == 0 ? 1 : 0
      union |= byte
    }
    hasOddQuotes = parity == 1
    isASCII = union < 0x80
    if zeros == 1, let found = memchr(view.base + range.lowerBound, 0, range.count) {
      firstNUL = UnsafeRawPointer(found) - UnsafeRawPointer(view.base)
    }
    // The check reaches into the continuation bytes after the range.
    let end = range.upperBound
    if !isASCII || (end < view.count && view[end] >= 0x80) {
      firstInvalidUTF8 = view.firstInvalidUTF8(in: range)
    }
  }
}

/// A part of the rows that one thread reads: the records that begin in it.
struct Chunk: Hashable, Sendable {
  var range: Range<Int>
  /// Whether the first byte lies within quotes.
  var beginsInQuotes: Bool

  /// Where the first record that begins in the chunk begins; the end of the chunk when none does.
  func firstRecord(in view: ByteView, rowsStart: Int) -> Int {
    guard range.lowerBound > rowsStart else { return range.lowerBound }
    // Step one byte back: when a line break ends there, a record begins right at the chunk's start.
    var index = range.lowerBound - 1
    var isInQuotes = beginsInQuotes != (view[index] == Byte.quote)
    while index < range.upperBound {
      if view[index] == Byte.quote {
        isInQuotes.toggle()
      } else if !isInQuotes, view.endsLine(at: index) {
        return min(index + 1, range.upperBound)
      }
      index += 1
    }
    return range.upperBound
  }
}

/// How the work on a file is divided; the answer never depends on it.
struct Division: Sendable {
  /// Bytes a chunk.
  var chunkSize = 2 << 20
  /// Whether several threads work at once.
  var usesAllCores = true
  /// Files of this size and more are mapped rather than read into memory.
  var mappingThreshold = FileBytes.mappingThreshold
  /// Bytes that a first reading keeps for a second one at most.
  var keptBytes = KeptRows.mostBytes

  /// Ranges of `chunkSize` bytes, the last one shorter.
  func ranges(of whole: Range<Int>) -> [Range<Int>] {
    let size = max(1, chunkSize)
    return stride(from: whole.lowerBound, to: whole.upperBound, by: size).map {
      $0..<min($0 + size, whole.upperBound)
    }
  }
}
