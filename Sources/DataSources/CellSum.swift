import Statistics

/// What the rows of one arm add up to for one set of columns.
struct CellSum: Sendable {
  /// How many rows lack a value.
  private(set) var missing = 0
  private var content = Content.nothing

  private enum Content: Sendable {
    case nothing
    /// A single column that has held only zeros and ones so far.
    case events(Int, of: Int)
    case moments(Moments)
  }

  init() {}

  /// Sums some rows of the variables, one array each.
  init(_ columns: [[Double]], _ rows: [Int]) {
    let complete = rows.filter { row in columns.allSatisfy { !$0[row].isNaN } }
    missing = rows.count - complete.count
    guard !complete.isEmpty else { return }
    if columns.count == 1 {
      let values = columns[0]
      let ones = complete.count { values[$0] == 1 }
      if ones + complete.count(where: { values[$0] == 0 }) == complete.count {
        content = .events(ones, of: complete.count)
        return
      }
    }
    content = .moments(CellSum.moments(of: columns.map { column in complete.map { column[$0] } }))
  }

  /// Adds the rows that follow.
  mutating func add(_ other: CellSum) {
    missing += other.missing
    switch (content, other.content) {
    case (_, .nothing): break
    case (.nothing, _): content = other.content
    case (.events(let ones, let count), .events(let moreOnes, let more)):
      content = .events(ones + moreOnes, of: count + more)
    case (_, _): content = .moments(moments(variables: 1) + other.moments(variables: 1))
    }
  }

  /// The moments.
  func moments(variables: Int) -> Moments {
    switch content {
    case .nothing: Moments(variables: variables)
    case .events(let ones, let count): Moments(events: ones, of: count)
    case .moments(let moments): moments
    }
  }

  /// Two passes: the mean first, then sums of products around it. The sums are compensated: rare large
  /// values among zeros, such as amounts of money, cost a plain sum two digits.
  private static func moments(of columns: [[Double]]) -> Moments {
    let count = columns.first?.count ?? 0
    let n = Double(count)
    var means: [Double] = []
    var deviations: [[Double]] = []
    for column in columns {
      let mean = compensatedSum(column) / n
      means.append(mean)
      deviations.append(column.map { $0 - mean })
    }
    var products: [Double] = []
    for i in deviations.indices {
      for j in 0...i {
        products.append(compensatedSum(zip(deviations[i], deviations[j]).lazy.map { $0 * $1 }))
      }
    }
    if let moments = Moments(count: count, means: means, crossProducts: products) { return moments }
    // A sum overflowed; Welford's update divides before it adds. What overflows there too is for the
    // estimator to report.
    var moments = Moments(variables: columns.count)
    for row in 0..<count { moments.add(columns.map { $0[row] }) }
    return moments
  }
}

/// A sum whose error does not grow with the number of terms.
///
/// Neumaier (1974), doi:10.1002/zamm.19740540106.
func compensatedSum(_ terms: some Sequence<Double>) -> Double {
  var sum = 0.0
  var lost = 0.0
  for term in terms {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
  return sum + lost
}
