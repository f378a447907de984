/// Numbers the keys of rows in the order in which they first appear.
struct KeySlots: ~Copyable {
  private(set) var keys: [UInt64] = []
  private var table: UnsafeMutablePointer<(key: UInt64, slot: Int)>
  private var mask = 255

  init() {
    table = .allocate(capacity: mask + 1)
    table.initialize(repeating: (0, -1), count: mask + 1)
  }

  deinit { table.deallocate() }

  /// The number of a key; nil where there are more than anyone compares.
  @inline(__always)
  mutating func slot(of key: UInt64) -> Int? {
    var place = self.place(of: key)
    while table[place].slot >= 0 {
      if table[place].key == key { return table[place].slot }
      place = (place &+ 1) & mask
    }
    return insert(key)
  }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 40) & mask
  }

  private mutating func insert(_ key: UInt64) -> Int? {
    guard keys.count < ScanPlan.mostKeys else { return nil }
    keys.append(key)
    if keys.count * 2 > mask {
      table.deallocate()
      mask = mask * 2 + 1
      table = .allocate(capacity: mask + 1)
      table.initialize(repeating: (0, -1), count: mask + 1)
      for (slot, key) in keys.enumerated() { occupy(key, with: slot) }
    } else {
      occupy(key, with: keys.count - 1)
    }
    return keys.count - 1
  }

  private func occupy(_ key: UInt64, with slot: Int) {
    var place = self.place(of: key)
    while table[place].slot >= 0 { place = (place + 1) & mask }
    table[place] = (key, slot)
  }
}
