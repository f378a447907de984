import Statistics

extension Table {
  /// The combinations of several category columns as one: what makes a block of two columns.
  ///
  /// Levels are the parts' texts with their lengths before them, so that ("1", "11") and ("11", "1")
  /// differ. A row that lacks a part lacks the combination.
  ///
  /// - Throws: ``TableError`` when a column was not read as categories.
  public func categories(joining names: [String]) throws(TableError) -> Categories {
    var joint: Categories?
    for name in names {
      let next = try categories(name)
      joint = joint.map { $0.joined(with: next) } ?? next.labelled
    }
    return joint ?? Categories(codes: Array(repeating: 0, count: rowCount), levels: [""])
  }
}

extension Categories {
  fileprivate static func label(_ text: String) -> String { "\(text.utf8.count):\(text)" }

  /// The level that joining columns gives the rows with these texts; nil where one is missing.
  public static func level(joining texts: [String?]) -> String? {
    let known = texts.compactMap(\.self)
    return known.count == texts.count ? known.map(label).joined() : nil
  }

  /// The same categories under labels that can be put one after another.
  fileprivate var labelled: Categories {
    Categories(codes: codes, levels: levels.map(Self.label))
  }

  fileprivate func joined(with other: Categories) -> Categories {
    var codeOfPair: [Int64: Int32] = [:]
    var pairs: [String] = []
    let joined = zip(codes, other.codes).map { first, second -> Int32 in
      guard first >= 0, second >= 0 else { return -1 }
      let pair = Int64(first) << 32 | Int64(second)
      if let code = codeOfPair[pair] { return code }
      let code = Int32(pairs.count)
      codeOfPair[pair] = code
      pairs.append(levels[Int(first)] + Self.label(other.levels[Int(second)]))
      return code
    }
    return Categories(codes: joined, levels: pairs)
  }

  /// Every combination of an arm and a block that occurs, as cells in order of first appearance.
  func cells(within blocks: Categories?) -> (codes: [Int32], cells: [Cell]) {
    guard let blocks else { return (codes, levels.map { Cell(arm: $0) }) }
    var codeOfPair: [Int64: Int32] = [:]
    var cells: [Cell] = []
    let codes = zip(codes, blocks.codes).map { arm, block -> Int32 in
      guard arm >= 0, block >= 0 else { return -1 }
      let pair = Int64(arm) << 32 | Int64(block)
      if let code = codeOfPair[pair] { return code }
      let code = Int32(cells.count)
      codeOfPair[pair] = code
      cells.append(Cell(arm: levels[Int(arm)], block: blocks.levels[Int(block)]))
      return code
    }
    return (codes, cells)
  }
}
