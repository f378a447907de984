public import ArgumentParser
public import Reporting

extension ReportFormat: ExpressibleByArgument {
  /// Reads the name of a format.
  public init?(argument: String) {
    guard let format = ReportFormat.named(argument) else { return nil }
    self = format
  }

  /// For the message about a wrong name.
  public static var allValueStrings: [String] { all.map(\.name) }

  /// As it is typed.
  public var defaultValueDescription: String { name }
}
