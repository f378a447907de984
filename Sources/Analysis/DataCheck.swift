import DataSources
import FoundationEssentials
public import Trials
public import Vocabulary

/// What `nudge check` says once it found no fault.
public enum DataCheck: Hashable, Sendable {
  /// The definition is sound, and the data can be analysed.
  case ready(file: String, rows: Int, units: Int)
  /// The definition is sound; the data are not there yet.
  case noDataYet(file: String)

  /// Checks the data of a trial, if they are there.
  ///
  /// - Throws: ``Vocabulary/Faults`` with every fault found.
  public static func run(on file: TrialFile) throws -> DataCheck {
    let (trial, source) = file.trial.observed(in: file.data)
    guard file.trial.data.isOnServer || FileManager.default.fileExists(atPath: file.dataPath)
    else {
      return .noDataYet(file: file.dataPath)
    }
    let observations = try TrialAnalysis(of: trial)
      .observations(from: source, definedIn: file)
    return .ready(
      file: file.dataPath, rows: observations.rows,
      units: observations.units.values.reduce(0, +))
  }

  /// The answer in words.
  public var words: BilingualText {
    switch self {
    case .ready(let file, let rows, let units):
      BilingualText(
        ja: "問題は見つかりませんでした（\(file)：\(rows)行、\(units)単位）。",
        en: "No fault found (\(file): \(rows) rows, \(units) units).")
    case .noDataYet(let file):
      BilingualText(
        ja: "定義に問題は見つかりませんでした。データ（\(file)）はまだありません。",
        en: "No fault found in the definition. The data (\(file)) are not there yet.")
    }
  }
}
