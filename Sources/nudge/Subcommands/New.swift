import ArgumentParser
import Foundation
import Trials
import Vocabulary

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "そのまま動く試験のひな形を作る / Scaffold a trial that runs.",
    discussion: """
      --from で、付属の試験か手元の試験から始められます / begin from a trial in the box or one of your own:
        nudge new my-trial --from experiments/yamanashi-webad
      """)

  @Argument(help: "作るフォルダ / the folder to make")
  var folder: String

  @Option(help: "試験の題名 / the trial's title")
  var title: String?

  @Option(help: "もとにする試験のフォルダ（experiments の中は名前だけでも） / a trial to begin from")
  var from: String?

  @OptionGroup var words: LanguageOption

  func validate() throws {
    if from != nil, title != nil {
      throw ValidationError(
        "--title はひな形に使います。--from では trial.yml の title を書き換えてください / edit the title in the file")
    }
  }

  func run() throws {
    let name = (folder as NSString).lastPathComponent
    let files = try words.wordingFaults {
      let files: [(path: String, contents: String)] =
        if let from {
          try TrialCopy(of: from).files(id: Scaffold.identifier(from: name))
        } else {
          Scaffold.files(id: name, title: title ?? name)
        }
      try OutputFolder(path: folder, force: false).write(
        files.map { (name: $0.path, text: $0.contents) })
      return files
    }
    let next = BilingualText(
      ja: "次に実行してください：", en: "Next:")
    let lines =
      files.map { "\(folder)/\($0.path)" }
      + ["", next[words.language], "  nudge check \(folder)", "  nudge analyze \(folder)"]
    try StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}

/// A trial that another begins from: its file, its data and its KPI rows, without what happened to it.
struct TrialCopy {
  private let file: TrialFile
  private let folder: String

  /// Finds the trial by its path, or by its name among `experiments/` and the published trials there.
  ///
  /// - Throws: ``Vocabulary/Fault`` with the nearest name where there is none; the faults of its file.
  init(of name: String) throws {
    let manager = FileManager.default
    let shelves = ["experiments", "experiments/published"]
    let places = [name] + shelves.map { "\($0)/\(name)" }
    guard let found = places.first(where: { manager.fileExists(atPath: $0 + "/trial.yml") }) else {
      let known = shelves.flatMap { shelf in
        ((try? manager.contentsOfDirectory(atPath: shelf)) ?? [])
          .filter { manager.fileExists(atPath: "\(shelf)/\($0)/trial.yml") }.sorted()
      }
      let near = nearestName(to: name, among: known)
      throw Fault(
        at: SourceLocation(file: name),
        BilingualText(
          ja: "ここに trial.yml がありません。" + (near.map { "「\($0)」の誤りではありませんか。" } ?? "")
            + (known.isEmpty
              ? "試験のフォルダを指定してください。" : "experiments にあるもの：\(known.joined(separator: "、"))"),
          en: "there is no trial.yml here." + (near.map { " Did you mean '\($0)'?" } ?? "")
            + (known.isEmpty
              ? " Name the folder of a trial."
              : " In experiments: \(known.joined(separator: ", "))")))
    }
    folder = found
    file = try TrialFile.load(contentsOf: found)
  }

  /// The files of the new trial; its data stand beside it.
  func files(id: String) throws -> [(path: String, contents: String)] {
    var lines = try String(contentsOfFile: folder + "/trial.yml", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func change(_ place: SourceLocation, _ edit: (String) -> String) {
      guard let line = place.line, lines.indices.contains(line - 1) else { return }
      lines[line - 1] = edit(lines[line - 1])
    }
    change(file.location(of: "trial")) { _ in "trial: \(id)" }
    let kept = file.trial.data.file
    let hasData =
      !file.trial.data.isDatabase && FileManager.default.fileExists(atPath: file.dataPath)
    if hasData {
      for place in lines.indices where lines[place].contains("file: \(kept)") {
        lines[place] = lines[place].replacing("file: \(kept)", with: "file: data.csv")
      }
    }
    var files = [(path: "trial.yml", contents: lines.joined(separator: "\n"))]
    if hasData, let text = try? String(contentsOfFile: file.dataPath, encoding: .utf8) {
      files.append(("data.csv", text))
    }
    if let text = try? String(contentsOfFile: folder + "/kpi.yml", encoding: .utf8) {
      files.append(("kpi.yml", text))
    }
    return files
  }
}
