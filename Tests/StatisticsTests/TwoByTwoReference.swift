import Foundation
import Statistics
import Testing

/// A row of a reference file about two-by-two tables, as the script of the same name wrote it.
struct TwoByTwoReference: CustomTestStringConvertible {
  private let fields: [String: String]

  /// The rows of `Reference/<name>.csv`; lines that begin with # are notes.
  static func rows(of name: String) throws -> [TwoByTwoReference] {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Reference"))
    let lines = try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return TwoByTwoReference(
        fields: Dictionary(zip(header, values), uniquingKeysWith: { first, _ in first }))
    }
  }

  subscript(_ column: String) -> String { fields[column] ?? "" }

  func number(_ column: String) throws -> Double {
    let text = self[column]
    return try #require(
      Double(text == "inf" ? "infinity" : text), "\(column) of \(testDescription)")
  }

  func count(_ column: String) throws -> Int { try #require(Int(self[column])) }

  var table: TwoByTwoTable {
    get throws {
      try #require(
        TwoByTwoTable(events: count("x1"), of: count("n1"), versus: count("x2"), of: count("n2")))
    }
  }

  var testDescription: String {
    fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}

/// The ends of an interval that is one piece.
func ends(
  _ interval: Interval, _ location: SourceLocation = #_sourceLocation
) throws -> (lower: Double, upper: Double) {
  guard case .between(let lower, let upper) = interval else {
    throw NotOnePiece(interval: interval)
  }
  return (lower, upper)
}

struct NotOnePiece: Error {
  let interval: Interval
}

/// Whether two numbers agree to a relative tolerance, or absolutely near 0; infinities are themselves.
func agree(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  a == b || abs(a - b) <= tolerance * max(abs(b), 1e-3)
}
