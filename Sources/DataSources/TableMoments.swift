public import Statistics

/// The moments of some sets of columns in each arm, and how many rows could not contribute.
public struct ArmMoments: Hashable, Sendable {
  /// The moments of each set over the rows of an arm in which all its columns are present.
  public var cells: [Cell: [VariableSet: Moments]]
  /// How many rows of an arm lack a value of the set.
  public var missing: [Cell: [VariableSet: Int]]
  /// How many rows have no arm.
  public var rowsWithoutArm: Int

  /// Makes the moments.
  public init(
    cells: [Cell: [VariableSet: Moments]], missing: [Cell: [VariableSet: Int]], rowsWithoutArm: Int
  ) {
    self.cells = cells
    self.missing = missing
    self.rowsWithoutArm = rowsWithoutArm
  }
}

extension Table {
  /// The moments that a request asks for, arm by arm, on all cores.
  ///
  /// Rows are taken in blocks of a fixed size whose centred moments merge in their order, so the
  /// result is the same to the last bit on any number of cores. A single column of zeros and ones is
  /// counted instead, and exactly rounded.
  ///
  /// - Parameters:
  ///   - request: the sets of number columns.
  ///   - armColumn: the category column that says which arm; each level is a cell.
  ///   - blocks: the blocks that divide the cells further; nil where there are none.
  ///   - mask: the rows to use; nil is all of them.
  /// - Returns: one cell a level (and block) that has rows in the mask, in `cells` and in `missing`.
  /// - Throws: ``TableError`` when a column was not read in the needed form.
  public func moments(
    of request: MomentRequest, by armColumn: String, within blocks: Categories? = nil,
    where mask: RowMask? = nil
  ) throws(TableError) -> ArmMoments {
    let (codes, cells) = try categories(armColumn).cells(within: blocks)
    var sets: [[[Double]]] = []
    for set in request.sets {
      var columns: [[Double]] = []
      for name in set.columns { columns.append(try numbers(name)) }
      sets.append(columns)
    }
    let sums = ArmSums(codes: codes, cellCount: cells.count, sets: sets, mask: mask)
    let total = sums.total(rowCount: rowCount)

    var answer = ArmMoments(cells: [:], missing: [:], rowsWithoutArm: total.rowsWithoutArm)
    for (code, cell) in cells.enumerated() where total.hasRows[code] {
      for (index, set) in request.sets.enumerated() {
        let sum = total.sums[code * request.sets.count + index]
        answer.cells[cell, default: [:]][set] = sum.moments(variables: set.columns.count)
        answer.missing[cell, default: [:]][set] = sum.missing
      }
    }
    return answer
  }
}

/// The columns of a request, ready to be summed block by block.
private struct ArmSums: Sendable {
  /// Large enough to make merging cheap, small enough that a block's columns stay in the cache.
  static let rowsPerBlock = 16_384

  /// One a row; −1 where it belongs to no cell.
  let codes: [Int32]
  let cellCount: Int
  /// Set, column, row.
  let sets: [[[Double]]]
  let mask: RowMask?

  struct Total: Sendable {
    /// Cell-major: `sums[cell · sets + set]`.
    var sums: [CellSum]
    var hasRows: [Bool]
    var rowsWithoutArm = 0

    mutating func add(_ block: Total) {
      for index in sums.indices { sums[index].add(block.sums[index]) }
      for index in hasRows.indices where block.hasRows[index] { hasRows[index] = true }
      rowsWithoutArm += block.rowsWithoutArm
    }
  }

  private var empty: Total {
    Total(
      sums: Array(repeating: CellSum(), count: cellCount * sets.count),
      hasRows: Array(repeating: false, count: cellCount))
  }

  func total(rowCount: Int) -> Total {
    let blocks = (rowCount + ArmSums.rowsPerBlock - 1) / ArmSums.rowsPerBlock
    return inOrder(count: blocks, into: empty) { block in
      let start = block * ArmSums.rowsPerBlock
      return sum(start..<min(start + ArmSums.rowsPerBlock, rowCount))
    } consume: { total, block in
      total.add(block)
      return true
    }
  }

  private func sum(_ rows: Range<Int>) -> Total {
    var total = empty
    var rowsOfCell = [[Int]](repeating: [], count: cellCount)
    for row in rows where mask.map({ $0[row] }) ?? true {
      let code = Int(codes[row])
      if code >= 0 { rowsOfCell[code].append(row) } else { total.rowsWithoutArm += 1 }
    }
    for (code, rows) in rowsOfCell.enumerated() where !rows.isEmpty {
      total.hasRows[code] = true
      for (index, columns) in sets.enumerated() {
        total.sums[code * sets.count + index] = CellSum(columns, rows)
      }
    }
    return total
  }
}
