import Testing
import Vocabulary

@Suite("Days are counted")
struct CalendarArithmeticTests {
  @Test(
    "days since 1970 and weekdays of known dates",
    arguments: [
      (1970, 1, 1, 0, 3), (1969, 12, 31, -1, 2), (2000, 2, 29, 11016, 1), (2021, 7, 1, 18809, 3),
      (1, 1, 1, -719_162, 0), (9999, 12, 31, 2_932_896, 4), (2026, 11, 28, 20785, 5),
    ])
  func known(year: Int, month: Int, day: Int, number: Int, weekday: Int) throws {
    let date = try #require(CalendarDate(year: year, month: month, day: day))
    #expect(date.dayNumber == number)
    #expect(date.weekday == weekday)
    #expect(CalendarDate(dayNumber: number) == date)
  }

  @Test("every day of four centuries follows the day before")
  func everyDay() throws {
    let first = try #require(CalendarDate(year: 1800, month: 1, day: 1)).dayNumber
    var before = try #require(CalendarDate(dayNumber: first - 1))
    for number in first..<(first + 146_097) {
      let date = try #require(CalendarDate(dayNumber: number))
      if date.day == 1 {
        #expect(date.month == before.month % 12 + 1)
        #expect(date.year == before.year + (date.month == 1 ? 1 : 0))
      } else {
        #expect((date.year, date.month, date.day - 1) == (before.year, before.month, before.day))
      }
      #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
      before = date
    }
  }

  @Test("there is no day before the year 1 or after 9999", arguments: [-719_163, 2_932_897])
  func outside(number: Int) {
    #expect(CalendarDate(dayNumber: number) == nil)
  }
}
