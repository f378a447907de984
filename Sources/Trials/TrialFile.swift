public import Vocabulary

/// A trial together with the file that defines it, so that later faults can point into the file.
public struct TrialFile: Sendable {
  /// The trial.
  public let trial: Trial
  /// The path of the file as the user gave it; for a folder, with `trial.yml` appended.
  public let path: String
  /// What stands in the file.
  public let text: String

  private let places: [String: Written.Place]
  private let mentions: [ColumnMention]

  /// Reads a trial file, or the `trial.yml` of a folder.
  ///
  /// - Throws: Every fault of the file, each with its line and column.
  public static func load(contentsOf path: String) throws(Faults) -> TrialFile {
    let file: String
    switch SourceText.trialFile(at: path) {
    case .success(let found): file = found
    case .failure(let fault): throw Faults(fault.fault(inFile: path))
    }
    switch SourceText.bytes(ofFile: file) {
    case .success(let bytes): return try decode(bytes: bytes, file: file)
    case .failure(let fault): throw Faults(fault.fault(inFile: file))
    }
  }

  /// Reads the bytes of a trial file.
  ///
  /// - Throws: Every fault of the text, each with its line and column.
  public static func decode(bytes: [UInt8], file: String) throws(Faults) -> TrialFile {
    switch SourceText.text(of: bytes) {
    case .success(let text): return try decode(yaml: text, file: file)
    case .failure(let found): throw Faults(found.fault.fault(inFile: file, at: found.place))
    }
  }

  /// Reads the text of a trial file.
  ///
  /// - Throws: Every fault of the text, each with its line and column.
  public static func decode(yaml: String, file: String) throws(Faults) -> TrialFile {
    guard yaml.utf8.count <= SourceText.sizeLimit else {
      throw Faults(TrialFault.tooLarge.fault(inFile: file))
    }
    let root: Written
    do {
      root = try YAMLDocument.read(yaml)
    } catch {
      throw Faults(error.fault.fault(inFile: file, at: error.place))
    }
    let reader = TrialReader(file: file)
    guard let trial = reader.trial(root) else {
      throw Faults(reader.faults) ?? Faults(TrialFault.unreadable.fault(inFile: file))
    }
    return TrialFile(
      trial: trial, path: file, text: yaml, places: root.places(), mentions: reader.mentions)
  }

  /// The folder from which `data.file` and the like are counted; empty for the working directory.
  public var folder: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The path of the data file, found from the working directory; of data on a server, their name.
  public var dataPath: String {
    switch trial.data.place {
    case .file(let name), .database(.sqlite, let name): path(of: name)
    case .database(.postgres, _), .database(.spark, _): trial.data.shownName
    }
  }

  /// Where a file is that the trial file names: relative to its folder.
  public func path(of name: String) -> String {
    name.hasPrefix("/") ? name : folder + name
  }

  /// Where a value stands, by the keys that lead to it, such as `outcomes[0].column`.
  ///
  /// What the file leaves out is said to stand where the part around it begins.
  public func location(of keyPath: String) -> SourceLocation {
    var path = Substring(keyPath)
    while true {
      if let place = places[String(path)] {
        return SourceLocation(file: self.path, line: place.line, column: place.column)
      }
      guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else {
        return SourceLocation(file: self.path, line: path.isEmpty ? nil : places[""]?.line)
      }
      path = path[..<end]
    }
  }

  /// Every column of the data that the trial names, each once.
  public var columns: [String] {
    var seen: Set<String> = []
    return mentions.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The columns that the trial names and the data lack, each where the trial file names it.
  ///
  /// Data of shape counts need neither the unit's column nor the cluster's: their rows are no units.
  public func faults(againstColumns names: [String]) -> [Fault] {
    let known = Set(names)
    var reported: Set<Written.Place> = []
    return mentions.compactMap { mention in
      guard trial.data.shape == .units || mention.standsInCounts, !known.contains(mention.name),
        reported.insert(mention.place).inserted
      else { return nil }
      return TrialFault.columnNotInData(mention.name, file: trial.data.shownName, accepted: names)
        .fault(inFile: path, at: mention.place)
    }
  }
}

extension Trial {
  /// Reads a trial file, or the `trial.yml` of a folder; see ``TrialFile/load(contentsOf:)``.
  public static func load(contentsOf path: String) throws(Faults) -> Trial {
    try TrialFile.load(contentsOf: path).trial
  }

  /// Reads the text of a trial file; see ``TrialFile/decode(yaml:file:)``.
  public static func decode(yaml: String, file: String) throws(Faults) -> Trial {
    try TrialFile.decode(yaml: yaml, file: file).trial
  }
}

extension TrialFault {
  func fault(inFile file: String, at place: Written.Place? = nil) -> Fault {
    Fault(at: SourceLocation(file: file, line: place?.line, column: place?.column), words)
  }
}

extension Written {
  /// The places of this value and of all values within it, by path.
  fileprivate func places() -> [String: Place] {
    var places: [String: Place] = [:]
    func note(_ written: Written) {
      places[written.path] = written.place
      switch written.shape {
      case .text: break
      case .list(let items): items.forEach(note)
      case .mapping(let entries): entries.forEach { note($0.value) }
      }
    }
    note(self)
    return places
  }
}
