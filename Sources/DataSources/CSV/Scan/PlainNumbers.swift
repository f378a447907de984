/// Reads the numbers of one column that are nothing but a sign, digits and a point.
///
/// Nothing else happens in its loop, so that all it needs stays in registers.
struct PlainNumbers {
  let places: UnsafeMutablePointer<UInt32>
  let offsets: UnsafeMutablePointer<UInt32>
  let field: Int
  let start: UnsafePointer<UInt8>
  let mayEndInReturn: Bool
  let scale: Int
  let points: PointTables

  /// Reads the rows, and lists those whose field is something else.
  @inline(never)
  func read(
    _ rows: Int, into values: UnsafeMutablePointer<Int64>,
    unusual: UnsafeMutablePointer<UInt32>
  ) -> (largest: UInt64, unusual: Int) {
    var (largest, others) = (UInt64(0), 0)
    ExactDecimal.powers.withUnsafeBufferPointer { powers in
      guard let base = powers.baseAddress else { return }
      let power = base + scale
      for row in 0..<rows {
        let end = Int(places[row]) &+ field
        let from = Int(offsets[end &- 1] &+ 1)
        var length = Int(offsets[end]) &- from
        if mayEndInReturn, length > 0, start[from &+ length &- 1] == Byte.carriageReturn {
          length &-= 1
        }
        let first = start[from] &- Byte.zero
        if length == 1, first <= 9 {
          let value = Int64(truncatingIfNeeded: first) &* power[0]
          values[row] = value
          largest |= UInt64(truncatingIfNeeded: value)
        } else if length &- 1 < 8, length > 0,
          let found = points.value(at: start + from, length: length), found.decimals <= scale
        {
          // Eight digits and twelve decimals wrap around no word.
          let value = found.digits &* power[0 &- found.decimals]
          values[row] = value
          largest |= UInt64(truncatingIfNeeded: value ^ (value &>> 63))
        } else {
          unusual[others] = UInt32(truncatingIfNeeded: row)
          others &+= 1
        }
      }
    }
    return (largest, others)
  }
}
