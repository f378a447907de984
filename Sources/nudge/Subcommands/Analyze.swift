import Analysis
import ArgumentParser
import DataSources
import Enrolment
import Ledger
import Reporting
import Trials
import Vocabulary

struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "効果を推定する / Estimate effects.",
    discussion: """
      --out は result.json、results.csv、report.html、report.xlsx も書きます / also writes these four.
      disclosure: があれば、公表用の一式を publish/ に、秘匿の記録を disclosure.csv に書きます \
      / with disclosure: also a version for publication, and the log of what was hidden.
      """)

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "text | brief | json | csv | markdown")
  var format: ReportFormat = .text

  @Option(help: "結果を書き出すフォルダ / folder for the files")
  var out: String?

  @Option(help: "計画した何回目の分析か（looks があるとき。既定は最後）/ which planned look; the last by default")
  var look: Int?

  @Option(help: "データの代わりに、nudge sql の問合せの結果（CSV） / instead of the data, the answer to nudge sql")
  var moments: String?

  @Option(help: "二度目の問合せの結果（CSV） / the answer to the second query")
  var leverages: String?

  @Option(help: "前に公表した結果（差から少人数が分からないようにする） / what was published before")
  var against: String?

  @Flag(help: "results.csv に BOM を付ける（Excel で直接開く人のために） / byte-order mark for Excel")
  var excel = false

  @Flag(help: "既存のファイルを置き換える / replace files that exist")
  var force = false

  @OptionGroup var words: LanguageOption

  func validate() throws {
    if against != nil, out == nil {
      throw ValidationError("--against は --out と使います / goes with --out")
    }
    if leverages != nil, moments == nil {
      throw ValidationError("--leverages は --moments と使います / goes with --moments")
    }
  }

  func run() throws {
    let report = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let result = try TrialResult.analyzing(
        file, look: look, from: saved(file), engineVersion: Nudge.version,
        progress: ProgressLine.show)
      let report = Report(result, language: words.language)
      let files = try out == nil ? [] : outputs(report) + publication(of: result, file)
      if let out { try OutputFolder(path: out, force: force).write(files) }
      if result.lock != nil { try note(result, files, file) }
      return report
    }
    try words.wordingFaults { try StandardOutput.write(report, as: format) }
    try leaveIfFailed(report)
  }

  /// The sums that stand for the data.
  private func saved(_ file: TrialFile) -> SavedAnswer? {
    moments.map { SavedAnswer(moments: $0, leverages: leverages, columns: file.columns) }
  }

  private func outputs(_ report: Report) throws -> [(name: String, bytes: [UInt8])] {
    // Without the mark Excel takes Japanese for something else; with it R renames the first column.
    let mark: [UInt8] = excel ? [0xEF, 0xBB, 0xBF] : []
    return [
      ("result.json", try report.bytes(as: .json)),
      ("results.csv", mark + (try report.bytes(as: .csv))),
      ("report.html", try report.bytes(as: .html)),
      ("report.xlsx", try report.bytes(as: .excel)),
    ]
  }

  /// The version without small numbers, where the trial asks for one.
  private func publication(
    of result: TrialResult, _ file: TrialFile
  ) throws -> [(name: String, bytes: [UInt8])] {
    let merging = file.trial.disclosure?.smallGroups == .merge ? result.cohortsToMerge() : []
    let whole =
      merging.isEmpty
      ? result
      : try TrialResult.analyzing(
        file, look: look, merging: merging, from: saved(file), engineVersion: Nudge.version)
    let earlier = try against.map(Publication.earlier)
    guard let publication = Publication(of: whole, since: earlier, in: words.language) else {
      if let against { throw Publication.nothingToHide(at: against) }
      return []
    }
    return try outputs(publication.report).map { ("publish/\($0.name)", $0.bytes) }
      + [("disclosure.csv", [0xEF, 0xBB, 0xBF] + Array(publication.log.csv.utf8))]
  }

  /// Before anybody sees a number, the ledger knows that somebody will.
  private func note(
    _ result: TrialResult, _ files: [(name: String, bytes: [UInt8])], _ file: TrialFile
  ) throws {
    let access = AccessParticulars(
      look: look, data: FileRecord(name: result.input.file, sha256: result.input.sha256),
      isRehearsal: file.trial.data.simulated,
      files: files.map {
        FileRecord(
          name: TrialFolder.name(of: "\(out ?? "")/\($0.name)", seenFrom: file),
          sha256: FieldHash.hexadecimal(ofBytes: $0.bytes))
      })
    try TrialRecord.note(.analysis, access, for: file, engineVersion: Nudge.version)
  }

  private func leaveIfFailed(_ report: Report) throws {
    if report.result.checks.contains(where: { $0.status == .fail }) {
      throw CommandFailure(
        checkFailed: words.language == .japanese
          ? "点検に失敗した項目があります。結果を使う前に確かめてください。"
          : "A check failed: look into it before using the result.")
    }
  }
}
