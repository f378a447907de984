import Foundation
import Testing

@testable import Vocabulary

@Suite struct CalendarDateTests {
  @Test(arguments: [
    "令和3年6月1日", "令和３年６月１日", "令和 3年 6月 1日", "㋿3年6月1日", "R3.6.1", "R3/6/1", "R3-6-1",
    "R03.06.01", "r3.6.1", "Ｒ３．６．１", "令3.6.1", "2021-06-01", "2021/6/1", "2021/06/01",
    "2021.6.1", "2021年6月1日", "２０２１年６月１日", "２０２１／６／１", " 2021-06-01 ",
  ])
  func readsTheFirstOfJune2021(text: String) throws {
    #expect(try CalendarDate(parsing: text) == CalendarDate(year: 2021, month: 6, day: 1))
  }

  /// First and last days of the eras (the day of change of 1912 and of 1926 belongs to both eras).
  @Test(arguments: [
    ("明治6年1月1日", "1873-01-01", "明治6年1月1日"), ("明治45年7月29日", "1912-07-29", "明治45年7月29日"),
    ("明治45年7月30日", "1912-07-30", "大正元年7月30日"), ("大正元年7月30日", "1912-07-30", "大正元年7月30日"),
    ("大正15年12月24日", "1926-12-24", "大正15年12月24日"),
    ("大正15年12月25日", "1926-12-25", "昭和元年12月25日"), ("昭和元年12月25日", "1926-12-25", "昭和元年12月25日"),
    ("S64.1.7", "1989-01-07", "昭和64年1月7日"), ("H1.1.8", "1989-01-08", "平成元年1月8日"),
    ("平成31年4月30日", "2019-04-30", "平成31年4月30日"), ("令和元年5月1日", "2019-05-01", "令和元年5月1日"),
    ("R元.5.1", "2019-05-01", "令和元年5月1日"), ("令和6年2月29日", "2024-02-29", "令和6年2月29日"),
  ])
  func knowsTheEras(text: String, iso: String, printed: String) throws {
    let date = try CalendarDate(parsing: text)
    #expect(date.description == iso)
    #expect(date.eraText == printed)
  }

  @Test(arguments: [
    "", "令和", "令和3年", "令和3年6月", "3/6/1", "21/6/1", "2021-6", "2021/6-1", "2021-06-01-01",
    "2021年6/1日",
    "2021年6月1", "20210601", "2021-06-001", "02021-06-01", "令和100年1月1日", "2021--06", "元年5月1日",
    "2021元年",
    "元/5/1", "慶応3年1月1日", "2021-+6-01", "٢٠٢١-06-01", "年月日", "R.6.1", "R3年6月1日月",
    "999999999999999999999-1-1", "2021年6月1日(火)",
  ])
  func refusesOtherForms(text: String) {
    #expect(throws: CalendarDate.ParsingError.notADate(text)) { try CalendarDate(parsing: text) }
  }

  @Test(arguments: [
    "2021-02-29", "2021/13/1", "2021-00-10", "2021-06-00", "令和3年2月29日", "2021-04-31", "0000-01-01",
    "1900-02-29",
  ])
  func refusesDaysThatDoNotExist(text: String) {
    #expect(throws: CalendarDate.ParsingError.noSuchDay(text)) { try CalendarDate(parsing: text) }
  }

  @Test(
    arguments: [
      ("令和0年5月1日", Era.reiwa, nil), ("平成32年4月1日", .heisei, "2020-04-01"),
      ("昭和64年1月8日", .showa, "1989-01-08"), ("令和元年4月30日", .reiwa, "2019-04-30"),
      ("平成31年5月1日", .heisei, "2019-05-01"), ("大正15年12月26日", .taisho, "1926-12-26"),
      ("明治46年1月1日", .meiji, "1913-01-01"), ("昭和元年12月24日", .showa, "1926-12-24"),
    ] as [(String, Era, String?)])
  func refusesDaysOutsideTheEra(text: String, era: Era, meant: String?) throws {
    let date = try meant.map { try CalendarDate(parsing: $0) }
    #expect(throws: CalendarDate.ParsingError.outsideEra(text, era, meant: date)) {
      try CalendarDate(parsing: text)
    }
  }

  @Test(arguments: ["明治5年12月2日", "明治元年1月1日", "M1.9.8"])
  func refusesTheOldCalendar(text: String) {
    #expect(throws: CalendarDate.ParsingError.lunisolar(text)) { try CalendarDate(parsing: text) }
  }

  @Test func saysInWhichEraTheDayIs() {
    let error = #expect(throws: CalendarDate.ParsingError.self) {
      try CalendarDate(parsing: "平成32年4月1日")
    }
    #expect(
      error?.words.ja
        == "「平成32年4月1日」という日はありません。平成は1989年1月8日から平成31年4月30日までです。この日は令和2年4月1日（2020年4月1日）です。")
    #expect(
      error?.words.en
        == "There is no such day as '平成32年4月1日'. 平成 ran from 1989-01-08 to 2019-04-30. "
        + "That day is 令和2年4月1日 (2020-04-01).")
  }

  @Test func printsBothReckonings() throws {
    #expect(try CalendarDate(parsing: "2021-06-01").bothTexts == "令和3年6月1日（2021年6月1日）")
    #expect(try CalendarDate(parsing: "1872-12-31").bothTexts == "1872年12月31日")
    #expect(try CalendarDate(parsing: "0645-07-17").description == "0645-07-17")
  }

  /// Every day of 150 years: what is printed is read back as the same day.
  @Test func everyDayIsReadBack() throws {
    var days = 0
    for year in 1873...2030 {
      for month in 1...12 {
        for day in 1...31 {
          guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
          days += 1
          #expect(try CalendarDate(parsing: date.eraText) == date)
          #expect(try CalendarDate(parsing: date.description) == date)
        }
      }
    }
    // 158 years with 39 leap days: 1876…2028 is 39 multiples of 4, less 1900.
    #expect(days == 158 * 365 + 38)
  }

  @Test func isAnISOTextInJSON() throws {
    let date = try CalendarDate(parsing: "R3.6.1")
    #expect(String(decoding: try JSONEncoder().encode([date]), as: UTF8.self) == #"["2021-06-01"]"#)
    #expect(
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2021-06-01"]"#.utf8)) == [date])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2021-02-30"]"#.utf8))
    }
  }
}
