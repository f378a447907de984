import Testing
import Vocabulary

@Suite("Codes of municipalities")
struct MunicipalityCodeTests {
  // Published codes; 鳥取, 栃木 and 神戸 are those whose rest is 1 (check digit 0), 横浜 … 3.
  @Test(
    "published codes check",
    arguments: [
      "010006", "011002", "012025", "190004", "281000", "310000", "090000", "100005", "102059",
      "151009", "280003", "390003", "130001", "141003",
    ])
  func published(code: String) {
    #expect(MunicipalityCode(code)?.description == code)
    #expect(MunicipalityCode(String(code.prefix(5)))?.description == code)
    let last = code.last == "9" ? "0" : "9"
    #expect(MunicipalityCode(code.prefix(5) + last) == nil)
  }

  @Test("full-width digits read, a lost zero and other texts do not")
  func others() {
    #expect(MunicipalityCode("０１１００２")?.description == "011002")
    #expect(MunicipalityCode(" 01100 ")?.prefecture == 1)
    for text in ["", "1100", "11002", "0110022", "札幌市", "01-100", "01100a", "-11002"] {
      #expect(MunicipalityCode(text) == nil || text == "11002", "\(text)")
    }
    // 11002 has five digits: a code that lost its zero in Excel looks like another prefecture's.
    #expect(MunicipalityCode("11002")?.description == "110027")
  }
}
