import CScan

/// Where fields end in a stretch of records: every comma and line feed outside quotes.
///
/// Found 64 bytes at a time, without a branch a byte; whether a byte lies within quotes is the parity
/// of the quotes before it, for 64 bytes at once. Only well-formed bytes are told into fields: a
/// stray quote, a CR that is no line break of its own or a record longer than the room make
/// ``find(in:from:through:)`` say no, and a reader with words takes over.
struct FieldEnds: ~Copyable {
  /// Bytes that one stretch may have beyond its block: the last record ends there.
  static let room = 1 << 16

  /// Offsets from ``origin``, in their order. Before the first stands one more, the end before the
  /// stretch: every field begins one byte after the end before it.
  let offsets: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  /// Where the stretch begins in the file.
  private(set) var origin = 0
  /// How many of the ends are line feeds.
  private(set) var lineFeeds = 0
  /// Whether some field may have quotes around it, or a CR at its end.
  private(set) var isPlain = true
  private let capacity: Int

  /// Makes room for the ends of a block's fields.
  init(blockSize: Int) {
    capacity = blockSize + FieldEnds.room
    let room = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity + 64)
    room[0] = .max
    offsets = room + 1
  }

  deinit { (offsets - 1).deallocate() }

  /// Finds the ends of the fields of the records that begin in `start..<end`; the first begins at
  /// `start`.
  ///
  /// - Returns: false where these bytes need a reader with words.
  mutating func find(in view: ByteView, from start: Int, through end: Int) -> Bool {
    origin = start
    count = 0
    lineFeeds = 0
    isPlain = true
    var state = State()
    var at = start
    while at < view.count {
      guard at - start < capacity - 64 else { return false }
      var found = nudge_find_marks(view.base + at)
      if view.count - at < 64 { found.keep(first: view.count - at) }
      var lines = found.line_feeds
      var ends = found.commas | lines
      if found.quotes | found.returns | state.isOpen != 0 {
        isPlain = false
        guard state.accept(found, isLast: view.count - at <= 64, lines: &lines, ends: &ends) else {
          return false
        }
      } else {
        state.pass(ends)
      }
      add(ends, at: UInt32(truncatingIfNeeded: at &- start))
      lineFeeds &+= lines.nonzeroBitCount
      at &+= 64
      // The last record that begins before `end` is complete once a line ends at its last byte or later.
      if at >= end {
        let from = end &- 1 &- (at &- 64)
        if from <= 0 ? lines != 0 : lines &>> UInt64(from) != 0 { return true }
      }
    }
    guard !state.isWithinQuotes else { return false }
    // A file may end without a line break.
    let length = UInt32(truncatingIfNeeded: view.count &- start)
    if count == 0 || offsets[count - 1] + 1 != length || !endsInLineFeed(view) {
      offsets[count] = length
      count &+= 1
      lineFeeds &+= 1
    }
    return true
  }

  private func endsInLineFeed(_ view: ByteView) -> Bool {
    view[view.count - 1] == Byte.lineFeed
  }

  @inline(__always)
  private mutating func add(_ ends: UInt64, at offset: UInt32) {
    let found = ends.nonzeroBitCount
    var rest = ends
    var place = offsets + count
    // Four at a time, whether they are there or not: what is too many is written over.
    for _ in 0..<((found &+ 3) &>> 2) {
      for slot in 0..<4 {
        place[slot] = offset &+ UInt32(truncatingIfNeeded: rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
      place += 4
    }
    count &+= found
  }

  /// What the next 64 bytes must know of those before them.
  private struct State {
    /// All ones within quotes.
    private var within: UInt64 = 0
    /// 1 where the byte before was a comma, a line break or the beginning of the stretch.
    private var afterEnd: UInt64 = 1
    /// 1 where it was a quote that closed.
    private var afterClosing: UInt64 = 0
    /// 1 where it was a CR outside quotes.
    private var afterReturn: UInt64 = 0

    /// Not zero where the next bytes must be looked at even if they hold no quote.
    var isOpen: UInt64 { within | afterClosing | afterReturn }
    var isWithinQuotes: Bool { within != 0 }

    @inline(__always)
    mutating func pass(_ ends: UInt64) {
      afterEnd = ends &>> 63
    }

    /// Takes what lies within quotes out of the marks.
    ///
    /// - Returns: false where a quote opens after text or text follows a closing quote; where a CR is not followed by LF.
    mutating func accept(
      _ found: nudge_marks, isLast: Bool, lines: inout UInt64, ends: inout UInt64
    ) -> Bool {
      var inside = found.quotes
      for shift: UInt64 in [1, 2, 4, 8, 16, 32] { inside ^= inside &<< shift }
      inside ^= within
      lines &= ~inside
      ends &= ~inside
      let returns = found.returns & ~inside
      let opening = found.quotes & inside
      let closing = found.quotes & ~inside
      let mayOpen = ((ends | closing) &<< 1) | afterEnd | afterClosing
      let mustEnd = (closing &<< 1) | afterClosing
      let mustBreak = (returns &<< 1) | afterReturn
      var fits = opening & ~mayOpen == 0
      // Zeros stand after the end of the file, where a quote may close.
      fits = fits && (isLast || mustEnd & ~(ends | opening | returns) == 0)
      fits = fits && mustBreak & ~lines == 0
      within = inside &>> 63 == 0 ? 0 : .max
      afterEnd = ends &>> 63
      afterClosing = closing &>> 63
      afterReturn = returns &>> 63
      return fits
    }
  }
}

extension nudge_marks {
  /// Forgets what stands beyond the end of the file.
  fileprivate mutating func keep(first count: Int) {
    let mask: UInt64 = (1 << UInt64(count)) - 1
    commas &= mask
    line_feeds &= mask
    quotes &= mask
    returns &= mask
  }
}
