/// A form in which a report leaves the tool.
///
/// A new format is one file in `Formats/` and one line in ``all``.
public struct ReportFormat: Hashable, Sendable {
  /// The name on the command line.
  public let name: String
  /// The ending of a file of this format, without the dot.
  public let fileExtension: String
  /// Writes the report.
  let render: @Sendable (Report) throws -> String

  /// Every format.
  public static let all: [ReportFormat] = [.text, .json, .csv, .markdown, .html]

  /// The format with a name; nil where there is none.
  public static func named(_ name: String) -> ReportFormat? {
    all.first { $0.name == name }
  }

  /// Formats are the same when their names are.
  public static func == (left: ReportFormat, right: ReportFormat) -> Bool {
    left.name == right.name
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
  }
}
