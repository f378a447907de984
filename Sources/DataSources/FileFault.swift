import Vocabulary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileProblem {
  /// The fault in words.
  func fault(_ path: String) -> Fault {
    Fault(at: SourceLocation(file: path), message)
  }

  private var message: BilingualText {
    switch self {
    case .cannotOpen(ENOENT):
      BilingualText(ja: "ファイルがありません。", en: "there is no such file")
    case .cannotOpen(EACCES), .cannotOpen(EPERM):
      BilingualText(ja: "ファイルを開く権限がありません。", en: "no permission to open the file")
    case .cannotOpen(let code):
      BilingualText(
        ja: "ファイルを開けません（\(systemMessage(code))）。",
        en: "the file cannot be opened: \(systemMessage(code))")
    case .isDirectory:
      BilingualText(
        ja: "フォルダーです。CSV ファイルを指定してください。", en: "this is a folder; name a CSV file")
    case .isNotRegular:
      BilingualText(
        ja: "通常のファイルではありません。データは複数回読むため、いったんファイルに保存してください。",
        en: "not a regular file; the data are read more than once, so save them to a file first")
    case .empty:
      BilingualText(ja: "ファイルが空です。", en: "the file is empty")
    case .damagedArchive:
      BilingualText(
        ja: "gzip の圧縮ファイルが途中で切れているか、壊れています。もう一度ダウンロードするか、圧縮し直してください。",
        en: "the gzip file ends too early or is damaged; fetch or pack it again")
    case .cannotUnpack(let code):
      BilingualText(
        ja: "圧縮ファイルを広げる場所がありません（\(systemMessage(code))）。空きのあるフォルダーを TMPDIR に指定してください。",
        en: "the file cannot be unpacked: \(systemMessage(code)); name a folder with room in TMPDIR"
      )
    case .changedWhileReading:
      BilingualText(
        ja: "読み込み中にファイルが変更されました。もう一度実行してください。",
        en: "the file was changed while it was being read; run again")
    }
  }
}

/// What the operating system says about an error number.
func systemMessage(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "errno \(code)"
}
