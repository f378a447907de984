import Vocabulary

/// Writes rows as RFC 4180: commas, CRLF, quotes where they are needed.
public struct CSVWriter: Sendable {
  /// Against formulas hidden in texts that others wrote.
  public enum FormulaGuard: Hashable, Sendable {
    /// Texts are written as they are, so that reading them back gives the same.
    case off
    /// A text that a spreadsheet would take for a formula gets an apostrophe in front, unless it is a
    /// number or a single character, such as the `-` of an empty cell. See OWASP, "CSV Injection".
    case on
  }

  private let formulaGuard: FormulaGuard
  private var bytes: [UInt8]

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - byteOrderMark: whether Excel, opening the file by a double click, is to see that it is UTF-8.
  ///   - formulaGuard: whether texts that look like formulas are defused.
  public init(byteOrderMark: Bool = false, formulaGuard: FormulaGuard = .off) {
    bytes = byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    self.formulaGuard = formulaGuard
  }

  /// The file so far, in UTF-8.
  public var content: [UInt8] { bytes }

  /// Adds a row; nil is an empty field.
  public mutating func append(_ row: [String?]) {
    for (index, field) in row.enumerated() {
      if index > 0 { bytes.append(Byte.comma) }
      append(guarded(field ?? ""), isAlone: row.count == 1)
    }
    bytes += [Byte.carriageReturn, Byte.lineFeed]
  }

  private mutating func append(_ field: String, isAlone: Bool) {
    let utf8 = field.utf8
    // An empty line may be taken for no row.
    let needsQuotes =
      (utf8.isEmpty && isAlone)
      || utf8.contains {
        [Byte.quote, Byte.comma, Byte.lineFeed, Byte.carriageReturn].contains($0)
      }
    guard needsQuotes else {
      bytes.append(contentsOf: utf8)
      return
    }
    bytes.append(Byte.quote)
    for byte in utf8 {
      if byte == Byte.quote { bytes.append(Byte.quote) }
      bytes.append(byte)
    }
    bytes.append(Byte.quote)
  }

  private func guarded(_ field: String) -> String {
    guard formulaGuard == .on, field.unicodeScalars.count > 1,
      let first = field.unicodeScalars.first,
      ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"].contains(first),
      DecimalText.parse(trimmed(field)) == nil
    else { return field }
    return "'" + field
  }
}
