import Foundation

/// A line on standard error that is overwritten while work goes on; nothing where nobody watches.
enum ProgressLine {
  static func show(done: Int, of all: Int) {
    guard isatty(STDERR_FILENO) == 1, all > 0 else { return }
    let width = 40
    let filled = width * done / all
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let line = done < all ? "\r[\(bar)] \(done)/\(all)" : "\r\u{1B}[K"
    FileHandle.standardError.write(Data(line.utf8))
  }
}
