import Foundation

/// A report that is no trial's result: a roll-out, a pooled effect, a KPI sheet.
public protocol TableReport {
  /// Everything, at most 80 columns wide.
  var text: String { get }
  /// Everything for programs.
  func json() throws -> String
  /// The rows for programs.
  var csv: String { get }
  /// One page.
  var html: String { get }
}

/// Values as JSON in the style of every file of ours: keys in snake case and in order.
enum PlainJSON {
  static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
