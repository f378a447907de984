import Testing
import Vocabulary

@testable import Trials

/// What the format names and this version does not do is never ignored.
@Suite struct LaterFeatureTests {
  @Test(arguments: [
    ("file: data.csv", "file: 結果.XLS", "32:14", "結果.XLS")
  ])
  func saysThatItIsNotThereYet(old: String, new: String, place: String, name: String) throws {
    let yaml = changed(old, new)
    let english = faultLines(yaml)
    #expect(english.count == 1)
    let start = "trial.yml:\(place): '\(name)' is known, but not available in this version. "
    let line = try #require(english.first)
    #expect(line.hasPrefix(start))
    // A remedy follows.
    #expect(line.count > start.count)
    let japanese = try #require(faultLines(yaml, .japanese).first)
    #expect(japanese.hasPrefix("trial.yml:\(place): 「\(name)」は、この版ではまだ使えません。"))
  }
}
