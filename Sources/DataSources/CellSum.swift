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

  /// Two passes: the mean first, then sums of products around it.
  private static func moments(of columns: [[Double]]) -> Moments {
    let count = columns.first?.count ?? 0
    let n = Double(count)
    var means: [Double] = []
    var deviations: [[Double]] = []
    for column in columns {
      let rough = column.reduce(0, +) / n
      let centred = column.map { $0 - rough }
      // The mean of the deviations is what rounding lost in the mean.
      let correction = centred.reduce(0, +) / n
      means.append(rough + correction)
      deviations.append(centred.map { $0 - correction })
    }
    var products: [Double] = []
    for i in deviations.indices {
      for j in 0...i {
        products.append(zip(deviations[i], deviations[j]).reduce(0) { $0 + $1.0 * $1.1 })
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
