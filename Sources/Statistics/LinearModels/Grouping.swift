/// Which rows belong together: clusters, or the blocks whose fixed effects a model absorbs.
public struct Grouping: Hashable, Sendable {
  /// Each row's group, numbered from 0 in order of first appearance.
  public let groups: [Int]
  /// How many groups there are.
  public let count: Int

  /// Groups rows by equal labels.
  public init<Label: Hashable>(_ labels: some Sequence<Label>) {
    if let dense = Self.numbered(labels as? [Int]) ?? Self.numbered(labels as? [Int32]) {
      (groups, count) = dense
      return
    }
    var numbers: [Label: Int] = [:]
    var groups: [Int] = []
    for label in labels {
      let number = numbers[label] ?? numbers.count
      numbers[label] = number
      groups.append(number)
    }
    self.groups = groups
    count = numbers.count
  }

  /// The same for codes that lie close together: a table in place of a dictionary.
  private static func numbered<Code: FixedWidthInteger>(_ codes: [Code]?) -> ([Int], Int)? {
    guard let codes, let least = codes.min(), let most = codes.max() else { return nil }
    let (span, overflows) = Int(most).subtractingReportingOverflow(Int(least))
    guard !overflows, span / 4 <= codes.count else { return nil }
    var numbers = [Int](repeating: -1, count: span + 1)
    var count = 0
    let groups = codes.map { code in
      let place = Int(code) - Int(least)
      if numbers[place] < 0 {
        numbers[place] = count
        count += 1
      }
      return numbers[place]
    }
    return (groups, count)
  }

  /// The rows' indices sorted by group, and where each group starts (with the end appended).
  var sortedRows: (rows: [Int], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for group in groups { starts[group + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var rows = [Int](repeating: 0, count: groups.count)
    for (row, group) in groups.enumerated() {
      rows[next[group]] = row
      next[group] += 1
    }
    return (rows, starts)
  }
}
