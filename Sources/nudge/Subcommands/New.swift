import ArgumentParser
import Foundation
import Trials
import Vocabulary

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "そのまま動く試験のひな形を作る / Scaffold a trial that runs.")

  @Argument(help: "作るフォルダ / the folder to make")
  var folder: String

  @Option(help: "試験の題名 / the trial's title")
  var title: String?

  @OptionGroup var words: LanguageOption

  func run() throws {
    let name = (folder as NSString).lastPathComponent
    let files = Scaffold.files(id: name, title: title ?? name)
    try words.wordingFaults {
      try OutputFolder(path: folder, force: false).write(
        files.map { (name: $0.path, text: $0.contents) })
    }
    let next = BilingualText(
      ja: "次に実行してください：", en: "Next:")
    let lines =
      files.map { "\(folder)/\($0.path)" }
      + ["", next[words.language], "  nudge check \(folder)", "  nudge analyze \(folder)"]
    try StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
