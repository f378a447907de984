import DataSources
import Foundation
import Vocabulary

/// A folder that receives several files: all of them, or none.
struct OutputFolder {
  let path: String
  /// Whether files that are there already may be replaced.
  let force: Bool

  /// Writes the files.
  ///
  /// - Throws: ``Vocabulary/Faults`` naming every file that would be overwritten, or what the system
  ///   refused; new files of this call are taken away again.
  func write(_ files: [(name: String, text: String)]) throws {
    try write(files.map { ($0.name, Array($0.text.utf8)) })
  }

  /// Writes files that need not be text.
  ///
  /// - Throws: as the other `write`.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    let manager = FileManager.default
    let existed = manager.fileExists(atPath: path)
    if !force, let faults = Faults(files.compactMap { occupied(file($0.name)) }) { throw faults }
    try makeFolders(for: files.map(\.name))
    var written: [String] = []
    do {
      for (name, bytes) in files {
        let isNew = !manager.fileExists(atPath: file(name))
        try AtomicFile.write(bytes, to: file(name), force: force)
        if isNew { written.append(file(name)) }
      }
    } catch {
      for path in written { try? manager.removeItem(atPath: path) }
      if !existed { try? manager.removeItem(atPath: path) }
      throw error
    }
  }

  private func file(_ name: String) -> String { path + "/" + name }

  private func occupied(_ file: String) -> Fault? {
    guard FileManager.default.fileExists(atPath: file) else { return nil }
    return Fault(
      at: SourceLocation(file: file),
      BilingualText(
        ja: "すでにあります。置き換えるには --force を付けてください",
        en: "already exists; add --force to replace it"))
  }

  private func makeFolders(for names: [String]) throws {
    let folders = Set(names.map { (file($0) as NSString).deletingLastPathComponent })
    for folder in folders {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw Fault(
          at: SourceLocation(file: folder),
          BilingualText(
            ja: "フォルダを作れません。場所と権限を確かめてください",
            en: "this folder cannot be made; check the place and the permissions"))
      }
    }
  }
}
