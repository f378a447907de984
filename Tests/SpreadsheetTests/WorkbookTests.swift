import Foundation
import TestSupport
import Testing

@testable import Spreadsheet

@Suite("Workbooks")
struct WorkbookTests {
  private static func book(_ rows: [[CellValue]], name: String = "表", chart: SheetChart? = nil)
    -> Workbook
  {
    Workbook(
      title: "題", author: "北海道", pageHead: "trial & more",
      sheets: [
        Sheet(
          name, columns: [.text("名", width: 10), .number("値（人）", width: 8)], rows: rows,
          chart: chart)
      ])
  }

  private static func read(_ book: Workbook) throws -> ReadWorkbook {
    try ReadWorkbook.read(book.bytes())
  }

  @Test("a number is that number, whatever it is printed as; one that is none is an empty cell")
  func numbers() throws {
    let values = [0.1, 1.0 / 3, 1e-300, -2.5, 123_456_789.125, 5e-5]
    let styles: [CellStyle] = [
      .count, .percent(decimals: 1), .signedPercent(decimals: 2), .decimal(3), .signed(1), .pValue,
    ]
    var rows: [[CellValue]] = zip(values, styles).map { [.text("x"), .number($0, $1)] }
    rows.append([.text("x"), .number(.nan, .general)])
    rows.append([.text("x"), .optional(.infinity, .general)])
    rows.append([.text("x"), .count(nil)])
    let sheet = try Self.read(Self.book(rows)).sheets[0]
    for (place, value) in values.enumerated() {
      let found = try #require(sheet.numbers["B\(place + 2)"])
      // The library writes sixteen digits.
      #expect(abs(found - value) <= 1e-15 * abs(value))
    }
    #expect(sheet.numbers.count == values.count)
  }

  @Test(
    "texts that try something stay texts",
    arguments: [
      "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<script>alert(1)</script>",
      "\u{202E}逆さ", "👩‍🏫 と 𠮷野家", "a&b\"c'", "", " ", "_x0041_", "{=1}", "http://example.jp", "#REF!",
    ])
  func hostile(text: String) throws {
    let found = try Self.read(Self.book([[.text(text), .blank]]))
    let sheet = found.sheets[0]
    #expect(sheet.formulas == 0 && found.suspicious.isEmpty && sheet.merged == 0)
    let kept = sheet.texts["A2"] ?? ""
    #expect(kept == text || kept == text.trimmingCharacters(in: .whitespaces), "\(kept)")
  }

  @Test("control characters go, a text that is too long is cut and says so")
  func unfit() throws {
    #expect(WorkbookWriter.plain("a\u{0}b\u{1}c\u{FFFE}d\ne") == "abcd\ne")
    let long = String(repeating: "長", count: 40_000)
    let kept = WorkbookWriter.plain(long)
    #expect(kept.utf16.count <= WorkbookWriter.longestText && kept.hasSuffix("…"))
    let emoji = WorkbookWriter.plain(String(repeating: "😀", count: 20_000))
    #expect(emoji.utf16.count <= WorkbookWriter.longestText)
    let found = try Self.read(Self.book([[.text(long), .blank]]))
    #expect(found.sheets[0].texts["A2"]?.count == kept.count)
  }

  @Test("a tab's name is made fit, the head is frozen, a chart is there")
  func sheets() throws {
    let chart = SheetChart(
      title: "来所", categories: 0, values: 1, rows: 0..<2, axis: "率", style: .percent(decimals: 1))
    let book = Self.book(
      [[.text("a"), .number(1, .count)], [.text("b"), .number(2, .count)]],
      name: "a/b:c*[d]?" + String(repeating: "x", count: 40), chart: chart)
    let found = try Self.read(book)
    #expect(found.sheets[0].name == "abcd" + String(repeating: "x", count: 27))
    #expect(found.sheets[0].frozen == "B2" && found.charts == 1)
    #expect(WorkbookWriter.name("?") == "-")
  }

  @Test("two sheets of one name, or a folder that does not exist, are an error and no file")
  func refused() {
    let sheet = Sheet("同じ", columns: [.text("a", width: 5)], rows: [])
    #expect(throws: SpreadsheetError.self) {
      try Workbook(title: "", sheets: [sheet, sheet]).bytes()
    }
  }
}
