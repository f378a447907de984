public import Foundation

/// The folder of reference values and real trials that stands beside a developer's checkout.
///
/// Tests that read it are skipped where it is absent: it is no part of the project.
public enum SharedFolder {
  /// The repository's root.
  public static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the folder, or nil where there is none.
  public static func file(_ path: String) -> URL? {
    let url = repository.deletingLastPathComponent().appending(path: "shared").appending(path: path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}
