import Foundation
import Synchronization
import TestSupport
import Testing

/// A table of a published trial, as texts; rows by the names in the header.
struct SharedTable {
  let rows: [[String: String]]

  private static let known = Mutex<[String: [[String: String]]]>([:])

  /// Reads a table, each file once.
  init(_ name: String) throws {
    rows = try Self.known.withLock { known in
      if let rows = known[name] { return rows }
      let rows = try Self.read(name)
      known[name] = rows
      return rows
    }
  }

  private static func read(_ name: String) throws -> [[String: String]] {
    let url = try #require(SharedFolder.file("data/\(name).csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).utf8
      .split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    let header = fields(try #require(lines.first))
    return lines.dropFirst().map {
      Dictionary(zip(header, fields($0)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Quoted fields may hold commas (none in these files holds a quote).
  private static func fields(_ line: Substring.UTF8View) -> [String] {
    var isQuoted = false
    return line.split(omittingEmptySubsequences: false) { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == UInt8(ascii: ",") && !isQuoted
    }.map { String(decoding: $0.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self) }
  }
}

extension [String: String] {
  /// A column's number.
  func number(_ name: String) throws -> Double {
    try #require(Double(self[name] ?? ""), "\(name)")
  }
}
