/// The texts of one column that a stretch of rows has shown, each spelling looked up by its bytes.
///
/// Spellings of up to sixteen bytes are compared as two words; longer ones by their bytes. A code is 0
/// where the value is missing, else one more than the text's place in ``texts``: two spellings of one
/// text, such as one with spaces around it, have one code.
struct SpelledTexts: ~Copyable {
  private struct Spelling {
    var first: UInt64
    var second: UInt64
    var length: Int
    var code: UInt32
  }

  /// The texts, in the order in which they first appeared.
  private(set) var texts: [String] = []
  private var codes: [String: UInt32] = [:]
  private var slots: UnsafeMutablePointer<Spelling>
  private var mask = 255
  private var used = 0
  private var long = LevelDictionary()
  private let missing: MissingTexts

  init(missing: MissingTexts) {
    self.missing = missing
    slots = .allocate(capacity: mask + 1)
    slots.initialize(
      repeating: Spelling(first: 0, second: 0, length: -1, code: 0), count: mask + 1)
  }

  deinit { slots.deallocate() }

  /// The code of a field's text; nil where it cannot be decoded.
  ///
  /// Words are read whole: the view may be read beyond its end (``ByteView/margin``).
  @inline(__always)
  mutating func code(
    of content: Range<Int>, isQuoted: Bool, in view: ByteView, _ decoder: borrowing TextDecoder
  ) -> UInt32? {
    let length = content.upperBound &- content.lowerBound
    guard length <= 16 else { return longCode(of: content, isQuoted, in: view, decoder) }
    let start = UnsafeRawPointer(view.base + content.lowerBound)
    var first = start.loadUnaligned(as: UInt64.self)
    var second: UInt64 = 0
    if length > 8 {
      second = (start + length - 8).loadUnaligned(as: UInt64.self)
    } else {
      // On a big-endian machine other bytes are kept, and the comparison is as good.
      first &= length == 8 ? .max : (1 &<< UInt64(truncatingIfNeeded: 8 &* length)) &- 1
      first = length == 0 ? 0 : first
    }
    var slot = self.slot(of: first, second, length)
    while slots[slot].length >= 0 {
      if slots[slot].first == first, slots[slot].second == second, slots[slot].length == length {
        return slots[slot].code
      }
      slot = (slot &+ 1) & mask
    }
    guard let code = codeOfText(content, isQuoted, decoder) else { return nil }
    insert(Spelling(first: first, second: second, length: length, code: code))
    return code
  }

  @inline(__always)
  private func slot(of first: UInt64, _ second: UInt64, _ length: Int) -> Int {
    let mixed =
      (first ^ (second &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: length))
      &* 0xA076_1D64_78BD_642F
    return Int(truncatingIfNeeded: mixed &>> 40) & mask
  }

  private mutating func insert(_ spelling: Spelling) {
    used += 1
    if used * 2 > mask {
      let old = (slots, mask + 1)
      mask = mask * 2 + 1
      slots = .allocate(capacity: mask + 1)
      slots.initialize(
        repeating: Spelling(first: 0, second: 0, length: -1, code: 0), count: mask + 1)
      for place in 0..<old.1 where old.0[place].length >= 0 { occupy(with: old.0[place]) }
      old.0.deallocate()
    }
    occupy(with: spelling)
  }

  private func occupy(with spelling: Spelling) {
    var slot = self.slot(of: spelling.first, spelling.second, spelling.length)
    while slots[slot].length >= 0 { slot = (slot + 1) & mask }
    slots[slot] = spelling
  }

  private mutating func longCode(
    of content: Range<Int>, _ isQuoted: Bool, in view: ByteView, _ decoder: borrowing TextDecoder
  ) -> UInt32? {
    let hash = view.hash(of: content)
    if let code = long.code(of: content, hash: hash, in: view) {
      return UInt32(truncatingIfNeeded: code)
    }
    guard let code = codeOfText(content, isQuoted, decoder) else { return nil }
    long.insert(Int32(truncatingIfNeeded: code), for: content, hash: hash)
    return code
  }

  private mutating func codeOfText(
    _ content: Range<Int>, _ isQuoted: Bool, _ decoder: borrowing TextDecoder
  ) -> UInt32? {
    let field = Field(content: content, isQuoted: isQuoted, next: 0, endsRecord: false)
    guard let text = decoder.trimmedText(of: field) else { return nil }
    if missing.contains(text) { return 0 }
    if let code = codes[text] { return code }
    texts.append(text)
    let code = UInt32(truncatingIfNeeded: texts.count)
    codes[text] = code
    return code
  }
}
