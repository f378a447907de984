import Foundation
import Testing
import Vocabulary

@testable import DataSources

/// A folder of its own for one test, removed at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and returns its path.
  func file(_ bytes: [UInt8], named name: String = "data.csv") throws -> String {
    let path = path + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  func file(_ text: String, named name: String = "data.csv") throws -> String {
    try file(Array(text.utf8), named: name)
  }
}

/// Reads a text as a file.
func read(
  _ bytes: [UInt8], _ columns: [String: ColumnForm], encoding: TextEncoding = .auto,
  missing: [String] = ["", "-"], division: Division = Division()
) throws -> Table {
  let folder = try TemporaryFolder()
  let file = CSVFile(
    path: try folder.file(bytes), encoding: encoding, missing: missing, division: division)
  return try file.table(of: columns)
}

func read(_ text: String, _ columns: [String: ColumnForm]) throws -> Table {
  try read(Array(text.utf8), columns)
}

/// The faults of a text, as `line:column: message`.
func faults(
  of bytes: [UInt8], _ columns: [String: ColumnForm], encoding: TextEncoding = .auto,
  division: Division = Division()
) throws -> [String] {
  let folder = try TemporaryFolder()
  let path = try folder.file(bytes)
  let file = CSVFile(path: path, encoding: encoding, division: division)
  do {
    _ = try file.table(of: columns)
    return []
  } catch {
    return error.all.map { String($0.line(in: .english).dropFirst(path.count + 1)) }
  }
}

func faults(of text: String, _ columns: [String: ColumnForm]) throws -> [String] {
  try faults(of: Array(text.utf8), columns)
}
