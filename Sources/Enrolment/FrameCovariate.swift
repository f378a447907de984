import DataSources
import Vocabulary

/// A column that was known before the draw, as numbers: itself, or one 0/1 variable a level.
public struct FrameCovariate: Hashable, Sendable {
  /// A variable that the arms are compared in.
  public struct Variable: Hashable, Sendable {
    /// The level whose share is compared; nil for a column of numbers.
    public let level: String?
    /// One value a unit; NaN where it is not known.
    public let values: [Double]
  }

  /// More levels than this are no groups that anyone could read; the column is then left out.
  static let mostLevels = 30

  /// The column's name.
  public let name: String
  /// Its variables; none for a column with too many levels.
  public let variables: [Variable]

  /// Makes the variables of some rows: numbers where every text is a number.
  init(name: String, _ categories: Categories, rows: [Int]) {
    self.name = name
    let codes = rows.map { Int(categories.codes[$0]) }
    let occurring = Set(codes).subtracting([-1])
    let numbers = categories.levels.map { DecimalText.parse($0) }
    if occurring.allSatisfy({ numbers[$0] != nil }) {
      variables = [
        Variable(level: nil, values: codes.map { $0 < 0 ? .nan : numbers[$0] ?? .nan })
      ]
    } else if occurring.count <= Self.mostLevels {
      variables = occurring.sorted().map { level in
        Variable(
          level: categories.levels[level],
          values: codes.map { $0 < 0 ? .nan : $0 == level ? 1 : 0 })
      }
    } else {
      variables = []
    }
  }
}
