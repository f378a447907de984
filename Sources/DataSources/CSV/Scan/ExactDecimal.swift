/// Decimals as whole numbers at a common scale: 52.31 at two decimals is 5231.
///
/// Whole numbers add up exactly, so that sums do not depend on the order in which rows are read. The
/// double nearest to a field is its whole number over the power of ten, one correctly rounded
/// division.
enum ExactDecimal {
  /// Sums of squares of this many bits, over 2⁴⁶ rows, fit in 128.
  static let most: Int64 = 1 << 40
  /// As many decimals as a column may have.
  static let mostDecimals = 12
  static let powers: [Int64] = (0...18).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// What a field says.
  struct Value {
    var digits: Int64
    var decimals: Int
  }
}

/// How to take the point out of eight characters, by its place; place 8 is no point.
struct PointTables {
  /// The characters before the point, those after it, the digit that fills the gap.
  private let before: UnsafeMutablePointer<UInt64>
  private let after: UnsafeMutablePointer<UInt64>

  init() {
    before = .allocate(capacity: 9)
    after = .allocate(capacity: 9)
    for place in 0..<8 {
      before[place] = ~(UInt64.max << UInt64(8 * place))
      after[place] = place == 7 ? 0 : UInt64.max << UInt64(8 * place + 8)
    }
    before[8] = 0
    after[8] = .max
  }

  func deallocate() {
    before.deallocate()
    after.deallocate()
  }

  /// A sign, digits and a point in up to eight bytes; nil for anything else.
  ///
  /// Eight bytes are read whatever the length (``ByteView/margin``).
  @inline(__always)
  func value(at start: UnsafePointer<UInt8>, length: Int) -> ExactDecimal.Value? {
    let free = UInt64(truncatingIfNeeded: 8 &- length) &* 8
    let word = UInt64(
      littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    let isNegative: UInt64 = start[0] == Byte.minus ? 1 : 0
    // Right-aligned, with zeros before it; the sign becomes a zero.
    var text = (word ^ (isNegative &* 0x1D)) &<< free
    text |= free == 0 ? 0 : 0x3030_3030_3030_3030 &>> (64 &- free)
    let distance = text ^ 0x2E2E_2E2E_2E2E_2E2E
    let points = (distance &- 0x0101_0101_0101_0101) & ~distance & 0x8080_8080_8080_8080
    let place = points.trailingZeroBitCount &>> 3
    let hasPoint: UInt64 = points == 0 ? 0 : 1
    text = (text & after[place]) | ((text & before[place]) &<< (hasPoint &* 8)) | hasPoint &* 0x30
    let digits = length &- Int(truncatingIfNeeded: isNegative &+ hasPoint)
    // A digit's upper half is 3, and stays 3 when 6 is added.
    let upper = (text & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030
    let above = ((text &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030
    guard upper | above == 0, digits > 0 else { return nil }
    // Two digits, four, eight, in three multiplications.
    text &= 0x0F0F_0F0F_0F0F_0F0F
    text = (text &* 10) &+ (text &>> 8)
    let first = (text & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let second = ((text &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    let number = Int64(truncatingIfNeeded: (first &+ second) &>> 32)
    return ExactDecimal.Value(
      digits: isNegative == 0 ? number : 0 &- number,
      decimals: (7 &- place) &* Int(truncatingIfNeeded: hasPoint))
  }
}

extension ByteView {
  /// A sign, digits and a point, of any length up to 18 digits; nil for anything else.
  func exactDecimal(in range: Range<Int>) -> ExactDecimal.Value? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = base[index] == Byte.minus
    if isNegative || base[index] == Byte.plus { index += 1 }
    var (number, digits, point): (Int64, Int, Int?) = (0, 0, nil)
    while index < end {
      let digit = base[index] &- Byte.zero
      if digit <= 9 {
        digits += 1
        guard digits <= 18 else { return nil }
        number = number * 10 + Int64(digit)
      } else if base[index] == Byte.point, point == nil {
        point = index
      } else {
        return nil
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    let decimals = point.map { end - $0 - 1 } ?? 0
    return ExactDecimal.Value(digits: isNegative ? -number : number, decimals: decimals)
  }
}
