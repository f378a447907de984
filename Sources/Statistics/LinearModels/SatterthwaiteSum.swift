/// The two sums in Satterthwaite's degrees of freedom (Σ P_gg)²/Σ P_gh², where P_gh = −v_g·v_h
/// off the diagonal.
///
/// Σ(v_g·v_h)² is the squared Frobenius norm of Σvvᵀ. Each v has a few dense entries and, with
/// absorbed blocks, one for each block that its cluster shares with others; only pairs of blocks
/// that meet in a cluster are stored, so that memory grows with the clusters, never with their
/// square.
struct SatterthwaiteSum {
  private struct BlockPair: Hashable {
    var first: Int
    var second: Int
  }

  private let columns: Int
  private var trace = 0.0
  private var diagonal = 0.0
  private var dense: [Double]
  private var mixed: [Int: [Double]] = [:]
  private var pairs: [BlockPair: Double] = [:]

  init(columns: Int) {
    self.columns = columns
    dense = Array(repeating: 0, count: columns * columns)
  }

  /// Adds one cluster: its P_gg and its v_g.
  mutating func add(
    diagonal own: Double, dense vector: [Double], blocks: [(block: Int, value: Double)]
  ) {
    trace += own
    let square = dot(vector, vector) + blocks.reduce(0) { $0 + $1.value * $1.value }
    diagonal += (own - square) * (own + square)
    for i in 0..<columns {
      for j in 0..<columns { dense[i * columns + j] += vector[i] * vector[j] }
    }
    for (block, value) in blocks {
      var sums = mixed[block] ?? Array(repeating: 0, count: columns)
      for j in 0..<columns { sums[j] += vector[j] * value }
      mixed[block] = sums
      for other in blocks {
        pairs[BlockPair(first: block, second: other.block), default: 0] += value * other.value
      }
    }
  }

  /// nil when every P_gg is 0.
  var degreesOfFreedom: Double? {
    // Summed in a fixed order: a dictionary's own differs from run to run, and with it the last
    // digit.
    var squares = dot(dense, dense)
    for block in mixed.keys.sorted() {
      if let sums = mixed[block] { squares += 2 * dot(sums, sums) }
    }
    let keys = pairs.keys.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    for key in keys {
      if let value = pairs[key] { squares += value * value }
    }
    let total = squares + diagonal
    return trace > 0 && total > 0 ? trace * trace / total : nil
  }
}
