/// What stands before the first row: comment lines and the names of the columns, as places in the
/// bytes, because the encoding is not known yet.
struct Header: Sendable {
  /// The comment lines before the names.
  var comments: [Comment] = []
  /// Where the names begin.
  var start = 0
  /// The fields that hold the names.
  var names: [Field] = []
  /// Where the first row begins.
  var rowsStart = 0

  /// A comment line; a program that knows no comments may have quoted it or padded it with commas.
  enum Comment: Hashable, Sendable {
    case line(Range<Int>)
    case record([Field])
  }

  /// More columns than any spreadsheet holds: the file is no table.
  static let mostColumns = 100_000

  /// Finds the header.
  ///
  /// - Returns: nil when there is nothing but comments and blank lines.
  init?(of view: ByteView, after start: Int) throws(BrokenRecord) {
    var position = start
    while position < view.count {
      if let next = view.afterBlankLine(at: position) {
        position = next
      } else if view[position] == Byte.hash {
        position = try commentLine(at: position, of: view)
      } else {
        let record = try view.record(at: position)
        guard Header.isComment(record, of: view) else {
          self.start = position
          names = record
          rowsStart = record.last?.next ?? view.count
          return
        }
        comments.append(.record(record))
        position = record.last?.next ?? view.count
      }
    }
    return nil
  }

  /// A quote in a comment means nothing, so the line ends with the line.
  private mutating func commentLine(at start: Int, of view: ByteView) throws(BrokenRecord) -> Int {
    var end = start
    while end < view.count, view[end] != Byte.lineFeed, view[end] != Byte.carriageReturn {
      end += 1
      if end - start > ByteView.longestRecord { throw .tooLong(record: start) }
    }
    comments.append(.line(start..<end))
    return end < view.count ? view.afterBreak(at: end) : end
  }

  private static func isComment(_ record: [Field], of view: ByteView) -> Bool {
    guard let first = record.first, first.isQuoted, !first.content.isEmpty else { return false }
    return view[first.content.lowerBound] == Byte.hash
  }
}

extension ByteView {
  /// The fields of the record that begins at `start`.
  func record(at start: Int) throws(BrokenRecord) -> [Field] {
    var fields = [try field(at: start, record: start)]
    while let last = fields.last, !last.endsRecord {
      guard fields.count < Header.mostColumns else { throw .tooManyFields(record: start) }
      fields.append(try field(at: last.next, record: start))
    }
    return fields
  }

  /// Where the next line begins, when the line at `index` holds nothing but spaces and tabs.
  @inline(__always)
  func afterBlankLine(at index: Int) -> Int? {
    var end = index
    while end < count, base[end] == Byte.space || base[end] == Byte.tab { end += 1 }
    if end == count { return count }
    guard base[end] == Byte.lineFeed || base[end] == Byte.carriageReturn else { return nil }
    return afterBreak(at: end)
  }
}
