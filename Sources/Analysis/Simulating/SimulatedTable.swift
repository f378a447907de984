import DataSources
import Statistics

/// Simulated rows as CSV, made a part at a time: ten million people never stand in memory as text.
///
/// Parts are made on all cores and handed over in their order, so that the file is the same on one core and on many.
public struct SimulatedTable: Sendable {
  private let head: [UInt8]
  private let count: Int
  private let rows: @Sendable (Range<Int>) -> [UInt8]

  /// `rows` gives the lines of some of `count` people, from several threads at once.
  init(
    preamble: String, columns: [String], count: Int,
    rows: @escaping @Sendable (Range<Int>) -> [UInt8]
  ) {
    var writer = CSVWriter()
    writer.append(columns)
    head = Array(preamble.utf8) + writer.content
    self.count = count
    self.rows = rows
  }

  /// Hands over the whole file.
  ///
  /// - Parameters:
  ///   - progress: told after each round how many people are done.
  ///   - append: takes the bytes in their order, on the calling thread.
  /// - Throws: what `append` throws.
  public func write<Problem: Error>(
    progress: (_ done: Int, _ all: Int) -> Void = { _, _ in },
    to append: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) {
    try append(head)
    let parts = Self.parts(of: count)
    // Enough for many cores, few enough to be let go soon.
    let perRound = 32
    for start in stride(from: 0, to: parts.count, by: perRound) {
      let round = parts[start..<min(start + perRound, parts.count)]
      for bytes in inParallel(count: round.count, { rows(round[start + $0]) }) {
        try append(bytes)
      }
      progress(round.last?.upperBound ?? count, count)
    }
  }

  /// The whole file as one text.
  public var text: String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// People who are simulated together, one part a piece of work.
  static func parts(of count: Int) -> [Range<Int>] {
    let size = 1 << 14
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}
