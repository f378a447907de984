import Testing
import Vocabulary

@Suite("Fiscal years")
struct FiscalYearTests {
  @Test(
    "every way to write one",
    arguments: [
      ("令和2年度", 2020), ("令和元年度", 2019), ("R2", 2020), ("Ｒ２年度", 2020), ("平成31年度", 2019),
      ("H30", 2018), ("2020年度", 2020), ("2020", 2020), ("令和 3 年度", 2021), ("昭和63年度", 1988),
    ])
  func read(text: String, year: Int) {
    #expect(FiscalYear(text)?.year == year)
  }

  @Test(
    "anything else is none",
    arguments: ["", "R", "令和", "令和0年度", "20", "R2a", "令和02年度", "-1", "二年度"])
  func refused(text: String) {
    #expect(FiscalYear(text) == nil)
  }

  @Test("a day in March belongs to the year before; both reckonings are printed")
  func days() throws {
    #expect(FiscalYear(of: try CalendarDate(parsing: "2021-03-31")) == FiscalYear(year: 2020))
    #expect(FiscalYear(of: try CalendarDate(parsing: "2021-04-01")) == FiscalYear(year: 2021))
    #expect(FiscalYear(year: 2021).text(in: .japanese) == "令和3年度（2021年度）")
    #expect(FiscalYear(year: 2019).text(in: .japanese) == "令和元年度（2019年度）")
    #expect(FiscalYear(year: 2018).eraText == "平成30年度")
    #expect(FiscalYear(year: 2021).text(in: .english) == "FY2021")
    #expect(FiscalYear(year: 2019) < FiscalYear(year: 2020))
  }
}
