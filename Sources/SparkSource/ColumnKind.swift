import DataSources

extension SQLColumn.Kind {
  /// What the values of a column are, from the type that `DESCRIBE` names.
  init(sparkType type: String) {
    switch type.prefix(while: { $0 != "(" }) {
    case "tinyint", "smallint", "int", "bigint": self = .integer
    case "float", "double", "decimal": self = .number
    case "boolean": self = .boolean
    default: self = .other
    }
  }
}
