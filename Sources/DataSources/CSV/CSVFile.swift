import Crypto
public import Vocabulary

/// A comma-separated file, UTF-8 or CP932, read on all cores.
///
/// The format is RFC 4180 with LF, CRLF or CR as line breaks:
/// - The first line that is neither blank nor a comment (`# …`) names the columns. Names are trimmed
///   and must differ; a column without a name is allowed but cannot be asked for.
/// - Quotes enclose a whole field or do not occur; within quotes `""` is a quote, and commas and line
///   breaks are text. Anything else about quotes is a fault, because the rest cannot be read safely.
/// - Every row has as many fields as the header. Lines of spaces only are skipped, except in a file
///   of one column, where they are missing values; a line of commas is a row.
/// - A field that equals a text of `missing` after trimming is missing, quoted or not.
/// - A number is read to the nearest double. Infinity, NaN, hexadecimal and units are faults.
///
/// A file packed by gzip is unpacked first, into a file without a name in `TMPDIR`.
///
/// Only the wanted columns are kept; the rest of the file passes through. Files of 64 MiB and more are
/// memory-mapped: do not truncate such a file while it is being read.
///
/// ```swift
/// let file = CSVFile(path: "trial.csv")
/// let table = try file.table(of: ["arm": .category, "visited": .number])
/// ```
public struct CSVFile: DataSource {
  /// The path as the user typed it.
  public let path: String
  private let encoding: TextEncoding
  let missing: MissingTexts
  let division: Division
  private let mostLevels: Int
  private let opening = Opening()
  private let progress: ReadingProgress?

  /// Names a file; nothing is read yet.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - encoding: found from the bytes unless it is named.
  ///   - missing: texts that mean missing, after trimming spaces.
  ///   - progress: told how far a long reading has come; short ones say nothing.
  public init(
    path: String, encoding: TextEncoding = .auto, missing: [String] = ["", "-"],
    progress: ReadingProgress? = nil
  ) {
    self.init(
      path: path, encoding: encoding, missing: missing, division: Division(), progress: progress)
  }

  /// For tests: the answer must not depend on how the work is divided.
  init(
    path: String, encoding: TextEncoding = .auto, missing: [String] = ["", "-"],
    division: Division, mostLevels: Int = Int(Int32.max), progress: ReadingProgress? = nil
  ) {
    self.progress = progress
    self.path = path
    self.encoding = encoding
    self.missing = MissingTexts(missing)
    self.division = division
    self.mostLevels = mostLevels
  }

  public func description() throws(Faults) -> SourceDescription {
    try withDocument { file, document throws(Faults) in
      SourceDescription(
        name: path.split(separator: "/").last.map(String.init) ?? path,
        sha256: file.file.withView { $0.sha256 }, encoding: document.encoding.name,
        preamble: document.preamble)
    }
  }

  public func columnNames() throws(Faults) -> [String] {
    try withDocument { _, document throws(Faults) in document.names }
  }

  public func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    try withDocument { _, document throws(Faults) in
      let layout = try layout(of: columns, in: document)
      let rows = document.header.rowsStart..<document.view.count
      let assembly = inOrder(
        count: document.chunks.count, onAllCores: division.usesAllCores,
        into: TableAssembly(layout, byteCount: rows.count), progress: chunkProgress(in: document)
      ) { index in
        let chunk = document.chunks[index]
        defer { document.view.release(chunk.range) }
        let start = chunk.firstRecord(in: document.view, rowsStart: rows.lowerBound)
        return (
          chunk, RowParser(document, layout).parts(from: start, to: chunk.range.upperBound)
        )
      } consume: { assembly, part in
        assembly.append(part.1, from: part.0)
      }
      let flaws = assembly.flaws
      if let faults = words(document).faults(flaws, in: document) { throw faults }
      return assembly.table() ?? Table(rowCount: 0, columns: [:] as [ColumnRequest: Column])
    }
  }

  public func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    try withDocument { _, document throws(Faults) in
      let words = words(document)
      let field = column.flatMap { document.names.firstIndex(of: $0) } ?? 0
      let layout = RowLayout([], fieldCount: document.names.count, missing: missing)
      var lines = LineCounter(document.view)
      var locations: [Int: SourceLocation] = [:]
      var position = document.header.rowsStart
      var row = 0
      do throws(BrokenRecord) {
        while locations.count < rows.count {
          position = layout.afterBlankLines(at: position, in: document.view)
          guard position < document.view.count else { break }
          let fields = try document.view.record(at: position)
          if rows.contains(row), let found = fields.dropFirst(field).first ?? fields.first {
            locations[row] = words.location(of: found.start, &lines)
          }
          position = fields.last?.next ?? document.view.count
          row += 1
        }
      } catch {
        throw Faults(words.fault(.broken(error)))
      }
      return locations
    }
  }

  func withDocument<Answer>(
    _ body: (OpenFile, CSVDocument) throws(Faults) -> Answer
  ) throws(Faults) -> Answer {
    let file = try opening.file(at: path, encoding: encoding, division: division)
    let answer = try body(file, file.document)
    do throws(FileProblem) {
      try file.file.checkUnchanged()
    } catch {
      throw Faults(error.fault(path))
    }
    return answer
  }

  /// Tells how many megabytes are read, from the number of chunks.
  func chunkProgress(in document: CSVDocument) -> (@Sendable (Int) -> Void)? {
    let size = document.view.count
    guard let progress, size >= FileBytes.mappingThreshold else { return nil }
    let chunk = division.chunkSize
    return { progress(min($0 * chunk, size) >> 20, size >> 20) }
  }

  private func layout(
    of columns: Set<ColumnRequest>, in document: CSVDocument
  ) throws(Faults) -> RowLayout {
    var wanted: [(field: Int, request: ColumnRequest)] = []
    var unknown: Set<String> = []
    for request in columns {
      if !request.name.isEmpty, let field = document.names.firstIndex(of: request.name) {
        wanted.append((field, request))
      } else {
        unknown.insert(request.name)
      }
    }
    let faults = unknown.sorted().map { name in
      words(document).fault(
        .unknownColumn(name, names: document.names, header: document.header.start))
    }
    if let faults = Faults(faults) { throw faults }
    return RowLayout(
      wanted, fieldCount: document.names.count, missing: missing, mostLevels: mostLevels)
  }

  private func words(_ document: CSVDocument) -> FaultWriter {
    FaultWriter(view: document.view, encoding: document.encoding, path: path)
  }
}

/// How many megabytes of a file are read, and of how many; the last call says all.
public typealias ReadingProgress = @Sendable (_ done: Int, _ all: Int) -> Void

extension ByteView {
  /// SHA-256 of the bytes, in hexadecimal.
  fileprivate var sha256: String {
    var hash = SHA256()
    let step = 4 << 20
    for start in stride(from: 0, to: count, by: step) {
      let range = start..<min(start + step, count)
      hash.update(bufferPointer: UnsafeRawBufferPointer(buffer(range)))
      release(range)
    }
    let digits = Array("0123456789abcdef")
    return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
