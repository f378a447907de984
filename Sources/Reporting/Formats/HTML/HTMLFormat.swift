import Analysis
import Vocabulary

extension ReportFormat {
  /// `report.html`: one file that needs no network and no font of its own, and says everything without its script.
  public static let html = ReportFormat(name: "html", fileExtension: "html") { report in
    HTMLPage(
      document: Document(report.result, in: report.language), language: report.language,
      kind: report.language.say(ja: "効果検証報告書", en: "Trial report"),
      pageHead: "\(report.result.trial.id)  SHA-256 \(report.result.input.sha256.prefix(16))"
        + (report.result.lock.map { "  lock \($0.prefix(16))" } ?? "")
    ).text
  }
}

/// The whole page.
struct HTMLPage {
  let document: Document
  let language: Language
  /// What the page is, in a word.
  let kind: String
  /// What stands on top of every printed page.
  let pageHead: String

  var text: String {
    let page = element(
      "html", ["lang": language.rawValue],
      [
        element(
          "head", [:],
          [
            element("meta", ["charset": "utf-8"]),
            element(
              "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            element("title", [:], document.title),
            .element("style", [], [.verbatim(StyleSheet.text(pageHead: pageHead))]),
          ]),
        element(
          "body", [:],
          [header, main, .element("script", [], [.verbatim(SortScript.text)])]),
      ])
    return "<!DOCTYPE html>\n" + page.rendered + "\n"
  }

  private var header: Markup {
    element(
      "header", [:],
      [
        element("p", ["class": "kind"], kind),
        element("h1", [:], document.title),
        element(
          "dl", ["class": "facts"],
          document.facts.flatMap { [element("dt", [:], $0.0), element("dd", [:], $0.1)] }),
      ]
        + document.warnings.map {
          element("p", ["class": "warning", "role": "note"], $0)
        })
  }

  private var main: Markup {
    var writer = HTMLWriter(language: language)
    return element(
      "main", [:],
      document.sections.map { section in
        element(
          "section",
          [
            "class": section.topic.rawValue, "aria-labelledby": "heading-\(section.topic.rawValue)",
          ],
          [element("h2", ["id": "heading-\(section.topic.rawValue)"], section.title)]
            + section.blocks.map { writer.markup($0) })
      })
  }
}
