import Foundation
import TestSupport
import Testing

/// A table of a published trial, as texts; rows by the names in the header.
struct SharedTable {
  let rows: [[String: String]]

  init(_ name: String) throws {
    let url = try #require(SharedFolder.file("data/\(name).csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    let header = Self.fields(try #require(lines.first))
    rows = lines.dropFirst().map {
      Dictionary(zip(header, Self.fields($0)), uniquingKeysWith: { first, _ in first })
    }
  }

  private static func fields(_ line: Substring) -> [String] {
    var isQuoted = false
    return line.split(omittingEmptySubsequences: false) { character in
      if character == "\"" { isQuoted.toggle() }
      return character == "," && !isQuoted
    }.map { $0.filter { $0 != "\"" } }
  }
}
