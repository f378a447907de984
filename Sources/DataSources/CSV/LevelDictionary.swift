#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The codes of texts that were seen before, found by their raw bytes, so that each distinct spelling
/// is decoded once and not once a row.
///
/// An open-addressing hash table. The hash decides nothing but speed: codes follow the order of first
/// appearance.
struct LevelDictionary {
  private struct Spelling {
    var hash: UInt64
    var range: Range<Int>
    var code: Int32
  }

  private var spellings: [Spelling] = []
  /// Indices into `spellings`, −1 where free; a power of two in length, at most half full.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The code of these bytes; nil when they were not seen before.
  @inline(__always)
  func code(of range: Range<Int>, hash: UInt64, in view: ByteView) -> Int32? {
    var slot = firstSlot(hash)
    while slots[slot] >= 0 {
      let spelling = spellings[Int(slots[slot])]
      if spelling.hash == hash, spelling.range.count == range.count,
        memcmp(view.base + spelling.range.lowerBound, view.base + range.lowerBound, range.count)
          == 0
      {
        return spelling.code
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers the code of bytes that were not seen before.
  mutating func insert(_ code: Int32, for range: Range<Int>, hash: UInt64) {
    spellings.append(Spelling(hash: hash, range: range, code: code))
    if spellings.count * 2 > slots.count {
      slots = Array(repeating: -1, count: slots.count * 2)
      for index in spellings.indices { occupy(with: index) }
    } else {
      occupy(with: spellings.count - 1)
    }
  }

  private mutating func occupy(with index: Int) {
    var slot = firstSlot(spellings[index].hash)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(truncatingIfNeeded: index)
  }

  @inline(__always)
  private func firstSlot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) & (slots.count - 1)
  }
}

extension ByteView {
  /// A hash of the bytes of a range: multiply and fold, eight bytes at a time.
  @inline(__always)
  func hash(of range: Range<Int>) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      state = folded(state ^ UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < range.upperBound {
      rest = rest << 8 | UInt64(base[index])
      index += 1
    }
    return folded(state ^ rest)
  }

  @inline(__always)
  private func folded(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
