import Foundation
import Testing
import Vocabulary

@testable import Trials

/// Files made to hurt, or broken by accident: each ends in a fault, at once.
@Suite struct HostileInputTests {
  static let time = Duration.seconds(20)

  static func lines(_ range: Range<Int>, _ line: (Int) -> String) -> String {
    range.map(line).joined(separator: "\n")
  }

  /// Ten lists of ten references to the list before: 10¹⁰ values when written out.
  static let valueBomb: String = {
    let levels = lines(1..<11) { level in
      let alias = "*a\(level - 1)"
      return "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ","))]"
    }
    return "a0: &a0 [x]\n" + levels
  }()

  /// The same as a key, which the parser itself would compare and walk.
  static let keyBomb: String = valueBomb + "\n? *a10\n: x"

  static let nested: [String] = [
    String(repeating: "[", count: 1_000_000),
    String(repeating: "{a: ", count: 200_000),
    String(repeating: "- ", count: 500_000),
    String(repeating: "? ", count: 500_000),
    lines(0..<1400) { String(repeating: " ", count: $0) + "a:" },
    String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
  ]

  /// A mebibyte of the costliest sorts of YAML.
  static let large: [String] = [
    lines(0..<80_000) { "k\($0): v" },
    "arms:\n" + lines(0..<60_000) { "- {id: a\($0)}" },
    "insights:\n" + lines(0..<18_000) { "- {id: i\($0), barrier: b}" }
      + "\narms:\n- addresses:\n" + lines(0..<40_000) { "  - x\($0)" },
    "owner: " + String(repeating: "あ", count: 340_000),
    String(repeating: "a", count: 1_000_000) + ": 1",
    String(repeating: "&a ", count: 300_000),
    String(repeating: "\n", count: 1_000_000) + "a",
    "x: [" + String(repeating: ",", count: 100) + "]",
  ]

  static let refused = "cannot be used here: anchors and aliases are not accepted."

  @Test func refusesBombs() throws {
    for bomb in [HostileInputTests.valueBomb, HostileInputTests.keyBomb] {
      let lines = faultLines(bomb)
      #expect(lines.count == 1)
      #expect(try #require(lines.first).contains(HostileInputTests.refused))
    }
  }

  @Test(arguments: nested.indices)
  func refusesDeepNesting(index: Int) throws {
    let text = HostileInputTests.nested[index]
    let elapsed = try ContinuousClock().measure {
      let lines = faultLines(text)
      #expect(lines.count == 1)
      let line = try #require(lines.first)
      #expect(line.hasSuffix("Values are nested too deeply (the limit is 32)."))
    }
    #expect(elapsed < HostileInputTests.time)
  }

  /// Nor does the depth matter to a thread with little room, such as those of a server.
  @Test func needsNoLargeStack() {
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      for text in HostileInputTests.nested { _ = faultLines(text) }
      finished.signal()
    }
    thread.stackSize = 128 << 10
    thread.start()
    #expect(finished.wait(timeout: .now() + 60) == .success)
  }

  @Test(arguments: large.indices)
  func staysQuickOnLargeFiles(index: Int) {
    let text = HostileInputTests.large[index]
    #expect(text.utf8.count <= SourceText.sizeLimit)
    let elapsed = ContinuousClock().measure { #expect(!faultLines(text).isEmpty) }
    #expect(elapsed < HostileInputTests.time)
  }

  @Test func refusesMoreThanAMebibyte() {
    let text = "owner: " + String(repeating: "a", count: 10_000_000)
    #expect(
      faultLines(text) == [
        "trial.yml: The file is larger than 1 MiB. Is it the data rather than the trial file?"
      ])
  }

  @Test func stopsAtTwoHundredFaults() {
    let text = (0..<1000).map { "k\($0): v" }.joined(separator: "\n")
    #expect(faultLines(text).count == 200)
  }

  /// 5,000 copies of a valid file, each with a few bytes changed: a trial or a fault, never a crash.
  @Test func survivesDamage() {
    var generator = Xorshift(state: 20_210_601)
    let pieces = [
      "{", "}", "[", "]", ":", ": ", "- ", "\n", "  ", "\t", "'", "\"", "|", ">", "&a ", "*a ",
      "!!map ",
      "#", "? ", "%", "@", "---\n", "...", "0", "1e999", "-1", "9999999999999999999", "　", "：",
      "令和0年",
      "\u{0}", "\u{FEFF}", "😀", ",", "~", "null", "true", "all", "<<: ", "\\", "\r", "\u{85}",
    ].map { Array($0.utf8) }
    let original = Array(validTrial.utf8)
    var decoded = 0
    var refused = 0
    for _ in 0..<5_000 {
      var bytes = original
      for _ in 0...Int(generator.next() % 4) {
        let place = Int(generator.next() % UInt64(bytes.count))
        let end = min(bytes.count, place + Int(generator.next() % 12))
        let piece = pieces[Int(generator.next() % UInt64(pieces.count))]
        switch generator.next() % 4 {
        case 0: bytes.insert(contentsOf: piece, at: place)
        case 1: bytes.replaceSubrange(place..<end, with: piece)
        case 2: bytes.removeSubrange(place..<end)
        default: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        }
      }
      do {
        _ = try TrialFile.decode(bytes: bytes, file: "trial.yml")
        decoded += 1
      } catch {
        refused += 1
        #expect(error.all.allSatisfy { !$0.message.ja.isEmpty && !$0.message.en.isEmpty })
      }
    }
    #expect(decoded > 0 && refused > 0)
  }
}

/// A small seeded generator, so that a failure can be repeated (Marsaglia's xorshift64).
struct Xorshift: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
