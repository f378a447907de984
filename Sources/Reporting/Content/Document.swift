import Analysis

/// What a report says, before any format decides how it looks.
struct Document {
  /// The title of the trial.
  var title: String
  /// Owner, period and the like: (what, its value).
  var facts: [(String, String)]
  /// What must be read before anything else, such as that the data are simulated.
  var warnings: [String]
  var sections: [Section]
}

/// A part of the report under one heading.
struct Section {
  /// What it is about; formats may order sections by it.
  enum Topic: String, Hashable, CaseIterable {
    case verdict, certainty, comparison, flow, funnel, messages, checks, balance, effects,
      combinations,
      supplements
    case scales, cohorts, subgroups, method, questions, record
  }

  var topic: Topic
  var title: String
  var blocks: [Block]
}

/// One piece of a section.
enum Block {
  /// The one sentence that the section exists for.
  case lead(String)
  case paragraph(String)
  /// A heading below the section's own.
  case heading(String)
  case list([String])
  case definitions([(term: String, text: String)])
  case table(TableBlock)
  /// A chart; its numbers stand in tables too, so formats without pictures leave it out.
  case figure(Chart)
  case verdicts([VerdictCard])
  case checks([CheckLine])
  case messages([MessageCard])
}

/// A table whose first columns name its rows.
struct TableBlock {
  struct Column: Hashable {
    var title: String
    var isNumber: Bool
    /// Whether it says what the caption says already: pages show it, a terminal has no room.
    var isMark = false

    static func mark(_ title: String) -> Column {
      Column(title: title, isNumber: false, isMark: true)
    }
    static func name(_ title: String) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  var caption: String
  var columns: [Column]
  var rows: [[String]]
  /// How many columns name the row.
  var rowHeads = 1
  /// What a reader of single cells must know.
  var notes: [String] = []
  /// What the words of a column of marks mean.
  var legend: String?

  /// The table without its marks, for a narrow place.
  var withoutMarks: TableBlock {
    let kept = columns.indices.filter { !columns[$0].isMark }
    var table = self
    table.columns = kept.map { columns[$0] }
    table.rows = rows.map { row in kept.filter { $0 < row.count }.map { row[$0] } }
    table.rowHeads = kept.filter { $0 < rowHeads }.count
    table.legend = nil
    return table
  }
}
