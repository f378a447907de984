/// What stands in one cell.
public enum CellValue: Hashable, Sendable {
  /// A text; never a formula, whatever it begins with.
  case text(String)
  /// A number as it is, printed in a style.
  case number(Double, CellStyle)
  /// Nothing.
  case blank

  /// A number where there is one.
  public static func optional(_ value: Double?, _ style: CellStyle) -> CellValue {
    value.flatMap { $0.isFinite ? .number($0, style) : nil } ?? .blank
  }

  /// A whole number where there is one.
  public static func count(_ value: Int?) -> CellValue {
    value.map { .number(Double($0), .count) } ?? .blank
  }
}

/// How a number is printed; the cell holds the number itself.
public enum CellStyle: Hashable, Sendable {
  /// 1,234
  case count
  /// A share as per cent: 12.3%.
  case percent(decimals: Int)
  /// A signed difference of shares as per cent: +1.2%, −0.4%.
  case signedPercent(decimals: Int)
  /// A number with so many decimals.
  case decimal(Int)
  /// A number with its sign.
  case signed(Int)
  /// A p-value: four decimals, and that it is smaller where they would all be 0.
  case pValue
  /// As Excel prints numbers by itself.
  case general

  /// Excel's own words for it.
  var format: String {
    func fraction(_ decimals: Int) -> String {
      decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
    }
    switch self {
    case .count: return "#,##0;\u{25B2}#,##0"
    case .percent(let decimals): return "0\(fraction(decimals))%"
    case .signedPercent(let decimals):
      let digits = "0\(fraction(decimals))%"
      return "+\(digits);\u{25B2}\(digits);\(digits)"
    case .decimal(let decimals):
      let digits = "#,##0\(fraction(decimals))"
      return "\(digits);\u{25B2}\(digits)"
    case .signed(let decimals):
      let digits = "#,##0\(fraction(decimals))"
      return "+\(digits);\u{25B2}\(digits);\(digits)"
    case .pValue: return "[<0.00005]\"<0.0001\";0.0000"
    case .general: return "General"
    }
  }
}

/// One column of a table.
public struct SheetColumn: Hashable, Sendable {
  /// The heading, with the unit.
  public var title: String
  /// How wide, in characters.
  public var width: Double
  /// Whether long texts are broken into lines; a column of numbers is not.
  public var isWrapped: Bool
  /// Whether it holds numbers, whose heading stands on the right as they do.
  public var isNumber: Bool

  private init(_ title: String, width: Double, isWrapped: Bool, isNumber: Bool) {
    self.title = title
    self.width = width
    self.isWrapped = isWrapped
    self.isNumber = isNumber
  }

  /// A column of texts, broken into lines where they are long.
  public static func text(_ title: String, width: Double) -> SheetColumn {
    SheetColumn(title, width: width, isWrapped: true, isNumber: false)
  }

  /// A column of numbers.
  public static func number(_ title: String, width: Double) -> SheetColumn {
    SheetColumn(title, width: width, isWrapped: false, isNumber: true)
  }

  /// A column of whatever programs read, on one line.
  public static func data(_ title: String, width: Double = 13) -> SheetColumn {
    SheetColumn(title, width: width, isWrapped: false, isNumber: false)
  }
}

/// Bars of one column of the table.
public struct SheetChart: Hashable, Sendable {
  /// What it shows.
  public var title: String
  /// The column with the names of the bars.
  public var categories: Int
  /// The column with their lengths.
  public var values: Int
  /// Which rows of the table, from 0.
  public var rows: Range<Int>
  /// What the lengths are.
  public var axis: String
  /// How lengths are printed.
  public var style: CellStyle

  /// Makes a chart.
  public init(
    title: String, categories: Int, values: Int, rows: Range<Int>, axis: String, style: CellStyle
  ) {
    self.title = title
    self.categories = categories
    self.values = values
    self.rows = rows
    self.axis = axis
    self.style = style
  }
}

/// One sheet: a heading, one table, what must be known of it, and a chart.
public struct Sheet: Hashable, Sendable {
  /// The name on the tab; at most 31 characters are kept.
  public var name: String
  /// Lines above the table; nothing where programs read the sheet.
  public var heading: [String]
  /// The columns.
  public var columns: [SheetColumn]
  /// The rows below the head.
  public var rows: [[CellValue]]
  /// How many columns stay in sight when the sheet is scrolled.
  public var frozenColumns: Int
  /// Lines below the table.
  public var notes: [String]
  /// Bars beside the table.
  public var chart: SheetChart?

  /// Makes a sheet.
  public init(
    _ name: String, heading: [String] = [], columns: [SheetColumn], rows: [[CellValue]],
    frozenColumns: Int = 1, notes: [String] = [], chart: SheetChart? = nil
  ) {
    self.name = name
    self.heading = heading
    self.columns = columns
    self.rows = rows
    self.frozenColumns = frozenColumns
    self.notes = notes
    self.chart = chart
  }
}
