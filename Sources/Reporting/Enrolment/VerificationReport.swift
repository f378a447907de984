public import Enrolment
import Ledger
public import Vocabulary

/// The check of a folder in words for a terminal.
public struct VerificationReport: Sendable {
  private let verification: FolderVerification
  private let language: Language

  /// Makes the report.
  public init(_ verification: FolderVerification, language: Language) {
    self.verification = verification
    self.language = language
  }

  /// One line a finding, then the answer, at most 80 columns wide.
  public var text: String {
    var lines = verification.findings.flatMap { finding in
      let mark =
        switch finding.status {
        case .sound: "○"
        case .broken: "×"
        case .open: "－"
        }
      return TextLines.wrapped("\(mark) \(finding.words[language])", width: 80)
    }
    lines.append("")
    lines.append(
      verification.isSound
        ? language.say(ja: "改変は見つかりませんでした。", en: "No change was found.")
        : language.say(
          ja: "「×」の項目が、記録と一致しません。", en: "What is marked × does not agree with the record."))
    if let head = verification.head {
      lines.append(language.say(ja: "台帳の末尾：", en: "Last event: ") + "\(head.sequence)")
      lines.append("  \(head.hash)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
