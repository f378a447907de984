// Validity is checked in chunks that need not begin between two characters. Each check therefore
// moves both ends of its range forward by the same rule, so that the ranges of neighbours meet.
extension ByteView {
  /// The first byte of `range` that begins no valid UTF-8 sequence; nil when all is valid.
  func firstInvalidUTF8(in range: Range<Int>) -> Int? {
    // Before the first byte of the file no sequence has begun.
    var index = range.lowerBound == 0 ? 0 : afterContinuationBytes(range.lowerBound)
    let end = afterContinuationBytes(range.upperBound)
    while index < end {
      if base[index] < 0x80 {
        index = endOfASCII(from: index, to: end)
      } else if isCommonThreeBytes(at: index) {
        index += 3
      } else if let length = lengthOfUTF8(at: index) {
        index += length
      } else {
        return index
      }
    }
    return nil
  }

  /// The first byte of `range` that begins no valid CP932 character; nil when all is valid.
  ///
  /// Valid by its shape: whether a two-byte character is assigned is seen when it is decoded.
  ///
  /// The range begins and ends where ``characterBoundary(from:)`` says.
  func firstInvalidCP932(in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      switch base[index] {
      case 0x00...0x7F: index = endOfASCII(from: index, to: range.upperBound)
      case 0xA1...0xDF: index += 1
      case 0x81...0x9F, 0xE0...0xFC:
        guard index + 1 < count, isCP932Trail(base[index + 1]) else { return index }
        index += 2
      default: return index
      }
    }
    return nil
  }

  /// The first place at or after `index` where a CP932 character surely begins: after a byte that
  /// cannot be the second of two.
  func characterBoundary(from index: Int) -> Int {
    var index = index
    while index > 0, index < count, base[index - 1] >= 0x40 { index += 1 }
    return index
  }

  /// At most three continuation bytes can belong to a sequence that began earlier; a fourth is
  /// invalid wherever the sequence began, and is found by the check that begins there.
  private func afterContinuationBytes(_ index: Int) -> Int {
    var end = index
    while end < count, end < index + 3, base[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private func endOfASCII(from start: Int, to end: Int) -> Int {
    var index = start
    while index + 8 <= end,
      UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    { index += 8 }
    while index < end, base[index] < 0x80 { index += 1 }
    return index
  }

  /// Kana and nearly all kanji, so that Japanese text takes one test a character.
  @inline(__always)
  private func isCommonThreeBytes(at index: Int) -> Bool {
    base[index] &- 0xE1 <= 0xEC - 0xE1 && index + 2 < count && base[index + 1] & 0xC0 == 0x80
      && base[index + 2] & 0xC0 == 0x80
  }

  /// Table 3-7 of the Unicode Standard: no overlong forms, no surrogates, nothing above U+10FFFF.
  private func lengthOfUTF8(at index: Int) -> Int? {
    let second: ClosedRange<UInt8>
    let length: Int
    switch base[index] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= count, second.contains(base[index + 1]),
      (2..<length).allSatisfy({ base[index + $0] & 0xC0 == 0x80 })
    else { return nil }
    return length
  }

  private func isCP932Trail(_ byte: UInt8) -> Bool {
    (0x40...0x7E).contains(byte) || (0x80...0xFC).contains(byte)
  }
}
