/// The files of a new trial, which run as they are and are meant to be overwritten line by line.
public enum Scaffold {
  /// The files, by their paths within the new folder.
  ///
  /// The identifier is brought into the accepted form where it is not; the title may be any text.
  public static func files(id: String, title: String) -> [(path: String, contents: String)] {
    let id = identifier(from: id)
    let title = oneLine(title)
    return [
      (path: "trial.yml", contents: trialFile(id: id, title: title)),
      (path: "data.csv", contents: dataFile()),
      (path: "towns.csv", contents: towns),
      (path: "README.md", contents: readme(title: title)),
    ]
  }

  /// Real codes and names; the numbers of people are made up, and say so.
  private static let towns = """
    # SOURCE: 団体コードと名称は実在のもの、対象人口は説明のために作った数です / codes and names are real, people made up
    code,name,population
    011002,札幌市,30000
    012041,旭川市,5000
    012025,函館市,4000
    012033,小樽市,2000

    """

  /// An accepted identifier that resembles a name, such as that of a folder.
  public static func identifier(from name: String) -> String {
    let letters = name.lowercased().unicodeScalars.map { scalar in
      IdentifierStyle.part.accepts(String(scalar)) ? Character(scalar) : "-"
    }
    let words = String(letters).split(separator: "-")
    return words.isEmpty ? "trial" : words.joined(separator: "-")
  }

  /// A title without line breaks and control characters; a stand-in where nothing is left.
  private static func oneLine(_ title: String) -> String {
    let visible = title.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control || scalar.value == 0xFEFF
        || scalar.properties.isNoncharacterCodePoint || scalar.properties.isWhitespace
        ? " " : Character(scalar)
    }
    let words = String(visible).split(separator: " ")
    guard !words.isEmpty else { return "新しい試験" }
    let text = words.joined(separator: " ")
    // Signs that the trial file would take for an alias, even in quotation marks.
    guard AliasScan.firstAlias(in: text) != nil else { return text }
    return String(text.map { $0 == "&" ? "＆" : $0 })
  }
}
