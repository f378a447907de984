import Vocabulary

/// Everything that can be wrong with a CSV file.
enum CSVFact {
  case foreign(ForeignFormat)
  case noHeader
  case zeroByte(at: Int)
  case encoding(EncodingChoice.Problem)
  case broken(BrokenRecord)
  case duplicateName(String, first: Int, second: Int, Field)
  case undecodableName(Field)
  case unknownColumn(String, names: [String], header: Int)
  case notANumber(Field, column: String)
  case undecodable(Field, column: String)
  case fieldCount(Int, expected: Int, record: Int)
  case tooManyLevels(column: String)
  case more(Int)

  /// The fact behind a flaw of the rows.
  init(_ flaw: Flaw, in document: CSVDocument) {
    switch flaw {
    case .notANumber(let field, let column):
      self = .notANumber(field, column: document.names[column])
    case .undecodable(let field, let column):
      self = .undecodable(field, column: document.names[column])
    case .fieldCount(let count, let record):
      self = .fieldCount(count, expected: document.names.count, record: record)
    case .tooManyLevels(let column):
      self = .tooManyLevels(column: document.names[column])
    case .broken(let record):
      self = .broken(record)
    }
  }

  /// Where in the bytes it is; nil when it is about the file as a whole.
  var place: Int? {
    switch self {
    case .foreign, .noHeader, .tooManyLevels, .more, .encoding(.noConverter): nil
    case .zeroByte(let place), .encoding(.notUTF8(let place)), .encoding(.notCP932(let place)),
      .encoding(.neither(let place, _)):
      place
    case .broken(.strayQuote(let place)), .broken(.textAfterQuote(let place, _)),
      .broken(.unclosedQuote(let place)), .broken(.tooLong(let place)),
      .broken(.tooManyFields(let place)):
      place
    case .duplicateName(_, _, _, let field), .undecodableName(let field),
      .notANumber(let field, _), .undecodable(let field, _):
      field.start
    case .unknownColumn(_, _, let header): header
    case .fieldCount(_, _, let record): record
    }
  }
}
