import Analysis

extension ReportFormat {
  /// `result.json`: everything, for programs; the other formats can be made from it again.
  public static let json = ReportFormat(name: "json", fileExtension: "json") { report in
    try report.result.json()
  }
}
