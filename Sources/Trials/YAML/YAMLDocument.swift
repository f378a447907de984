import Foundation
import Yams

/// From YAML text to values with places; the only file that knows the YAML library.
enum YAMLDocument {
  /// Deeper than any trial; the limit keeps every walk over the values short.
  static let depthLimit = 32

  /// The parser calls itself for every level, up to a thousand of its own limit, each a kilobyte or
  /// two. Worker threads may have less than that, so the parser brings its own stack.
  private static let stackSize = 8 << 20

  /// The value of the only document in a text.
  ///
  /// - Throws: The faults of the text as such: nothing in it can be read before they are mended.
  static func read(_ text: String) throws(SourceText.TextFault) -> Written {
    nonisolated(unsafe) var result: Result<Written, SourceText.TextFault>?
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      do throws(SourceText.TextFault) {
        result = .success(try parse(text))
      } catch {
        result = .failure(error)
      }
      finished.signal()
    }
    thread.stackSize = stackSize
    thread.start()
    finished.wait()
    guard let result else { throw SourceText.TextFault(.unreadable) }
    return try result.get()
  }

  private static func parse(_ text: String) throws(SourceText.TextFault) -> Written {
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    try refuseControlCharacters(in: text)
    if let alias = AliasScan.firstAlias(in: text) {
      throw SourceText.TextFault(.alias(alias.name), at: alias.place)
    }
    text.makeContiguousUTF8()
    let root: Node?
    do {
      // No resolver: the library would match each scalar against seven regular expressions.
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch {
      throw fault(of: error, in: text)
    }
    guard let root else { throw SourceText.TextFault(.emptyFile) }
    let start = Written.Place(line: 1, column: 1)
    let value = try written(root, path: "", depth: 0, elsewhere: start)
    if value.isNothing { throw SourceText.TextFault(.emptyFile) }
    return value
  }

  // MARK: - Values

  private static func written(
    _ node: Node, path: String, depth: Int, elsewhere: Written.Place
  ) throws(SourceText.TextFault) -> Written {
    let place = node.mark.map { Written.Place(line: $0.line, column: $0.column) } ?? elsewhere
    guard depth < depthLimit else { throw SourceText.TextFault(.syntax(.tooDeep), at: place) }
    switch node {
    case .scalar(let scalar):
      let tag = scalar.tag.rawValue
      guard tag.isEmpty || tag == Tag.Name.str.rawValue || tag == Tag.Name.nonSpecific.rawValue
      else { throw SourceText.TextFault(.tag(tag), at: place) }
      let isNothing = scalar.string.isEmpty && scalar.style == .plain
      return Written(
        shape: .text(scalar.string, isPlain: scalar.style == .plain),
        place: isNothing ? elsewhere : place, path: path)
    case .sequence(let sequence):
      var items: [Written] = []
      for (index, item) in sequence.enumerated() {
        items.append(
          try written(item, path: "\(path)[\(index)]", depth: depth + 1, elsewhere: place))
      }
      return Written(shape: .list(items), place: place, path: path)
    case .mapping(let mapping):
      var entries: [Written.Entry] = []
      for (key, value) in mapping {
        let keyPlace = key.mark.map { Written.Place(line: $0.line, column: $0.column) } ?? place
        guard case .scalar(let name) = key else {
          throw SourceText.TextFault(.keyIsNotText, at: keyPlace)
        }
        let inner = path.isEmpty ? name.string : "\(path).\(name.string)"
        entries.append(
          Written.Entry(
            key: name.string, keyPlace: keyPlace,
            value: try written(value, path: inner, depth: depth + 1, elsewhere: keyPlace)))
      }
      return Written(shape: .mapping(entries), place: place, path: path)
    case .alias:
      throw SourceText.TextFault(.syntax(.undefinedAlias), at: place)
    }
  }

  // MARK: - Faults

  private static func refuseControlCharacters(
    in text: String
  ) throws(SourceText.TextFault) {
    var place = Written.Place(line: 1, column: 1)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A:
        place = Written.Place(line: place.line + 1, column: 1)
        continue
      case 0x09, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
        place.column += 1
      default:
        throw SourceText.TextFault(.controlCharacter(scalar.value), at: place)
      }
    }
  }

  private static func fault(of error: any Error, in text: String) -> SourceText.TextFault {
    guard let error = error as? YamlError else {
      return SourceText.TextFault(.syntax(.other("\(error)")))
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      return syntaxFault(problem, at: mark, begunAt: context?.mark, in: text)
    case .composer(_, let problem, let mark, _):
      if problem.contains("another document") {
        return SourceText.TextFault(.severalDocuments, at: place(mark))
      }
      return syntaxFault(problem, at: mark, begunAt: nil, in: text)
    case .duplicatedKeysInMapping(let keys, let context):
      return SourceText.TextFault(.duplicateKey(keys.first ?? ""), at: place(context.mark))
    case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
      .representer(let problem):
      return SourceText.TextFault(.syntax(.other(problem)))
    case .no, .memory, .dataCouldNotBeDecoded:
      return SourceText.TextFault(.syntax(.other("\(error)")))
    }
  }

  private static func place(_ mark: Mark) -> Written.Place {
    Written.Place(line: mark.line, column: mark.column)
  }

  /// `begun` is where the key, list or quotation began that the parser was reading.
  private static func syntaxFault(
    _ problem: String, at mark: Mark, begunAt begun: Mark?, in text: String
  ) -> SourceText.TextFault {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    func line(_ mark: Mark) -> Substring {
      lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
    }
    let found = SyntaxProblem(message: problem, line: line(mark), column: mark.column)
    switch (found, begun) {
    case (.missingColon, .some(let begun)), (.unclosed, .some(let begun)),
      (.reservedLetter, .some(let begun)):
      // The parser notices these late: what has to be mended is where it began.
      let atStart = SyntaxProblem(message: problem, line: line(begun), column: begun.column)
      return SourceText.TextFault(.syntax(atStart), at: place(begun))
    case (.tab, _):
      let column = line(mark).unicodeScalars.prefix { $0 != "\t" }.count + 1
      return SourceText.TextFault(
        .syntax(.tab), at: Written.Place(line: mark.line, column: column))
    default:
      return SourceText.TextFault(.syntax(found), at: place(mark))
    }
  }
}
