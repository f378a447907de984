/// Some rows of a scan, column by column.
struct RowBlock: ~Copyable {
  private(set) var rows = 0
  private let capacity: Int
  private let numbers: UnsafeMutablePointer<Int64>
  /// One a row: a bit for each number that is missing, a code for the tests on each number and for each text
  /// (``ScanPlan``).
  let keys: UnsafeMutablePointer<UInt64>
  /// One a row: the place of the end of its first field.
  let places: UnsafeMutablePointer<UInt32>
  /// Room for a list of rows.
  let unusual: UnsafeMutablePointer<UInt32>
  /// A bound on the absolute values of each number: all their bits together.
  let largest: UnsafeMutablePointer<UInt64>

  init(numbers count: Int, capacity: Int) {
    self.capacity = capacity
    // Pages that nobody writes to take no memory.
    numbers = .allocate(capacity: max(1, count * capacity))
    keys = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
    unusual = .allocate(capacity: capacity)
    largest = .allocate(capacity: max(1, count))
  }

  deinit {
    numbers.deallocate()
    keys.deallocate()
    places.deallocate()
    unusual.deallocate()
    largest.deallocate()
  }

  /// The values of a number at its column's scale; 0 where it is missing.
  @inline(__always)
  func values(_ number: Int) -> UnsafeMutablePointer<Int64> { numbers + number &* capacity }

  mutating func begin() { rows = 0 }

  @inline(__always)
  mutating func addRow(at place: Int) {
    places[rows] = UInt32(truncatingIfNeeded: place)
    keys[rows] = 0
    rows &+= 1
  }
}
