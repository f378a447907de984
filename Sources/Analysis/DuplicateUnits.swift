import DataSources

extension Identifiers {
  /// How many rows repeat an identifier that stood before, and a few of those identifiers.
  ///
  /// Eight bytes a row: identifiers are hashed and the hashes sorted; only where two agree are the
  /// identifiers themselves compared. Missing identifiers repeat nothing.
  func duplicates(examples limit: Int) -> (count: Int, examples: [String]) {
    let rows = (0..<count).filter { !bytes(at: $0).isEmpty }
    let hashes = rows.map { fingerprint(of: $0) }
    let order = rows.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }
    var repeats = 0
    var examples: [String] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, hashes[order[end]] == hashes[order[start]] { end += 1 }
      if end - start > 1 {
        var seen: Set<ArraySlice<UInt8>> = []
        for index in order[start..<end] where !seen.insert(bytes(at: rows[index])).inserted {
          repeats += 1
          if let name = self[rows[index]], !examples.contains(name), examples.count < limit {
            examples.append(name)
          }
        }
      }
      start = end
    }
    return (repeats, examples.sorted())
  }

  /// FNV-1a, 64 bits.
  private func fingerprint(of row: Int) -> UInt64 {
    bytes(at: row).reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
