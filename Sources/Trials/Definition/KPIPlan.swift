public import Vocabulary

/// What a programme promised to reach, year by year, and what it reached.
public struct KPIPlan: Codable, Hashable, Sendable {
  /// One indicator.
  public struct Row: Codable, Hashable, Sendable {
    /// Its name, as the plan has it.
    public var name: String
    /// The unit, as the plan has it: 人, 件.
    public var unit: String
    /// The planned increase of each year; nil is 「-」, which is not 0.
    public var plan: [Double?]
    /// The total that the plan states; nil where it states none.
    public var total: Double?
    /// What was reached in each year; nil is not known yet.
    public var actual: [Double?]
    /// What a reader must know, such as that other programmes are in the number.
    public var note: String?
  }

  /// Who answers for it.
  public var owner: String
  /// 団体コード, six digits; nil where none is written.
  public var code: String?
  /// The programme's name.
  public var programme: String
  /// Its cost in thousands of yen, as the plan states it; nil where it does not.
  public var cost: Double?
  /// The years.
  public var years: [FiscalYear]
  /// The indicators.
  public var rows: [Row]
  /// A trial's result to show apart, relative to the folder of the file; nil where there is none.
  public var result: String?
}

/// A plan with the file that holds it.
public struct KPIFile: Sendable {
  /// The plan.
  public let plan: KPIPlan
  /// The path of the file.
  public let path: String

  /// Reads a file, or the `kpi.yml` of a folder.
  ///
  /// - Throws: every fault of the file, each with its line and column.
  public static func load(contentsOf path: String) throws(Faults) -> KPIFile {
    let file: String
    switch SourceText.file(named: "kpi.yml", at: path) {
    case .success(let found): file = found
    case .failure(let fault): throw Faults(fault.fault(inFile: path))
    }
    let text: String
    switch SourceText.bytes(ofFile: file) {
    case .success(let bytes):
      switch SourceText.text(of: bytes) {
      case .success(let found): text = found
      case .failure(let found): throw Faults(found.fault.fault(inFile: file, at: found.place))
      }
    case .failure(let fault): throw Faults(fault.fault(inFile: file))
    }
    return KPIFile(plan: try decode(yaml: text, file: file), path: file)
  }

  /// Reads the text of a file.
  ///
  /// - Throws: every fault of the text.
  public static func decode(yaml: String, file: String) throws(Faults) -> KPIPlan {
    let root: Written
    do {
      root = try YAMLDocument.read(yaml)
    } catch {
      throw Faults(error.fault.fault(inFile: file, at: error.place))
    }
    let reader = TrialReader(file: file)
    guard let plan = reader.kpiPlan(root) else {
      throw Faults(reader.faults) ?? Faults(TrialFault.unreadable.fault(inFile: file))
    }
    return plan
  }

  /// The folder from which `result` is counted; empty for the working directory.
  public var folder: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
