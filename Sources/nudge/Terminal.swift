import Foundation
import Vocabulary

/// Where answers go.
enum StandardOutput {
  /// Writes all of the text, or says why it could not (a full disk, a closed pipe).
  static func write(_ text: String) throws {
    var bytes = Array(text.utf8)[...]
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
