#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One field of a record.
struct Field: Hashable, Sendable {
  /// The content, without the quotes around it.
  var content: Range<Int>
  /// Whether quotes stood around it; then `""` in the content means one quote.
  var isQuoted: Bool
  /// Where the next field or the next record begins.
  var next: Int
  /// Whether a line break or the end of the file follows.
  var endsRecord: Bool

  /// Where the field begins, its quote included.
  var start: Int { isQuoted ? content.lowerBound - 1 : content.lowerBound }
}

/// Why the bytes after a place cannot be told into fields any more.
enum BrokenRecord: Error, Hashable {
  /// A quote within a field that does not begin with one.
  case strayQuote(at: Int)
  /// Something other than a comma or a line break after the closing quote.
  case textAfterQuote(at: Int, opened: Int)
  /// The file ends before the quote is closed.
  case unclosedQuote(opened: Int)
  /// The record that begins here is longer than ``ByteView/longestRecord``.
  case tooLong(record: Int)
  /// The header that begins here has more than ``Header/mostColumns`` fields.
  case tooManyFields(record: Int)
}

// The grammar is RFC 4180 with LF, CRLF or CR as line breaks. It is strict about quotes: a quote
// may stand only around a whole field, and doubled within it. That strictness is what lets many
// cores read one file: whether a place lies within quotes is the parity of the quotes before it.
extension ByteView {
  /// 16 MiB: beyond it a file has lost its line breaks or a quote was never closed.
  static let longestRecord = 16 << 20

  /// The field that begins at `start`, in the record that begins at `record`.
  @inline(__always)
  func field(at start: Int, record: Int) throws(BrokenRecord) -> Field {
    let limit = min(count, record + ByteView.longestRecord)
    if start < count, base[start] == Byte.quote {
      return try quotedField(at: start, record: record, limit: limit)
    }
    let end = structuralByte(from: start, to: limit)
    if end == limit, limit < count { throw .tooLong(record: record) }
    if end < count, base[end] == Byte.quote { throw .strayQuote(at: end) }
    return field(start..<end, isQuoted: false, before: end)
  }

  private func quotedField(
    at start: Int, record: Int, limit: Int
  ) throws(BrokenRecord) -> Field {
    var position = start + 1
    while let quote = firstQuote(from: position, to: limit) {
      let after = quote + 1
      guard after < count else {
        return field(start + 1..<quote, isQuoted: true, before: after)
      }
      switch base[after] {
      case Byte.quote: position = after + 1
      case Byte.comma, Byte.lineFeed, Byte.carriageReturn:
        return field(start + 1..<quote, isQuoted: true, before: after)
      default: throw .textAfterQuote(at: after, opened: start)
      }
    }
    throw limit < count ? .tooLong(record: record) : .unclosedQuote(opened: start)
  }

  @inline(__always)
  private func field(_ content: Range<Int>, isQuoted: Bool, before end: Int) -> Field {
    guard end < count else {
      return Field(content: content, isQuoted: isQuoted, next: count, endsRecord: true)
    }
    if base[end] == Byte.comma {
      return Field(content: content, isQuoted: isQuoted, next: end + 1, endsRecord: false)
    }
    return Field(content: content, isQuoted: isQuoted, next: afterBreak(at: end), endsRecord: true)
  }

  /// The place after the line break that begins at `index`.
  @inline(__always)
  func afterBreak(at index: Int) -> Int {
    let isPair =
      base[index] == Byte.carriageReturn && index + 1 < count && base[index + 1] == Byte.lineFeed
    return isPair ? index + 2 : index + 1
  }

  /// Whether a line break ends with the byte at `index` (the LF of CRLF, not its CR).
  @inline(__always)
  func endsLine(at index: Int) -> Bool {
    switch base[index] {
    case Byte.lineFeed: true
    case Byte.carriageReturn: index + 1 >= count || base[index + 1] != Byte.lineFeed
    default: false
    }
  }

  /// The first comma, quote, CR or LF in `start..<end`; `end` where there is none.
  ///
  /// Eight bytes at a time: most fields are shorter than that, and are found without a branch a byte.
  @inline(__always)
  func structuralByte(from start: Int, to end: Int) -> Int {
    var index = start
    while index + 8 <= end {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      let found =
        zeroBytes(word ^ 0x2C2C_2C2C_2C2C_2C2C) | zeroBytes(word ^ 0x2222_2222_2222_2222)
        | zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A) | zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
      if found != 0 { return index + found.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < end {
      switch base[index] {
      case Byte.comma, Byte.quote, Byte.lineFeed, Byte.carriageReturn: return index
      default: index += 1
      }
    }
    return end
  }

  /// The high bit of each zero byte. Bytes above the lowest zero may be marked too (the borrow runs
  /// upwards), so that only the lowest mark is to be trusted.
  @inline(__always)
  private func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  private func firstQuote(from start: Int, to end: Int) -> Int? {
    guard start < end,
      let found = memchr(base + start, Int32(Byte.quote), end - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
