import Vocabulary

/// A table in fixed-width letters that never grows wider than it may.
///
/// Wide columns give way and wrap within their cells, so nothing is cut off. A table with more
/// columns than fit is continued below itself.
struct TextTable {
  private let block: TableBlock
  private let width: Int
  private static let gap = 2
  /// The narrowest column that can still be read.
  private static let narrowest = 9
  /// A word of a name that is longer may be cut, so that it cannot push the numbers out.
  private static let longestWord = 14

  init(_ block: TableBlock, width: Int) {
    self.block = block.withoutMarks
    self.width = width
  }

  var lines: [String] {
    var output: [String] = []
    for columns in stretches {
      if !output.isEmpty { output.append("") }
      output += lines(columns)
    }
    return output
  }

  /// The columns of each part: the row heads and as many others as fit.
  private var stretches: [[Int]] {
    let heads = Array(0..<min(block.rowHeads, block.columns.count))
    let others = Array(heads.count..<block.columns.count)
    let fitting = max(
      1, (width + TextTable.gap) / (TextTable.narrowest + TextTable.gap) - heads.count)
    guard others.count > fitting else { return [heads + others] }
    return stride(from: 0, to: others.count, by: fitting).map { start in
      heads + others[start..<min(start + fitting, others.count)]
    }
  }

  private func lines(_ columns: [Int]) -> [String] {
    let head = columns.map { block.columns[$0].title }
    let rows = block.rows.map { row in columns.map { $0 < row.count ? row[$0] : "" } }
    let isNumber = columns.map { block.columns[$0].isNumber }
    let widths = widths([head] + rows, numbers: rows, isNumber)
    let rule = widths.map { String(repeating: "-", count: $0) }
      .joined(separator: String(repeating: " ", count: TextTable.gap))
    return TextTable.printed(head, widths, isNumber) + [rule]
      + rows.flatMap { TextTable.printed($0, widths, isNumber) }
  }

  /// Natural widths, from which the widest give way until the table fits: names and titles first, a
  /// number within itself only when there is no other way.
  private func widths(_ rows: [[String]], numbers: [[String]], _ isNumber: [Bool]) -> [Int] {
    let count = rows.first?.count ?? 0
    var widths = (0..<count).map { column in
      max(rows.map { displayWidth(of: $0[column]) }.max() ?? 0, 1)
    }
    let whole = (0..<count).map { column in
      let longest = numbers.map { TextLines.longestPiece(of: $0[column]) }.max() ?? 0
      return isNumber[column]
        ? longest : min(max(longest, TextTable.narrowest), TextTable.longestWord)
    }
    let room = width - TextTable.gap * max(count - 1, 0)
    for limits in [whole, Array(repeating: 2, count: count)] {
      while widths.reduce(0, +) > room,
        let widest = widths.indices.filter({ widths[$0] > limits[$0] })
          .max(by: { widths[$0] < widths[$1] })
      {
        widths[widest] -= 1
      }
    }
    return widths
  }

  private static func printed(_ cells: [String], _ widths: [Int], _ isNumber: [Bool]) -> [String] {
    let wrapped = zip(cells, widths).map { TextLines.wrapped($0, width: $1) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = ""
      for column in cells.indices {
        let cell = line < wrapped[column].count ? wrapped[column][line] : ""
        let space = String(
          repeating: " ", count: max(widths[column] - displayWidth(of: cell), 0))
        text += isNumber[column] ? space + cell : cell + space
        if column < cells.count - 1 { text += String(repeating: " ", count: gap) }
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
