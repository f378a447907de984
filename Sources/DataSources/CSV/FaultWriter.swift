import Vocabulary

/// Turns places in the bytes into lines and columns, and facts into faults.
struct FaultWriter {
  let view: ByteView
  let encoding: FoundEncoding
  let path: String

  /// The fault for a fact about the whole file or its header.
  func fault(_ fact: CSVFact) -> Fault {
    Fault(at: fact.place.map { location(of: $0) } ?? SourceLocation(file: path), fact.message(self))
  }

  /// The faults for the flaws of the rows: the first twenty and where the others begin.
  func faults(_ flaws: Flaws, in document: CSVDocument) -> Faults? {
    var lines = LineCounter(view)
    var faults = flaws.first.prefix(Flaws.shown).map { flaw in
      let fact = CSVFact(flaw, in: document)
      return Fault(
        at: fact.place.map { location(of: $0, &lines) } ?? SourceLocation(file: path),
        fact.message(self))
    }
    if flaws.count > Flaws.shown, let next = flaws.first.dropFirst(Flaws.shown).first {
      var place = SourceLocation(file: path)
      if let offset = CSVFact(next, in: document).place { place.line = lines.line(of: offset) }
      faults.append(Fault(at: place, CSVFact.more(flaws.count - Flaws.shown).message(self)))
    }
    return Faults(faults)
  }

  /// The text of a field, cut to what fits on a screen.
  func quoted(_ field: Field) -> String {
    let longest = 40
    // Cut before decoding: a field may be megabytes long.
    let range = field.content.prefix(longest * 4)
    let text = TextDecoder(view, encoding).text(of: range) ?? "?"
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > longest ? line.prefix(longest) + "…" : line
  }

  /// The line of a place, counted from 1.
  func line(of offset: Int) -> Int {
    var lines = LineCounter(view)
    return lines.line(of: offset)
  }

  /// The line and the character within it.
  func location(of offset: Int) -> SourceLocation {
    var lines = LineCounter(view)
    return location(of: offset, &lines)
  }

  func location(of offset: Int, _ lines: inout LineCounter) -> SourceLocation {
    let line = lines.line(of: offset)
    let start = view.startOfLine(at: offset)
    let before = TextDecoder(view, encoding).text(of: start..<offset)
    return SourceLocation(file: path, line: line, column: (before?.count ?? offset - start) + 1)
  }
}

/// Counts lines up to ascending places without beginning again.
struct LineCounter {
  private let view: ByteView
  private var position = 0
  private var breaks = 0

  init(_ view: ByteView) {
    self.view = view
  }

  /// The line of a place, counted from 1 as editors count: every LF, CRLF and lone CR ends one.
  mutating func line(of offset: Int) -> Int {
    if offset < position { (position, breaks) = (0, 0) }
    while position < offset {
      if view.endsLine(at: position) { breaks += 1 }
      position += 1
    }
    return breaks + 1
  }
}

extension ByteView {
  /// Where the line of a place begins; behind the byte order mark on the first line.
  func startOfLine(at offset: Int) -> Int {
    var start = offset
    while start > 0, !endsLine(at: start - 1) { start -= 1 }
    return start == 0 && starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : start
  }
}
