public import RandomAssignment

/// What the ledger keeps of a draw besides its rows.
public struct DrawParticulars: Codable, Hashable, Sendable {
  /// The method of the trial file.
  public var method: String
  /// The arms with their shares.
  public var arms: [Arm]
  /// The generator, and the stream that the draw took.
  public var generator: String
  /// The version of the program.
  public var engine: String
  /// The list.
  public var frame: FileRecord
  /// How many units were drawn before.
  public var before: Int
  /// How many units this draw added.
  public var units: Int
  /// Rows outside the population.
  public var ineligible: Int
  /// Rows left to others by a shared population.
  public var outsideLayer: Int
  /// How many units each arm has now; nil while arms are concealed.
  public var sizes: [String: Int]?
  /// The hash of all arms so far under the secret nonce.
  public var seal: String
  /// ``Ledger/DrawnUnit/digest(of:)`` of this draw's rows.
  public var rows: String
  /// The p-value of the balance of all covariates together.
  public var balance: Double?
  /// The files that the draw wrote.
  public var files: [FileRecord]

  /// The generator's name in every record.
  static let generatorName = "philox4x32-10 stream 0"
}

/// A file by its name and its bytes.
public struct FileRecord: Codable, Hashable, Sendable {
  /// The name, without folders.
  public var name: String
  /// SHA-256 of the bytes, in hexadecimal.
  public var sha256: String

  /// Makes a record.
  public init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}

/// What the ledger keeps of a release.
public struct ReleaseParticulars: Codable, Hashable, Sendable {
  /// A unit and its arm, as it was told.
  public struct Entry: Codable, Hashable, Sendable {
    /// The unit.
    public var unit: String
    /// What stood for it.
    public var code: String
    /// Its arm.
    public var arm: String
  }

  /// Who was told.
  public var entries: [Entry]
  /// To whom.
  public var to: String?
  /// The files that the release wrote.
  public var files: [FileRecord]
}
