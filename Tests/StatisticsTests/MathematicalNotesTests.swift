import Foundation
import Statistics
import TestSupport
import Testing

/// The articles are the specification: they must name everything there is, and nothing there is not.
struct MathematicalNotesTests {
  @Test("every estimator and effect measure of the catalogue is explained")
  func catalogue() throws {
    let words = try Articles().words
    for estimator in Catalogue.estimators {
      let type = type(of: estimator)
      #expect(words.contains(type.name))
      #expect(words.contains(String(describing: type)))
    }
    for measure in Catalogue.effectMeasures {
      let type = type(of: measure)
      #expect(words.contains(type.name))
      #expect(words.contains(String(describing: type)))
    }
  }

  @Test("every name in the result table and the trial file is explained")
  func names() throws {
    let words = try Articles().words
    let names: [[String]] = [
      MarginalMeans.StandardErrorType.allCases.map(\.rawValue),
      Response.Kind.allCases.map(\.rawValue),
      Multiplicity.allCases.map(\.rawValue),
      HeterogeneityMethod.allCases.map(\.rawValue),
      PredictionDistribution.allCases.map(\.rawValue),
      DifferenceInMeans.Variance.allCases.map(\.rawValue),
      [FixedHorizon.name, GroupSequential.name],
      [RandomizationInference.name, BootstrapInference.name, WildClusterBootstrap.name],
    ]
    for name in names.joined() { #expect(words.contains(name)) }
  }

  @Test("every public type is mentioned")
  func types() throws {
    let words = try Articles().words
    let missing = try PublicTypes().names.subtracting(words).sorted()
    #expect(missing.isEmpty)
  }

  @Test("every symbol in double backticks is declared")
  func symbols() throws {
    let types = try PublicTypes()
    var faults: [String] = []
    for (article, symbol) in try Articles().symbols where symbol != "Statistics" {
      let parts = symbol.split(separator: "/").map(String.init)
      if !types.names.contains(parts[0]) { faults.append("\(article): \(symbol)") }
      for member in parts.dropFirst() where !types.declares(member, of: parts[0]) {
        faults.append("\(article): \(symbol)")
      }
    }
    #expect(faults.isEmpty)
  }

  @Test("every article that is linked exists, and every article is linked from the first")
  func links() throws {
    let articles = try Articles()
    let names = Set(articles.text.keys).subtracting(["Statistics"])
    func linked(in text: String?) -> Set<String> {
      let parts = (text ?? "").components(separatedBy: "<doc:").dropFirst()
      return Set(parts.map { String($0.prefix { $0 != ">" }) })
    }
    #expect(linked(in: articles.text["Statistics"]) == names)
    for text in articles.text.values { #expect(linked(in: text).isSubset(of: names)) }
  }

  @Test("a DOI in an article is one that stands in the source")
  func references() throws {
    let sources = try PublicTypes().text.values.joined()
    var strange: Set<String> = []
    for text in try Articles().text.values {
      for match in text.matches(of: /doi:(10\.[^\s;,`|]+)/) {
        let doi = String(match.1).trimmingCharacters(in: CharacterSet(charactersIn: "."))
        let balanced = doi.hasSuffix(")") && !doi.contains("(") ? String(doi.dropLast()) : doi
        if !sources.contains(balanced) { strange.insert(balanced) }
      }
    }
    #expect(strange.isEmpty, "\(strange)")
  }
}

/// The texts of the documentation catalogue.
private struct Articles {
  /// By name, without the ending.
  let text: [String: String]

  init() throws {
    text = try files(in: "Sources/Statistics/Statistics.docc", ending: "md")
  }

  /// Every word that stands in code font, alone or in a longer piece of code.
  var words: Set<String> {
    var found: Set<String> = []
    for text in text.values {
      let single = text.replacing("```", with: "").replacing("``", with: "`")
      for code in pieces(of: single, between: "`") {
        found.formUnion(code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
      }
    }
    return found
  }

  /// What stands in double backticks, with its article.
  var symbols: [(article: String, symbol: String)] {
    text.sorted { $0.key < $1.key }.flatMap { article, text in
      pieces(of: text, between: "``").map { (article, $0) }
    }
  }

  /// What stands between marks on one line, outside fenced code.
  private func pieces(of text: String, between mark: String) -> [String] {
    text.split(separator: "\n").filter { !$0.hasPrefix("```") }
      .flatMap { line in
        line.components(separatedBy: mark).enumerated().filter { $0.offset % 2 == 1 }
          .map(\.element)
      }
  }
}

/// The public types of the module, as its text declares them.
private struct PublicTypes {
  let text: [String: String]
  let names: Set<String>
  /// The names that each file declares.
  private let declared: [Set<String>]
  private let contents: [String]

  init() throws {
    text = try files(in: "Sources/Statistics", ending: "swift")
    let kinds = Set(["struct", "enum", "protocol", "class", "actor"].map { "public \($0) " })
    var names: Set<String> = []
    var declared: [Set<String>] = []
    for text in text.values {
      var own: Set<String> = []
      for line in text.split(separator: "\n") {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        for (keyword, name) in zip(words, words.dropFirst())
        where Self.keywords.contains(String(keyword)) {
          own.insert(String(name))
        }
        if kinds.contains(where: line.hasPrefix), words.count > 2 { names.insert(String(words[2])) }
      }
      declared.append(own)
    }
    self.names = names
    self.declared = declared
    contents = Array(text.values)
  }

  private static let keywords: Set<String> = ["func", "case", "var", "let", "struct", "enum"]

  /// Whether a member such as `interval(level:)` or `noUnits(arm:)` is declared in some file about the
  /// type.
  func declares(_ member: String, of type: String) -> Bool {
    let base = String(member.prefix { $0 != "(" })
    return contents.indices.contains { declared[$0].contains(base) && contents[$0].contains(type) }
  }
}

private func files(in folder: String, ending: String) throws -> [String: String] {
  let root = SharedFolder.repository.appending(path: folder)
  let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
  var found: [String: String] = [:]
  for name in names where name.hasSuffix(".\(ending)") {
    let file = root.appending(path: name)
    found[file.deletingPathExtension().lastPathComponent] = try String(
      contentsOf: file, encoding: .utf8)
  }
  return found
}
