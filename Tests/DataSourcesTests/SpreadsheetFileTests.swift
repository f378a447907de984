import Foundation
import Spreadsheet
import Testing
import Vocabulary

@testable import DataSources

@Suite(
  "Workbooks as data",
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/xlsx2csv")))
struct SpreadsheetFileTests {
  private static func workbook(_ rows: [[CellValue]], sheets: [String] = ["名簿"]) throws -> [UInt8] {
    let columns: [SheetColumn] = [
      .text("番号", width: 8), .text("群", width: 8), .number("来所", width: 8), .number("率", width: 8),
    ]
    return try Workbook(
      title: "", sheets: sheets.map { Sheet($0, columns: columns, rows: rows) }
    ).bytes()
  }

  private static let rows: [[CellValue]] = [
    [.text("0012"), .text("現行"), .number(1, .count), .number(0.12345, .percent(decimals: 0))],
    [.text("0013"), .text("社会的, \"声\"\n二行"), .number(0, .count), .number(1e-7, .general)],
    [.text("=1+1"), .text("現行"), .blank, .number(123_456_789.125, .signed(0))],
  ]

  private static func source(
    _ folder: TemporaryFolder, _ rows: [[CellValue]] = rows, sheet: String? = nil,
    sheets: [String] = ["名簿"]
  ) throws -> SpreadsheetFile {
    SpreadsheetFile(
      path: try folder.file(workbook(rows, sheets: sheets), named: "名簿.xlsx"), sheet: sheet)
  }

  @Test("numbers as stored, not as shown; texts keep their zeros; empty is missing")
  func values() throws {
    let folder = try TemporaryFolder()
    let source = try Self.source(folder)
    #expect(try source.columnNames() == ["番号", "群", "来所", "率"])
    let table = try source.table(of: [
      .init("番号", as: .identifier), .init("群", as: .category), .init("来所", as: .number),
      .init("率", as: .number),
    ])
    #expect(try table.numbers("率") == [0.12345, 1e-7, 123_456_789.125])
    let visited = try table.numbers("来所")
    #expect(visited[0] == 1 && visited[1] == 0 && visited[2].isNaN)
    let ids = try table.identifiers("番号")
    #expect(ids[0] == "0012" && ids[2] == "=1+1")
    let groups = try table.categories("群")
    #expect(groups.levels[Int(groups.codes[1])].hasPrefix("社会的, \"声\""))
    let description = try source.description()
    #expect(description.name == "名簿.xlsx" && description.encoding == "xlsx")
    #expect(description.sha256.count == 64)
  }

  @Test("a fault is at the row of the sheet, in the workbook's name")
  func faults() throws {
    let folder = try TemporaryFolder()
    var rows = Self.rows
    rows[1][2] = .text("一")
    let source = try Self.source(folder, rows)
    do {
      _ = try source.table(of: [.init("来所", as: .number)])
      Issue.record("accepted")
    } catch {
      #expect(error.all.count == 1 && error.all[0].location.line == 3)
      #expect(error.all[0].location.file.hasSuffix("名簿.xlsx"))
    }
    let places = try source.locations(ofRows: [2], column: "群")
    #expect(places[2]?.line == 4)
  }

  @Test(
    "another sheet by its name; one that is not there, no workbook at all, and no file are said")
  func sheets() throws {
    let folder = try TemporaryFolder()
    let second = try Self.source(folder, sheet: "二枚目", sheets: ["一枚目", "二枚目"])
    #expect(try second.columnNames().count == 4)
    func message(_ source: SpreadsheetFile) -> String {
      do {
        _ = try source.columnNames()
        return ""
      } catch { return error.all[0].line(in: .english) }
    }
    #expect(message(try Self.source(folder, sheet: "三枚目")).contains("no sheet '三枚目'"))
    let text = try folder.file("id,arm\n1,a\n", named: "text.xlsx")
    #expect(message(SpreadsheetFile(path: text)).contains("cannot be read as a workbook"))
    #expect(message(SpreadsheetFile(path: folder.path + "/none.xlsx")).contains("no such file"))
  }

  @Test("the name decides how a file is read")
  func chosen() {
    #expect(rowsFile(at: "a.XLSX") is SpreadsheetFile && rowsFile(at: "a.csv") is CSVFile)
  }
}
