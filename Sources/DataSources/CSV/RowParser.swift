import Vocabulary

/// Reads the records that begin in one chunk into columns.
struct RowParser: ~Copyable {
  private let view: ByteView
  private let layout: RowLayout
  private let decoder: TextDecoder
  private var dictionaries: [LevelDictionary]
  private var codesOfTexts: [[String: Int32]]
  private var parts: ColumnParts

  init(_ document: CSVDocument, _ layout: RowLayout) {
    view = document.view
    decoder = TextDecoder(document.view, document.encoding)
    self.layout = layout
    parts = ColumnParts(layout)
    dictionaries = Array(repeating: LevelDictionary(), count: parts.categories.count)
    codesOfTexts = Array(repeating: [:], count: parts.categories.count)
  }

  /// Reads the records from `start` until one begins at `end` or later.
  consuming func parts(from start: Int, to end: Int) -> ColumnParts {
    var position = start
    do {
      while true {
        position = layout.afterBlankLines(at: position, in: view)
        guard position < min(end, view.count) else { break }
        position = try readRecord(at: position)
      }
    } catch {
      parts.flaws.add(.broken(error))
    }
    return parts
  }

  /// Reads one record and returns where the next begins.
  @inline(__always)
  private mutating func readRecord(at start: Int) throws(BrokenRecord) -> Int {
    let flawsBefore = parts.flaws.count
    var position = start
    var index = 0
    var cursor = 0
    while true {
      let field = try view.field(at: position, record: start)
      while cursor < layout.wanted.count, layout.wanted[cursor].field == index {
        read(field, layout.wanted[cursor])
        cursor += 1
      }
      position = field.next
      index += 1
      if field.endsRecord { break }
    }
    if index != layout.fieldCount {
      // The values of such a row stand in the wrong columns: their own flaws would mislead.
      parts.flaws.keep(flawsBefore)
      parts.flaws.add(.fieldCount(index, record: start))
    }
    parts.rowCount += 1
    return position
  }

  @inline(__always)
  private mutating func read(_ field: Field, _ wanted: RowLayout.Wanted) {
    switch wanted.form {
    case .number: readNumber(field, wanted)
    case .category: readCategory(field, wanted)
    case .identifier: readIdentifier(field, wanted)
    }
  }

  // MARK: - Numbers

  @inline(__always)
  private mutating func readNumber(_ field: Field, _ wanted: RowLayout.Wanted) {
    if !layout.missing.includesNumbers, let number = view.plainNumber(in: field.content) {
      parts.numbers[wanted.slot].append(number)
    } else {
      readUnusualNumber(field, wanted)
    }
  }

  private mutating func readUnusualNumber(_ field: Field, _ wanted: RowLayout.Wanted) {
    var number = Double.nan
    if let ascii = trimmedASCII(field) {
      if !layout.missing.contains(view.buffer(ascii)) {
        if let plain = view.plainNumber(in: ascii) {
          number = plain
        } else if let written = DecimalText.parse(
          String(decoding: view.buffer(ascii), as: UTF8.self))
        {
          number = written
        } else {
          parts.flaws.add(.notANumber(field, column: wanted.field))
        }
      }
    } else if let text = decoder.trimmedText(of: field) {
      if !layout.missing.contains(text) {
        if let written = DecimalText.parse(text) {
          number = written
        } else {
          parts.flaws.add(.notANumber(field, column: wanted.field))
        }
      }
    } else {
      parts.flaws.add(.undecodable(field, column: wanted.field))
    }
    parts.numbers[wanted.slot].append(number)
  }

  // MARK: - Categories

  @inline(__always)
  private mutating func readCategory(_ field: Field, _ wanted: RowLayout.Wanted) {
    let hash = view.hash(of: field.content)
    let code =
      dictionaries[wanted.slot].code(of: field.content, hash: hash, in: view)
      ?? newSpelling(field, hash, wanted)
    parts.categories[wanted.slot].codes.append(code)
  }

  /// The code of a text in a spelling that is new; the text itself may have been seen.
  private mutating func newSpelling(
    _ field: Field, _ hash: UInt64, _ wanted: RowLayout.Wanted
  ) -> Int32 {
    let code = codeOfText(field, wanted)
    dictionaries[wanted.slot].insert(code, for: field.content, hash: hash)
    return code
  }

  private mutating func codeOfText(_ field: Field, _ wanted: RowLayout.Wanted) -> Int32 {
    guard let text = decoder.trimmedText(of: field) else {
      parts.flaws.add(.undecodable(field, column: wanted.field))
      return -1
    }
    if layout.missing.contains(text) { return -1 }
    if let code = codesOfTexts[wanted.slot][text] { return code }
    // A chunk has far fewer rows than codes; the levels of the whole file are counted in assembly.
    let code = Int32(truncatingIfNeeded: parts.categories[wanted.slot].levels.count)
    parts.categories[wanted.slot].levels.append(text)
    codesOfTexts[wanted.slot][text] = code
    return code
  }

  // MARK: - Identifiers

  private mutating func readIdentifier(_ field: Field, _ wanted: RowLayout.Wanted) {
    if let ascii = trimmedASCII(field) {
      let bytes = view.buffer(ascii)
      if !layout.missing.contains(bytes) {
        parts.identifiers[wanted.slot].bytes.append(contentsOf: bytes)
      }
    } else if let text = decoder.trimmedText(of: field) {
      if !layout.missing.contains(text) {
        parts.identifiers[wanted.slot].bytes.append(contentsOf: text.utf8)
      }
    } else {
      parts.flaws.add(.undecodable(field, column: wanted.field))
    }
    parts.identifiers[wanted.slot].ends.append(parts.identifiers[wanted.slot].bytes.count)
  }

  /// The trimmed content of a field that needs no decoding; nil for one that does.
  private func trimmedASCII(_ field: Field) -> Range<Int>? {
    guard view.isASCII(field.content) else { return nil }
    if field.isQuoted, view.buffer(field.content).contains(Byte.quote) { return nil }
    var start = field.content.lowerBound
    var end = field.content.upperBound
    while start < end, isASCIISpace(view[start]) { start += 1 }
    while end > start, isASCIISpace(view[end - 1]) { end -= 1 }
    return start..<end
  }
}
