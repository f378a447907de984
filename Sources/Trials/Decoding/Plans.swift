import Statistics
import Vocabulary

extension TrialReader {
  func period(_ written: Written) -> Period? {
    guard let section = section(written, name: "period", keys: ["from", "to"]) else { return nil }
    let from = required("from", in: section, named: "period").flatMap { date($0) }
    let to = required("to", in: section, named: "period").flatMap { date($0) }
    guard let from, let to else { return nil }
    if to < from, let written = section["to"] { report(.periodReversed(from, to), at: written) }
    return Period(from: from, to: to)
  }

  /// A column, or `{column:, counted: 世帯}` where units are not people.
  func unit(_ written: Written) -> (unit: UnitOfObservation, counted: BilingualText?)? {
    guard case .mapping = written.shape else { return unitColumn(written).map { ($0, nil) } }
    guard let section = section(written, name: "unit", keys: ["column", "counted"]) else {
      return nil
    }
    let column = required("column", in: section, named: "unit").flatMap { unitColumn($0) }
    let counted = section["counted"].map { bilingual($0) }
    guard let column else { return nil }
    return (column, counted ?? nil)
  }

  private func unitColumn(_ written: Written) -> UnitOfObservation? {
    guard let name = text(written) else { return nil }
    if name == "row" { return .row }
    mention(name, at: written.place, inCounts: false)
    return .column(name)
  }

  static let dataKeys = [
    "file", "shape", "encoding", "n", "missing", "simulated", "source", "sheet", "table",
  ]

  func data(_ section: Section) -> DataDescription? {
    let defaults = DataDescription.defaults
    let file = section["file"].map { dataFile($0) } ?? defaults.file
    let table = section["table"].map { tableName($0) }
    let shape: DataDescription.Shape? =
      section["shape"].map { choice($0, .shape) } ?? defaults.shape
    let encoding: DataDescription.Encoding? =
      section["encoding"].map { choice($0, .encoding) } ?? defaults.encoding
    let n = section["n"].map { column($0) } ?? defaults.n
    if shape == .counts, section["n"] == nil { mention(defaults.n, at: section.place) }
    if shape == .units, let written = section["n"] { report(.countColumnUnused, at: written) }
    let missing = section["missing"].map { missingValues($0) } ?? defaults.missing
    let simulated = section["simulated"].map { yesOrNo($0) } ?? defaults.simulated
    let source = section["source"].map { bilingual($0) }
    let sheet = section["sheet"].map { text($0) }
    if let written = section["sheet"], let file, !file.lowercased().hasSuffix(".xlsx") {
      report(.sheetWithoutWorkbook, at: written)
    }
    if let file { checkDatabase(DataPlace(file), in: section) }
    if case .some(.none) = table { return nil }
    if case .some(.none) = sheet { return nil }
    if case .some(.none) = source { return nil }
    guard let file, let shape, let encoding, let n, let missing, let simulated else { return nil }
    return DataDescription(
      file: file, table: table ?? nil, sheet: sheet ?? nil, shape: shape, encoding: encoding, n: n,
      missing: missing,
      simulated: simulated,
      source: source ?? nil)
  }

  private func dataFile(_ written: Written) -> String? {
    guard let file = text(written) else { return nil }
    if let feature = LaterFeature(dataFile: file) {
      report(.notInThisVersion(feature), at: written)
      return nil
    }
    switch DataPlace(file) {
    case .file: return file
    case .database(.sqlite, let path):
      if !path.isEmpty { return file }
      report(.noDatabaseAddress, at: written)
    case .database(.postgres, let address):
      guard let problem = AddressProblem(postgres: address) else { return file }
      report(problem == .password ? .passwordInAddress : .noDatabaseAddress, at: written)
    case .database(.spark, let address):
      switch AddressProblem(spark: address) {
      case nil: return file
      case .noAddress: report(.noDatabaseAddress, at: written)
      case .password: report(.secretInAddress(nil), at: written)
      case .sparkParameter(let name): report(.secretInAddress(name), at: written)
      }
    }
    return nil
  }

  private func tableName(_ written: Written) -> String? {
    guard let name = text(written) else { return nil }
    if TableName(name) != nil { return name }
    report(.badTableName(name), at: written)
    return nil
  }

  /// A database needs a table, and a file has none; what is of files only does not go with a database.
  private func checkDatabase(_ place: DataPlace, in section: Section) {
    guard case .database = place else {
      if let written = section["table"] { report(.tableWithoutDatabase, at: written) }
      return
    }
    if section["table"] == nil {
      report(.tableMissing, at: section["file"]?.place ?? section.place)
    }
    if let written = section["encoding"] { report(.encodingOfDatabase, at: written) }
  }

  /// Texts that mean missing; the empty one is written `""`.
  private func missingValues(_ written: Written) -> [String]? {
    guard let items = oneOrMore(written) else { return nil }
    return complete(
      items.map { item in
        if case .text(let text, isPlain: false) = item.shape { return text }
        return text(item)
      })
  }
}

extension DataDescription {
  /// What holds where the file says nothing: `data.csv` beside the trial file.
  static let defaults = DataDescription(
    file: "data.csv", table: nil, shape: .units, encoding: .auto, n: "n", missing: ["", "-"],
    simulated: false,
    source: nil)
}
