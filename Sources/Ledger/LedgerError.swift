public import Vocabulary

/// Why a ledger cannot be read or written.
public enum LedgerError: Error, Hashable, Sendable {
  /// There is no ledger at this path.
  case missing
  /// The file is no ledger, or is damaged; with what the database said.
  case unreadable(String)
  /// The system does not let us write.
  case notWritable(String)
  /// Another process held the ledger for too long.
  case busy
  /// The disk is full.
  case noSpace
  /// A unit was drawn before.
  case drawnBefore(String)

  /// The error as a fault of the file.
  public func fault(atPath path: String) -> Fault {
    Fault(at: SourceLocation(file: path), words)
  }

  private var words: BilingualText {
    switch self {
    case .missing:
      BilingualText(
        ja: "台帳がありません。先に nudge lock で計画を確定してください",
        en: "there is no ledger; lock the protocol first with nudge lock")
    case .unreadable(let reason):
      BilingualText(
        ja: "台帳を読めません。壊れているか、nudge の台帳ではありません（\(reason)）",
        en: "the ledger cannot be read: it is damaged, or no ledger of nudge (\(reason))")
    case .notWritable(let reason):
      BilingualText(
        ja: "台帳に書き込めません。権限を確かめてください（\(reason)）",
        en: "the ledger cannot be written; check the permissions (\(reason))")
    case .busy:
      BilingualText(
        ja: "台帳が使用中です。ほかの nudge が終わってから、もう一度実行してください",
        en: "the ledger is in use; run again when the other nudge has finished")
    case .noSpace:
      BilingualText(
        ja: "ディスクに空きがなく、台帳に書き込めません。何も記録されていません",
        en: "the disk is full; nothing was recorded in the ledger")
    case .drawnBefore(let unit):
      BilingualText(
        ja: "「\(unit)」はすでに割付け済みです。二度は割り付けられません",
        en: "'\(unit)' was drawn before and cannot be drawn again")
    }
  }
}
