import Analysis
import Foundation
import Reporting
import TestSupport
import Testing
import Vocabulary

@Suite("The Excel workbook")
struct ExcelTests {
  private static func book(_ language: Language) throws -> ReadWorkbook {
    try ReadWorkbook.read(Report(Fixture.result, language: language).bytes(as: .excel))
  }

  @Test(
    "sheets in both languages, heads in sight, no formula and no merged cell",
    arguments: Language.allCases)
  func sheets(language: Language) throws {
    let book = try Self.book(language)
    let names =
      language == .japanese
      ? ["概要", "効果", "区分別", "行動の段階", "データの確認", "結果データ"]
      : ["Summary", "Effects", "Groups", "Flow", "Checks", "Results"]
    #expect(book.sheets.map(\.name) == names)
    #expect(book.sheets.allSatisfy { $0.formulas == 0 && $0.merged == 0 && $0.frozen != nil })
    #expect(book.charts == 1)
  }

  @Test("every number of the result table is the result's own")
  func numbers() throws {
    let sheet = try #require(try Self.book(.english).sheets.last)
    let heads = (0..<25).map { sheet.texts["\(Self.letters($0))1"] ?? "" }
    #expect(heads.prefix(3) == ["outcome", "role", "arm"] && heads[8] == "estimate")
    for (place, row) in Fixture.result.everyRow.enumerated() {
      let line = place + 2
      let expected: [(Int, Double?)] = [
        (8, row.estimate), (9, row.stdError), (12, row.pValue), (14, row.confLow),
        (15, row.confHigh), (17, row.nArm.map(Double.init)), (19, row.eventsArm.map(Double.init)),
      ]
      for (column, value) in expected {
        let found = sheet.numbers["\(Self.letters(column))\(line)"]
        switch (found, value) {
        case (nil, nil): break
        case (let found?, let value?): #expect(abs(found - value) <= 1e-15 * abs(value))
        default: Issue.record("row \(line), column \(column)")
        }
      }
      #expect(sheet.texts["C\(line)"] == row.arm)
    }
  }

  /// What a spreadsheet made of everything: a value that it cannot show would stand there as an error.
  @Test(
    "LibreOffice opens it without a single error",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")))
  func libreOffice() throws {
    let folder = try TemporaryFolder()
    try folder.file(
      named: "report.xlsx", bytes: Report(Fixture.result, language: .japanese).bytes(as: .excel))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/soffice")
    process.arguments = [
      "-env:UserInstallation=file://\(folder.url.path)/profile", "--headless", "--convert-to",
      "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir",
      folder.url.path, folder.url.appending(path: "report.xlsx").path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      .filter { $0.hasSuffix(".csv") }
    #expect(files.count == 6, "\(files)")
    for file in files {
      let text = try String(contentsOf: folder.url.appending(path: file), encoding: .utf8)
      for error in ["Err:", "#VALUE!", "#NAME?", "#REF!", "#DIV/0!", "#N/A", "###"] {
        #expect(!text.contains(error), "\(file): \(error)")
      }
    }
  }

  private static func letters(_ column: Int) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return String(letters[letters.index(letters.startIndex, offsetBy: column)])
  }
}
