import DataSources

extension Identifiers {
  /// How many rows repeat an identifier that stood before, and a few of those identifiers.
  ///
  /// Eight bytes a row: identifiers are hashed and the hashes sorted; only where two agree are the
  /// identifiers themselves compared. Missing identifiers repeat nothing.
  func duplicates(examples limit: Int) -> (count: Int, examples: [String]) {
    let suspects = repeatedFingerprints
    guard !suspects.isEmpty else { return (0, []) }
    var seen: Set<ArraySlice<UInt8>> = []
    var repeats = 0
    var examples: [String] = []
    for row in 0..<count where suspects.contains(fingerprint(of: row)) {
      guard !seen.insert(bytes(at: row)).inserted else { continue }
      repeats += 1
      if let name = self[row], examples.count < limit, !examples.contains(name) {
        examples.append(name)
      }
    }
    return (repeats, examples)
  }

  private var repeatedFingerprints: Set<UInt64> {
    var hashes: [UInt64] = []
    hashes.reserveCapacity(count)
    for row in 0..<count where !bytes(at: row).isEmpty { hashes.append(fingerprint(of: row)) }
    hashes.sort()
    var repeated: Set<UInt64> = []
    for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
      repeated.insert(hashes[index])
    }
    return repeated
  }

  /// FNV-1a, 64 bits.
  private func fingerprint(of row: Int) -> UInt64 {
    bytes(at: row).reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
