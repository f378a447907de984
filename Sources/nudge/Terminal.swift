import Foundation
import Reporting
import Vocabulary

/// Where answers go.
enum StandardOutput {
  /// Writes a report; one that is no text needs a file.
  static func write(_ report: Report, as format: ReportFormat) throws {
    guard format.isText || isatty(STDOUT_FILENO) == 0 else {
      throw Fault(
        at: SourceLocation(file: "stdout"),
        BilingualText(
          ja: "\(format.name) は画面に表示できません。--out でファイルを指定してください",
          en: "\(format.name) cannot be shown on a screen; name a file with --out"))
    }
    try write(report.bytes(as: format))
  }

  /// Writes all of the text.
  static func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  /// Writes all of it, or says why it could not (a full disk, a closed pipe).
  static func write(_ whole: [UInt8]) throws {
    var bytes = whole[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        let reason = String(cString: strerror(errno))
        throw CommandFailure(
          Faults(
            Fault(
              at: SourceLocation(file: "stdout"),
              BilingualText(
                ja: "標準出力に書き込めません（\(reason)）", en: "cannot write to standard output (\(reason))")
            )), in: .english)
      }
      bytes = bytes.dropFirst(written)
    }
  }
}

/// Where progress and warnings go.
enum StandardError {
  /// Writes one line; a closed standard error is nobody's loss.
  static func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
