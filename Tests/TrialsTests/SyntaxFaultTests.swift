import Testing
import Vocabulary

@testable import Trials

/// Files that are not YAML, or not of the kind that a trial needs.
@Suite struct SyntaxFaultTests {
  static let fits = "The indentation does not fit. Lines of one level begin in the same column."

  @Test(arguments: [
    FaultyChange("    name: 同世代", "\t\tname: 同世代", "11:1: There is a tab. Indent with spaces."),
    FaultyChange(
      "    channel: mail", "  \tchannel: mail", "14:3: There is a tab. Indent with spaces."),
    FaultyChange(
      "owner: 北海道", "　owner: a",
      "4:1: The line is indented with full-width spaces. Use half-width ones."),
    FaultyChange(
      "owner: 北海道", "owner：北海道",
      "4:1: There is a full-width colon '：'. Write ': ' in half-width letters."),
    FaultyChange("owner: 北海道", "owner", "4:1: There is no ': ' after the key."),
    FaultyChange("owner: 北海道", " owner: a", "4:2: \(fits)"),
    FaultyChange(
      "owner: 北海道", "owner: [a", "4:8: '[' is not closed, or a comma is missing."),
    FaultyChange(
      "owner: 北海道", "owner: {ja: a", "4:8: '{' is not closed, or a comma is missing."),
    FaultyChange("owner: 北海道", "owner: 'a", "4:8: A quotation mark is not closed."),
    FaultyChange(
      "owner: 北海道", "owner: a: b",
      "4:9: A ':' cannot stand here. Align the line with the one above, "
        + "or put the value in quotation marks if ': ' belongs to it."),
    FaultyChange(
      "owner: 北海道", "owner: @x",
      "4:8: A value that begins with '@' must stand in quotation marks."),
    FaultyChange(
      "owner: 北海道", "owner: `x`",
      "4:8: A value that begins with '`' must stand in quotation marks."),
    FaultyChange(
      "owner: 北海道", "owner: *me",
      "4:8: A value that begins with '*' must stand in quotation marks."),
    FaultyChange(
      "owner: 北海道", "owner: * 注意",
      "4:8: A value that begins with '*' must stand in quotation marks."),
    FaultyChange(
      "owner: 北海道", "owner: \"\\q\"",
      "4:9: The '\\' is not followed by a letter that it can stand before. "
        + "Use ' instead of \" to write it as it is."),
    FaultyChange("owner: 北海道", "trial: a", "2:1: The key 'trial' is written twice. Keep one."),
    FaultyChange("owner: 北海道", "? [a]\n: b", "4:3: A key must be a text."),
    FaultyChange(
      "owner: 北海道", "owner: !!int 3",
      "4:8: The YAML tag 'tag:yaml.org,2002:int' is not accepted. Delete it."),
    FaultyChange(
      "owner: 北海道", "owner: a\u{0}b",
      "4:9: There is an invisible control character (U+0000). Delete it."),
    FaultyChange(
      "owner: 北海道", "owner: a\u{FEFF}",
      "4:9: There is an invisible control character (U+FEFF). Delete it."),
    FaultyChange(
      "owner: 北海道", "---\nowner: x",
      "4:1: A second document begins here ('---'). Write one trial in one file."),
    FaultyChange(
      "owner: 北海道", "owner: &me 北海道\nx: *me",
      "5:4: The alias '*me' cannot be used here: anchors and aliases are not accepted. "
        + "Write the value out in full."),
  ])
  func saysWhatToMend(change: FaultyChange) {
    #expect(faultLines(changed(change.old, change.new)) == change.lines)
  }

  @Test(arguments: ["", " \n", "# 何もない\n", "---\n", "~", "\u{FEFF}"])
  func saysThatTheFileIsEmpty(text: String) {
    #expect(
      faultLines(text) == [
        "trial.yml: The file is empty. 'nudge new FOLDER' makes one from a template."
      ])
  }

  /// YAML's own signs inside a message are letters like any other.
  @Test func leavesMessagesAlone() throws {
    let message = "R&D *注* 50%【締切】: 6/1 {A} [B] 'x' \"y\" # ！ &amp; *x @"
    let trial = try Trial.decode(
      yaml: changed("同じ世代の方が先月も相談を始めています。", message), file: "trial.yml")
    #expect(trial.treatments.first?.message == BilingualText(message))
  }
}
