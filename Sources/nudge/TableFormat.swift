import ArgumentParser
import Reporting

/// The formats of a report that is no trial's result.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv, html

  func text(of report: some TableReport) throws -> String {
    switch self {
    case .text: report.text
    case .json: try report.json()
    case .csv: report.csv
    case .html: report.html
    }
  }
}
