public import Vocabulary

/// What is wrong with a ledger: which event, or the file itself.
public enum LedgerProblem: Hashable, Sendable {
  /// The database is damaged; with what SQLite says.
  case damaged(String)
  /// The events are not numbered 1, 2, 3 …
  case gap(expected: Int, found: Int)
  /// An event's content does not fit its hash.
  case changed(event: Int, kind: LedgerEvent.Kind)
  /// An event does not follow on the one before.
  case brokenChain(event: Int)
  /// The rows of a draw do not fit the hash that its event keeps.
  case rowsChanged(event: Int)
  /// Rows belong to no draw.
  case strayRows(event: Int, count: Int)

  /// In words.
  public var words: BilingualText {
    switch self {
    case .damaged(let reason):
      BilingualText(
        ja: "台帳のファイルが壊れています（\(reason)）", en: "the ledger's file is damaged (\(reason))")
    case .gap(let expected, let found):
      BilingualText(
        ja: "記録\(expected)がなく、記録\(found)が続いています",
        en: "event \(expected) is missing; event \(found) follows")
    case .changed(let event, let kind):
      BilingualText(
        ja: "記録\(event)（\(kind.name.ja)）の内容が書き換えられています",
        en: "event \(event) (\(kind.name.en)) was changed")
    case .brokenChain(let event):
      BilingualText(
        ja: "記録\(event)が、直前の記録につながっていません",
        en: "event \(event) does not follow on the event before it")
    case .rowsChanged(let event):
      BilingualText(
        ja: "記録\(event)で割り付けた単位の一覧が書き換えられています",
        en: "the units drawn by event \(event) were changed")
    case .strayRows(let event, let count):
      BilingualText(
        ja: "どの割付けにも属さない単位が\(count)件あります（記録\(event)）",
        en: "\(count) units belong to no draw (event \(event))")
    }
  }
}

extension LedgerEvent.Kind {
  /// The name for readers.
  public var name: BilingualText {
    switch self {
    case .lock: BilingualText(ja: "計画の確定", en: "lock")
    case .amendment: BilingualText(ja: "計画の変更", en: "amendment")
    case .draw: BilingualText(ja: "割付け", en: "draw")
    case .release: BilingualText(ja: "割付けの開示", en: "release")
    case .reveal: BilingualText(ja: "乱数の種の公開", en: "seed revealed")
    case .look: BilingualText(ja: "群別データの閲覧", en: "look")
    case .deviation: BilingualText(ja: "計画からの逸脱", en: "deviation")
    case .analysis: BilingualText(ja: "分析", en: "analysis")
    }
  }
}
