import Crypto
import Foundation
import Synchronization
public import Vocabulary

/// An Excel workbook's sheet, read through Debian's `xlsx2csv`.
///
/// The converter is a well-kept program of its own, which office machines have from the distribution; Swift has no
/// library that reads xlsx, and a parser of ours would be one more thing to trust. Numbers are taken as they are stored, not as
/// they are shown (10 % is 0.1), dates become 2021-06-01, line breaks within a cell become spaces, so that a line of a
/// fault is a row of the sheet.
///
/// Formulas count with the value that Excel stored. Not for macros or .xls, and not for sheets with a title above the
/// header row: the first row that is not empty names the columns.
public final class SpreadsheetFile: DataSource {
  private let path: String
  private let sheet: String?
  private let missing: [String]
  private let converted = Mutex<URL?>(nil)

  /// Names a workbook; nothing is read yet.
  ///
  /// - Parameters:
  ///   - path: where the workbook is.
  ///   - sheet: the name of the sheet; the first where none is named.
  ///   - missing: texts that mean missing, after trimming spaces.
  public init(path: String, sheet: String? = nil, missing: [String] = ["", "-"]) {
    self.path = path
    self.sheet = sheet
    self.missing = missing
  }

  deinit {
    if let url = converted.withLock({ $0 }) { try? FileManager.default.removeItem(at: url) }
  }

  /// Whether a path names a workbook that can be read in this way.
  public static func isWorkbook(_ path: String) -> Bool { path.lowercased().hasSuffix(".xlsx") }

  public func description() throws(Faults) -> SourceDescription {
    var description = try placed { () throws(Faults) in try csv().description() }
    description.name = path.split(separator: "/").last.map(String.init) ?? path
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    description.sha256 = SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    description.encoding = "xlsx"
    return description
  }

  public func columnNames() throws(Faults) -> [String] {
    try placed { () throws(Faults) in try csv().columnNames() }
  }

  public func table(of columns: Set<ColumnRequest>) throws(Faults) -> Table {
    try placed { () throws(Faults) in try csv().table(of: columns) }
  }

  public func locations(
    ofRows rows: Set<Int>, column: String?
  ) throws(Faults) -> [Int: SourceLocation] {
    try placed { () throws(Faults) in try csv().locations(ofRows: rows, column: column) }
      .mapValues { SourceLocation(file: path, line: $0.line) }
  }

  // MARK: - Conversion

  /// Says faults of the converted file of the workbook: the line is the sheet's row.
  private func placed<Answer>(
    _ work: () throws(Faults) -> Answer
  ) throws(Faults) -> Answer {
    do throws(Faults) {
      return try work()
    } catch {
      let faults = error.all.map { fault in
        Fault(at: SourceLocation(file: path, line: fault.location.line), fault.message)
      }
      throw Faults(faults) ?? error
    }
  }

  private func csv() throws(Faults) -> CSVFile {
    let known = converted.withLock { $0 }
    let url: URL
    if let known {
      url = known
    } else {
      url = try convert()
      converted.withLock { $0 = url }
    }
    return CSVFile(path: url.path, encoding: .utf8, missing: missing)
  }

  private func convert() throws(Faults) -> URL {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Faults(FileProblem.cannotOpen(ENOENT).fault(path))
    }
    let target = FileManager.default.temporaryDirectory
      .appendingPathComponent("nudge-\(UUID().uuidString).csv")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["xlsx2csv", "--no-line-breaks", "--sci-float", "-f", "%Y-%m-%d"]
      + (sheet.map { ["-n", $0] } ?? []) + ["--ignore-formats", "float", "--", path, target.path]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw Faults(SpreadsheetProblem.noConverter.fault(path))
    }
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: target.path) else {
      try? FileManager.default.removeItem(at: target)
      let problem: SpreadsheetProblem =
        process.terminationStatus == 127
        ? .noConverter
        : words.contains("not found") && sheet != nil ? .noSheet(sheet ?? "") : .unreadable
      throw Faults(problem.fault(path))
    }
    return target
  }
}

/// Why a workbook cannot be read.
private enum SpreadsheetProblem {
  case noConverter
  case noSheet(String)
  case unreadable

  func fault(_ path: String) -> Fault { Fault(at: SourceLocation(file: path), message) }

  private var message: BilingualText {
    switch self {
    case .noConverter:
      BilingualText(
        ja: "Excel ファイルを読むには xlsx2csv が必要です（Debian では apt install xlsx2csv）。"
          + "入れられないときは、Excel で「CSV UTF-8」として保存してください。",
        en: "reading a workbook needs xlsx2csv (on Debian: apt install xlsx2csv); "
          + "otherwise save the sheet as 'CSV UTF-8' in Excel")
    case .noSheet(let name):
      BilingualText(
        ja: "シート「\(name)」がありません。", en: "the workbook has no sheet '\(name)'")
    case .unreadable:
      BilingualText(
        ja: "Excel ファイル（.xlsx）として読めません。パスワードが付いていないか、壊れていないかを確かめてください。",
        en: "this cannot be read as a workbook (.xlsx); is it protected by a password, or damaged?")
    }
  }
}

/// A file of rows: a workbook by its name, anything else as CSV.
///
/// - Parameters:
///   - path: where it is.
///   - encoding: of a CSV file.
///   - sheet: of a workbook; the first where none is named.
///   - missing: texts that mean missing.
///   - progress: told how far the reading of a large CSV file has come.
/// - Returns: the source; nothing is read yet.
public func rowsFile(
  at path: String, encoding: TextEncoding = .auto, sheet: String? = nil,
  missing: [String] = ["", "-"], progress: ReadingProgress? = nil
) -> any DataSource {
  SpreadsheetFile.isWorkbook(path)
    ? SpreadsheetFile(path: path, sheet: sheet, missing: missing)
    : CSVFile(path: path, encoding: encoding, missing: missing, progress: progress)
}
