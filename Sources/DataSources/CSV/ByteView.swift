#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file, for as long as its owner (``FileBytes``) lends them.
///
/// `@unchecked Sendable`: the memory is never written after the loan begins, and the owner outlives
/// every thread that reads it, because the loan is a closure's scope.
struct ByteView: @unchecked Sendable {
  /// This many bytes after the last may be read, too, whatever they hold: words and vectors need not
  /// be cut at the end.
  static let margin = 64

  let base: UnsafePointer<UInt8>
  /// Whether the bytes are pages of a file that are let go once read.
  let isReleased: Bool
  /// How many bytes there are to read.
  var count: Int

  subscript(index: Int) -> UInt8 { base[index] }

  /// The bytes of a range, which must lie within `0..<count`.
  func buffer(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Lets the pages of a range go, where the file asks for it; reading it again fetches them again.
  ///
  /// So that reading a large file takes little memory.
  func release(_ range: Range<Int>) {
    guard isReleased else { return }
    // Rounded inwards: others may still be reading the pages at the edges.
    let page = 1 << 16
    let start = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound / page * page
    if start < end {
      madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }
  }

  /// Whether the bytes begin with these.
  func starts(with prefix: [UInt8]) -> Bool {
    count >= prefix.count && buffer(0..<prefix.count).elementsEqual(prefix)
  }

  /// Whether no byte of the range has its high bit set.
  @inline(__always)
  func isASCII(_ range: Range<Int>) -> Bool {
    var union: UInt8 = 0
    for index in range { union |= base[index] }
    return union < 0x80
  }
}

/// The bytes that structure a CSV file.
///
/// No trail byte of CP932 and no continuation byte of UTF-8 equals any of them, so records and fields
/// are found in the raw bytes, whatever the encoding.
enum Byte {
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let hash = UInt8(ascii: "#")
  static let point = UInt8(ascii: ".")
  static let plus = UInt8(ascii: "+")
  static let minus = UInt8(ascii: "-")
  static let zero = UInt8(ascii: "0")
}

/// What trimming removes: spaces, tabs and the line breaks that Excel leaves at the end of a cell.
@inline(__always)
func isASCIISpace(_ byte: UInt8) -> Bool {
  byte == Byte.space || byte == Byte.tab || byte == Byte.lineFeed || byte == Byte.carriageReturn
}
