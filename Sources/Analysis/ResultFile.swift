#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import Vocabulary

extension TrialResult {
  /// The version of the format that this program writes and reads.
  public static let formatVersion = 1

  /// The text of `result.json`: sorted keys, null for what is unknown.
  ///
  /// - Throws: `EncodingError` when a number is NaN or infinite. JSON has no such numbers, and a
  ///   result that holds one was made wrongly.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Reads a result that ``json()`` wrote; faults give `file` as their place.
  public init(json: String, file: String) throws(Fault) {
    let data = Data(json.utf8)
    let decoder = JSONDecoder()
    let version: Int
    do {
      version = try decoder.decode(Version.self, from: data).nudge
    } catch {
      throw ResultFault(error).fault(in: file)
    }
    guard version == TrialResult.formatVersion else {
      throw ResultFault.otherVersion(version).fault(in: file)
    }
    do {
      self = try decoder.decode(TrialResult.self, from: data)
    } catch {
      throw ResultFault(error).fault(in: file)
    }
  }

  /// Reads a result file, or the `result.json` of a folder.
  public static func load(_ path: String) throws(Fault) -> TrialResult {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
      return try load(path + "/result.json")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ResultFault.unreadable.fault(in: path)
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ResultFault.notJSON.fault(in: path)
    }
    return try TrialResult(json: text, file: path)
  }

  /// Every version of the format begins with its number, so that it can be told before the rest.
  private struct Version: Decodable {
    var nudge: Int
  }
}

/// What is wrong with a result file.
enum ResultFault: Hashable {
  case unreadable
  case notJSON
  case otherVersion(Int)
  case missing(key: String)
  case unexpected(key: String)

  init(_ error: any Error) {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      self = .missing(key: ResultFault.path(context.codingPath + [key]))
    case .valueNotFound(_, let context), .typeMismatch(_, let context):
      self = .unexpected(key: ResultFault.path(context.codingPath))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      self = .unexpected(key: ResultFault.path(context.codingPath))
    default:
      self = .notJSON
    }
  }

  /// `results[3].p_value`, counted from 0 as in every JSON tool.
  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
  }

  func fault(in file: String) -> Fault {
    Fault(at: SourceLocation(file: file), message)
  }

  private var message: BilingualText {
    switch self {
    case .unreadable:
      BilingualText(
        ja: "結果ファイルを開けません。nudge analyze が書き出した result.json を指定してください。",
        en: "cannot open the result file; give the result.json that nudge analyze wrote.")
    case .notJSON:
      BilingualText(
        ja: "JSON として読めません。ファイルが壊れているか、別の種類のファイルです。"
          + "nudge analyze をもう一度実行してください。",
        en: "this is not JSON: the file is damaged or of another kind. Run nudge analyze again.")
    case .otherVersion(let version):
      BilingualText(
        ja: "結果ファイルの形式は第\(version)版ですが、このプログラムが読めるのは"
          + "第\(TrialResult.formatVersion)版です。nudge analyze をもう一度実行してください。",
        en: "the result has format version \(version), and this program reads version "
          + "\(TrialResult.formatVersion). Run nudge analyze again.")
    case .missing(let key):
      BilingualText(
        ja: "項目 \(key) がありません。結果ファイルが古いか、手で書き換えられています。"
          + "nudge analyze をもう一度実行してください。",
        en: "\(key) is missing: the file is from an older program or was edited. "
          + "Run nudge analyze again.")
    case .unexpected(let key):
      BilingualText(
        ja: "項目 \(key) の値を読めません。結果ファイルが古いか、手で書き換えられています。"
          + "nudge analyze をもう一度実行してください。",
        en: "the value of \(key) cannot be read: the file is from an older program or was edited. "
          + "Run nudge analyze again.")
    }
  }
}
