import Statistics
import Vocabulary

/// A CSV file that has been looked over: encoding, header and chunks are known, no row is read yet.
struct CSVDocument: Sendable {
  let view: ByteView
  let encoding: FoundEncoding
  let header: Header
  let chunks: [Chunk]
  /// The trimmed names of the columns; an empty name cannot be asked for.
  let names: [String]

  /// Looks over the bytes.
  init(
    _ bytes: ByteView, path: String, encoding wanted: TextEncoding, division: Division
  ) throws(Faults) {
    var view = bytes
    // Old systems end a text file with Ctrl-Z.
    if view[view.count - 1] == 0x1A { view.count -= 1 }
    let words = FaultWriter(view: view, encoding: .utf8, path: path)
    if let kind = ForeignFormat(of: view) { throw Faults(words.fault(.foreign(kind))) }

    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let hasMark = view.starts(with: mark)
    let found: Header?
    do throws(BrokenRecord) {
      found = try Header(of: view, after: hasMark ? mark.count : 0)
    } catch {
      throw Faults(words.fault(.broken(error)))
    }
    guard let header = found else { throw Faults(words.fault(.noHeader)) }

    let ranges = [0..<header.rowsStart] + division.ranges(of: header.rowsStart..<view.count)
    let surveyed = view
    let surveys = inParallel(count: ranges.count, onAllCores: division.usesAllCores) { index in
      defer { surveyed.release(ranges[index]) }
      return Survey(of: ranges[index], in: surveyed)
    }
    if let zero = surveys.lazy.compactMap(\.firstNUL).first {
      throw Faults(words.fault(.zeroByte(at: zero)))
    }
    do throws(EncodingChoice.Problem) {
      encoding = try EncodingChoice(wanted, hasMark: hasMark, surveys: surveys)
        .encoding(of: view, ranges: ranges, onAllCores: division.usesAllCores)
    } catch {
      throw Faults(words.fault(.encoding(error)))
    }

    var beginsInQuotes = false
    var chunks: [Chunk] = []
    for (range, survey) in zip(ranges, surveys).dropFirst() {
      chunks.append(Chunk(range: range, beginsInQuotes: beginsInQuotes))
      beginsInQuotes = beginsInQuotes != survey.hasOddQuotes
    }
    self.chunks = chunks
    self.view = view
    self.header = header
    names = try CSVDocument.names(
      in: header, FaultWriter(view: view, encoding: encoding, path: path))
  }

  /// The comment lines before the header, without the `#`.
  var preamble: [String] {
    let decoder = TextDecoder(view, encoding)
    return header.comments.map { comment in
      let text =
        switch comment {
        case .line(let range):
          decoder.text(of: range) ?? ""
        case .record(let fields):
          fields.map { decoder.trimmedText(of: $0) ?? "" }.joined(separator: ",")
        }
      // Spreadsheets pad every line to the width of the table.
      let padding = text.reversed().prefix { $0 == "," }.count
      return trimmed(String(text.dropLast(padding).dropFirst()))
    }
  }

  private static func names(in header: Header, _ words: FaultWriter) throws(Faults) -> [String] {
    let decoder = TextDecoder(words.view, words.encoding)
    var positions: [String: Int] = [:]
    var names: [String] = []
    var faults: [Fault] = []
    for field in header.names {
      let name = decoder.trimmedText(of: field)
      names.append(name ?? "")
      if name == nil { faults.append(words.fault(.undecodableName(field))) }
      // R and Excel leave names empty: the row names, a column that was cleared.
      guard let name, !name.isEmpty else { continue }
      if let first = positions[name] {
        faults.append(words.fault(.duplicateName(name, first: first, second: names.count, field)))
      } else {
        positions[name] = names.count
      }
    }
    if let faults = Faults(faults) { throw faults }
    return names
  }
}
