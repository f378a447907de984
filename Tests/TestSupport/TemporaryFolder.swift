public import Foundation

/// A folder that disappears with the test that made it.
public final class TemporaryFolder {
  /// Where it is.
  public let url: URL

  /// Makes an empty folder.
  ///
  /// In memory (where the system has such a place) thousands of folders do not wait for a disk.
  public init(inMemory: Bool = false) throws {
    let manager = FileManager.default
    let memory = URL(filePath: "/dev/shm")
    let place =
      inMemory && manager.isWritableFile(atPath: memory.path) ? memory : manager.temporaryDirectory
    url = place.appending(path: "nudge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns where it is.
  @discardableResult
  public func file(named name: String, _ contents: String = "") throws -> URL {
    try file(named: name, bytes: Array(contents.utf8))
  }

  /// Writes a file of raw bytes and returns where it is.
  @discardableResult
  public func file(named name: String, bytes: [UInt8]) throws -> URL {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  /// The names of the files in it.
  public func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }
}
