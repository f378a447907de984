import Foundation

/// A workbook as a value; ``bytes()`` makes the file that Excel and LibreOffice open.
///
/// Every sheet prints on A4, its head on every page and as wide as the page; the head stays in sight when the sheet
/// is scrolled. There are no merged cells and no formulas: a text that begins like one stays a text.
public struct Workbook: Hashable, Sendable {
  /// What the file is called in its properties.
  public var title: String
  /// Who answers for it.
  public var author: String
  /// What stands on top of every printed page.
  public var pageHead: String
  /// The sheets, in their order.
  public var sheets: [Sheet]

  /// Makes a workbook.
  public init(title: String, author: String = "", pageHead: String = "", sheets: [Sheet]) {
    self.title = title
    self.author = author
    self.pageHead = pageHead
    self.sheets = sheets
  }

  /// The file.
  ///
  /// - Throws: ``SpreadsheetError`` where a temporary file cannot be written.
  public func bytes() throws(SpreadsheetError) -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appendingPathComponent("nudge-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try WorkbookWriter(path: path, temporaryFolder: folder.path)
    writer.describe(title: title, author: author)
    for sheet in sheets { try writer.add(sheet, pageHead: pageHead) }
    try writer.close()
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SpreadsheetError(reason: "the temporary file is gone")
    }
    return Array(data)
  }
}

/// The file could not be made.
public struct SpreadsheetError: Error, Hashable, Sendable {
  /// What libxlsxwriter, or the system, says.
  public let reason: String
}
