import Vocabulary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file was not written.
public enum WriteProblem: Error, Hashable, Sendable {
  /// There is a file already, and nobody said that it may go.
  case exists
  /// A folder or a device.
  case notARegularFile
  /// The operating system refused, with this `errno`.
  case refused(Int32)

  /// The fault in words.
  func fault(_ path: String) -> Fault {
    Fault(at: SourceLocation(file: path), message)
  }

  private var message: BilingualText {
    switch self {
    case .exists:
      BilingualText(
        ja: "ファイルがすでにあります。置き換えるには --force を付けてください。",
        en: "the file exists already; add --force to replace it")
    case .notARegularFile:
      BilingualText(
        ja: "フォルダーまたは装置です。ファイル名を指定してください。", en: "this is a folder or a device; name a file")
    case .refused(ENOSPC), .refused(EDQUOT):
      BilingualText(ja: "ディスクの空きが足りません。", en: "the disk is full")
    case .refused(EACCES), .refused(EPERM), .refused(EROFS):
      BilingualText(ja: "書き込む権限がありません。", en: "no permission to write here")
    case .refused(ENOENT):
      BilingualText(ja: "保存先のフォルダーがありません。", en: "there is no such folder")
    case .refused(let code):
      BilingualText(
        ja: "書き込めません（\(systemMessage(code))）。", en: "cannot be written: \(systemMessage(code))")
    }
  }
}
