import Foundation
import Reporting
import Testing
import Vocabulary

@Test(.enabled(if: ProcessInfo.processInfo.environment["NUDGE_PREVIEW"] != nil))
func preview() throws {
  let folder = URL(filePath: ProcessInfo.processInfo.environment["NUDGE_PREVIEW"] ?? ".")
  for language in Language.allCases {
    for format in ReportFormat.all {
      let text = try Report(Fixture.result, language: language).rendered(as: format)
      try Data(text.utf8).write(
        to: folder.appending(path: "report.\(language.rawValue).\(format.fileExtension)"))
    }
  }
}
