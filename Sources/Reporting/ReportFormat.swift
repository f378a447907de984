/// A form in which a report leaves the tool.
///
/// A new format is one file in `Formats/` and one line in ``all``.
public struct ReportFormat: Hashable, Sendable {
  /// The name on the command line.
  public let name: String
  /// The ending of a file of this format, without the dot.
  public let fileExtension: String
  /// Whether it is text that a terminal can show.
  public let isText: Bool
  /// Writes the report.
  let render: @Sendable (Report) throws -> [UInt8]

  /// A format that is text, in UTF-8.
  init(
    name: String, fileExtension: String, text: @escaping @Sendable (Report) throws -> String
  ) {
    self.name = name
    self.fileExtension = fileExtension
    isText = true
    render = { Array(try text($0).utf8) }
  }

  /// A format that is not.
  init(
    name: String, fileExtension: String, bytes: @escaping @Sendable (Report) throws -> [UInt8]
  ) {
    self.name = name
    self.fileExtension = fileExtension
    isText = false
    render = bytes
  }

  /// Every format.
  public static let all: [ReportFormat] = [
    .text, .brief, .json, .csv, .markdown, .html, .excel,
  ]

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
