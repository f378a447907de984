public import Analysis
public import Vocabulary

/// One result, to be read in one language.
///
/// A report computes no statistics: every number in it stands in the result, and only its printing
/// (percent or plain, how many decimals, which words) is decided here.
public struct Report: Sendable {
  /// What the analysis found.
  public var result: TrialResult
  /// The language of every word that is not the trial's own.
  public var language: Language
  /// Whether the text format may use terminal colours.
  public var colour: Bool

  /// Makes a report.
  public init(_ result: TrialResult, language: Language, colour: Bool = false) {
    self.result = result
    self.language = language
    self.colour = colour
  }

  /// The whole report as one file.
  ///
  /// - Throws: `EncodingError` from the JSON format when the result holds a number that JSON has not;
  ///   `SpreadsheetError` where the workbook cannot be made.
  public func bytes(as format: ReportFormat) throws -> [UInt8] {
    try format.render(self)
  }

  /// The whole report as one text; what is not text comes out as it may.
  ///
  /// - Throws: as ``bytes(as:)``.
  public func rendered(as format: ReportFormat) throws -> String {
    String(decoding: try bytes(as: format), as: UTF8.self)
  }
}
