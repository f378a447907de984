/// An estimator that was chosen by name, with its settings.
///
/// Encoded, it is what an author writes: `{"difference_in_means": {"variance": "pooled"}}`.
public struct SelectedEstimator: Codable, Hashable, Sendable {
  /// The estimator.
  public let estimator: any Estimator

  /// Selects an estimator.
  public init(_ estimator: any Estimator) {
    self.estimator = estimator
  }

  /// Its name in the trial file.
  public var name: String { type(of: estimator).name }

  /// Reads one estimator of the catalogue with its settings.
  ///
  /// - Throws: `DecodingError` for a name that is not in the catalogue, or settings that the estimator
  ///   does not accept.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1,
      let known = Catalogue.estimator(named: key.stringValue)
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "one known estimator is wanted here"))
    }
    func decoded<Known: Estimator>(_ known: Known) throws -> any Estimator {
      try container.decode(Known.self, forKey: key)
    }
    estimator = try decoded(known)
  }

  /// Writes the name and the settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(estimator, forKey: Name(stringValue: name))
  }

  /// Two selections are equal when the estimators and all their settings are.
  public static func == (left: SelectedEstimator, right: SelectedEstimator) -> Bool {
    AnyHashable(left.estimator) == AnyHashable(right.estimator)
  }

  /// Hashes the estimator with its settings.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(estimator))
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
      self.stringValue = stringValue
    }

    init?(intValue: Int) {
      nil
    }
  }
}
