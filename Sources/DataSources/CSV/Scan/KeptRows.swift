import Statistics
import Synchronization

/// What a second reading will want of the rows that a first one read.
///
/// Reading a file again costs as much as reading it once; keeping an outcome and a covariate costs ten bytes a row. Of a file
/// of more than some twenty million rows they are let go, and it is read again.
struct KeptRows: Sendable {
  /// Bytes that are kept at most.
  static let mostBytes = 224 << 20

  /// What was asked when they were read.
  let request: TallyRequest
  /// The names of the numbers that are kept.
  let numbers: [String]
  /// Decimals of each.
  let scales: [Int]
  /// The bit of each in ``ScannedPart/Key/missing``.
  let bits: [UInt64]
  /// The chunks of the file in their order.
  let chunks: [Chunk]

  /// The rows of a chunk.
  struct Chunk: Sendable {
    /// What the rows that share a slot have in common.
    let keys: [ScannedPart.Key]
    /// One a row.
    let slots: [UInt16]
    /// By number, one a row: at its scale, 0 where it is missing.
    let values: [[Int32]]
    /// How many rows each block of the file has.
    let blocks: [Int]
  }
}

/// How many more bytes may be kept, over all chunks at once.
final class KeptRoom: Sendable {
  private let left: Atomic<Int>

  init(_ bytes: Int) { left = Atomic(bytes) }

  /// Takes some; false where there is no more, and then for good.
  func take(_ bytes: Int) -> Bool {
    left.subtract(bytes, ordering: .relaxed).newValue >= 0
  }
}

/// Keeps the rows of a chunk as they are read.
struct ChunkKeeper: ~Copyable {
  private let room: KeptRoom
  /// The places of the numbers among the plan's.
  private let numbers: [Int]
  private var slots: [UInt16] = []
  private var values: [[Int32]]
  private var blocks: [Int] = []
  private var isKeeping: Bool

  /// Keeps nothing where no number is wanted.
  init(_ numbers: [Int], room: KeptRoom) {
    self.numbers = numbers
    self.room = room
    values = numbers.map { _ in [] }
    isKeeping = !numbers.isEmpty
  }

  /// Adds a block; from the first one that does not fit, nothing is kept any more.
  ///
  /// - Parameters:
  ///   - block: the rows.
  ///   - slotOfRow: the slot of each row's key.
  ///   - share: which part of the chunk the block is, to make room for all of it at once.
  mutating func add(_ block: borrowing RowBlock, _ slotOfRow: [Int32], share: Double) {
    guard isKeeping else { return }
    let rows = block.rows
    for number in numbers where block.largest[number] > UInt64(Int32.max) { isKeeping = false }
    isKeeping = isKeeping && room.take(rows * (2 + 4 * numbers.count))
    guard isKeeping else {
      slots = []
      values = numbers.map { _ in [] }
      return
    }
    if slots.isEmpty {
      let all = Int(Double(rows) / share * 1.02)
      slots.reserveCapacity(all)
      for place in values.indices { values[place].reserveCapacity(all) }
    }
    blocks.append(rows)
    slotOfRow.withUnsafeBufferPointer { own in
      for row in 0..<rows { slots.append(UInt16(truncatingIfNeeded: own[row])) }
    }
    for (place, number) in numbers.enumerated() {
      let column = block.values(number)
      for row in 0..<rows { values[place].append(Int32(truncatingIfNeeded: column[row])) }
    }
  }

  /// The chunk; nil where not all of it was kept.
  consuming func chunk(_ keys: [ScannedPart.Key]) -> KeptRows.Chunk? {
    isKeeping ? KeptRows.Chunk(keys: keys, slots: slots, values: values, blocks: blocks) : nil
  }
}
