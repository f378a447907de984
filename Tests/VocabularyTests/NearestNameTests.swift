import Testing

@testable import Vocabulary

@Suite struct NearestNameTests {
  @Test(
    arguments: [
      ("lim", "lin"), ("iln", "lin"), ("Holm", "holm"), ("hol", "holm"),
      ("bonferoni", "bonferroni"),
      ("outcome", "outcomes"), ("来所", "来所日"), ("", nil), ("xyz", nil), ("hochbreg", "hochberg"),
    ] as [(String, String?)])
  func offersTheNameThatWasMeant(typed: String, meant: String?) {
    let accepted = ["lin", "holm", "hochberg", "bonferroni", "outcomes", "来所日"]
    #expect(nearestName(to: typed, among: accepted) == meant)
  }

  @Test func breaksTiesByName() {
    #expect(nearestName(to: "cat", among: ["hat", "bat"]) == "bat")
  }

  @Test func isInstantForAbsurdlyLongNames() {
    let long = String(repeating: "a", count: 100_000)
    #expect(nearestName(to: long, among: ["lin", "holm"]) == nil)
    #expect(nearestName(to: "", among: []) == nil)
  }
}
