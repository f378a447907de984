import Testing

@testable import Vocabulary

@Suite struct DisplayWidthTests {
  /// Widths counted by hand: full-width letters 2, half-width 1, combining and control 0.
  @Test(arguments: [
    ("", 0), ("abc", 3), ("来所", 4), ("ｶﾞｲﾄﾞ", 5), ("ガイド", 6), ("か\u{3099}", 2), ("é", 1),
    ("e\u{301}", 1), ("１２３", 6), ("（100人）", 9), ("①○△→", 4), ("。「」", 6), ("😀", 2), ("👨‍👩‍👧", 2),
    ("🇯🇵", 2), ("👍🏽", 2), ("髙𠮷", 4), ("邉\u{E0100}", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("a\tb", 2), ("\u{200B}", 0), ("〜～", 4), ("−▲", 2), ("　", 2), ("￥¥", 3), ("㋿", 2),
  ])
  func counts(text: String, width: Int) {
    #expect(displayWidth(of: text) == width)
  }
}
