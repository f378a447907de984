/// Numbers, sums and cross-products of some columns, arm by arm, about centres that all arms share.
///
/// Rows are read once, in stretches of a fixed length on all cores; the stretches' sums are added in
/// their order, so that the answer is the same on any number of cores. A stretch is short enough that
/// rounding stays near that of a single sum.
struct ArmCrossProducts: Sendable {
  /// Rows of a stretch: its columns stay in a core's cache.
  static let length = 4096

  /// One a column: its mean over all rows.
  let centres: [Double]
  /// One a column: its largest size.
  let sizes: [Double]
  /// For each arm its number of rows, then the columns' sums, then the lower triangle of their
  /// cross-products, row by row.
  private let sums: [Double]
  private let stride: Int

  /// Adds up the rows; nil where a value or a sum is not finite.
  ///
  /// - Parameters:
  ///   - columns: values, one a row each.
  ///   - arms: each row's arm, from 0.
  ///   - armCount: how many arms there are.
  init?(of columns: [[Double]], arms: [Int], armCount: Int) {
    let rows = arms.count
    guard rows > 0, columns.allSatisfy({ $0.count == rows }) else { return nil }
    let parts = inStretches(of: rows, length: Self.length) { stretch in
      columns.map { column in
        var (sum, size) = (0.0, 0.0)
        for value in column[stretch] {
          sum += value
          // A NaN stays in the sum.
          size = max(size, abs(value))
        }
        return (sum: sum, size: size)
      }
    }
    let centres = columns.indices.map { j in
      parts.reduce(0) { $0 + $1[j].sum } / Double(rows)
    }
    sizes = columns.indices.map { j in parts.reduce(0) { max($0, $1[j].size) } }
    guard centres.allSatisfy(\.isFinite) else { return nil }
    let width = columns.count
    let stride = 1 + width + width * (width + 1) / 2
    let found = inStretches(of: rows, length: Self.length) { stretch in
      Self.sums(of: columns, about: centres, arms: arms, armCount, stretch, stride: stride)
    }
    var sums = [Double](repeating: 0, count: armCount * stride)
    for part in found {
      for place in sums.indices { sums[place] += part[place] }
    }
    guard sums.allSatisfy(\.isFinite) else { return nil }
    (self.centres, self.sums, self.stride) = (centres, sums, stride)
  }

  /// How many rows an arm has.
  func count(ofArm arm: Int) -> Int { Int(sums[arm * stride]) }

  /// The sum of a column's distances from its centre.
  func sum(ofArm arm: Int, _ column: Int) -> Double { sums[arm * stride + 1 + column] }

  /// The sum of the products of two columns' distances from their centres.
  func product(ofArm arm: Int, _ first: Int, _ second: Int) -> Double {
    let (row, column) = (max(first, second), min(first, second))
    return sums[arm * stride + 1 + centres.count + row * (row + 1) / 2 + column]
  }

  private static func sums(
    of columns: [[Double]], about centres: [Double], arms: [Int], _ armCount: Int,
    _ stretch: Range<Int>, stride: Int
  ) -> [Double] {
    let width = columns.count
    let rows = columns.rowByRow(stretch, about: centres)
    var sums = [Double](repeating: 0, count: armCount * stride)
    rows.withUnsafeBufferPointer { rows in
      sums.withUnsafeMutableBufferPointer { sums in
        for (row, arm) in arms[stretch].enumerated() {
          let start = row * width
          var place = arm * stride
          sums[place] += 1
          for i in 0..<width { sums[place + 1 + i] += rows[start + i] }
          place += 1 + width
          for i in 0..<width {
            let value = rows[start + i]
            for j in 0...i { sums[place + j] += value * rows[start + j] }
            place += i + 1
          }
        }
      }
    }
    return sums
  }
}

extension [[Double]] {
  /// A stretch of the columns' distances from their centres, row by row.
  func rowByRow(_ stretch: Range<Int>, about centres: [Double]) -> [Double] {
    var rows = [Double](repeating: 0, count: stretch.count * count)
    for (j, column) in enumerated() {
      let centre = centres[j]
      var place = j
      for value in column[stretch] {
        rows[place] = value - centre
        place += count
      }
    }
    return rows
  }
}
