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
  private var fieldsInRow = 0
  private var rowStart: Int

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - byteOrderMark: whether Excel, opening the file by a double click, is to see that it is UTF-8.
  ///   - formulaGuard: whether texts that look like formulas are defused.
  public init(byteOrderMark: Bool = false, formulaGuard: FormulaGuard = .off) {
    bytes = byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    rowStart = bytes.count
    self.formulaGuard = formulaGuard
  }

  /// The file so far, in UTF-8.
  public var content: [UInt8] { bytes }

  /// Adds a row; nil is an empty field.
  public mutating func append(_ row: [String?]) {
    for field in row { self.field(field ?? "") }
    endRow()
  }

  /// Adds a field to the row that is being written.
  public mutating func field(_ text: String) {
    beginField()
    let text = formulaGuard == .on ? guarded(text) : text
    let needsQuotes = text.utf8.contains {
      $0 == Byte.quote || $0 == Byte.comma || $0 == Byte.lineFeed || $0 == Byte.carriageReturn
    }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(Byte.quote)
    for byte in text.utf8 {
      if byte == Byte.quote { bytes.append(Byte.quote) }
      bytes.append(byte)
    }
    bytes.append(Byte.quote)
  }

  /// Adds a whole number to the row that is being written.
  public mutating func field(_ number: Int) {
    beginField()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Ends the row that is being written.
  public mutating func endRow() {
    // An empty line may be taken for no row.
    if fieldsInRow == 1, bytes.count == rowStart { bytes += [Byte.quote, Byte.quote] }
    bytes.append(Byte.carriageReturn)
    bytes.append(Byte.lineFeed)
    fieldsInRow = 0
    rowStart = bytes.count
  }

  private mutating func beginField() {
    if fieldsInRow > 0 { bytes.append(Byte.comma) }
    fieldsInRow += 1
  }

  private func guarded(_ field: String) -> String {
    guard field.unicodeScalars.count > 1,
      let first = field.unicodeScalars.first,
      ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"].contains(first),
      DecimalText.parse(trimmed(field)) == nil
    else { return field }
    return "'" + field
  }
}
