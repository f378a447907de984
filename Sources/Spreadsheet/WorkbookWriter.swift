import CXLSXWriter

/// The one owner of a workbook of libxlsxwriter: no name of the library leaves this file.
final class WorkbookWriter {
  /// The longest text that a cell holds.
  static let longestText = 32_767
  private static let longestName = 31

  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [String: UnsafeMutablePointer<lxw_format>] = [:]

  init(path: String, temporaryFolder: String) throws(SpreadsheetError) {
    workbook = temporaryFolder.withCString { folder in
      var options = lxw_workbook_options(
        constant_memory: 0, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
      return workbook_new_opt(path, &options)
    }
    guard workbook != nil else { throw SpreadsheetError(reason: "out of memory") }
  }

  deinit {
    // Not closed after an error: nothing is written, the memory is given back.
    if let workbook { lxw_workbook_free(workbook) }
  }

  func describe(title: String, author: String) {
    Self.plain(title).withCString { title in
      Self.plain(author).withCString { author in
        var properties = lxw_doc_properties()
        properties.title = UnsafeMutablePointer(mutating: title)
        properties.author = UnsafeMutablePointer(mutating: author)
        workbook_set_properties(workbook, &properties)
      }
    }
  }

  /// Writes the file.
  func close() throws(SpreadsheetError) {
    let closed = workbook
    workbook = nil
    try check(workbook_close(closed))
  }

  // MARK: - Sheets

  func add(_ sheet: Sheet, pageHead: String) throws(SpreadsheetError) {
    guard let worksheet = workbook_add_worksheet(workbook, Self.name(sheet.name)) else {
      throw SpreadsheetError(reason: "the sheet '\(sheet.name)' cannot be added")
    }
    for (place, column) in sheet.columns.enumerated() {
      let place = lxw_col_t(place)
      try check(worksheet_set_column(worksheet, place, place, column.width, nil))
    }
    var row: UInt32 = 0
    for (place, line) in sheet.heading.enumerated() {
      try write(.text(line), to: worksheet, row, 0, place == 0 ? .title : .plain)
      row += 1
    }
    if !sheet.heading.isEmpty { row += 1 }
    let head = row
    for (place, column) in sheet.columns.enumerated() {
      try write(
        .text(column.title), to: worksheet, head, place, column.isNumber ? .numberHead : .head)
    }
    let lines = sheet.columns.map { Self.lines(of: $0.title, within: $0.width) }.max() ?? 1
    try setHeight(of: head, lines: lines, in: worksheet)
    for cells in sheet.rows {
      row += 1
      let lines = zip(cells, sheet.columns).map { cell, column -> Int in
        guard column.isWrapped, case .text(let text) = cell else { return 1 }
        return Self.lines(of: text, within: column.width)
      }
      try setHeight(of: row, lines: lines.max() ?? 1, in: worksheet)
      for (column, cell) in cells.enumerated() {
        let isWrapped = sheet.columns.indices.contains(column) && sheet.columns[column].isWrapped
        try write(cell, to: worksheet, row, column, isWrapped ? .wrapped : .plain)
      }
    }
    let last = row
    for note in sheet.notes {
      row += 1
      try write(.text(note), to: worksheet, row + 1, 0, .plain)
    }
    worksheet_freeze_panes(worksheet, head + 1, lxw_col_t(sheet.frozenColumns))
    if let chart = sheet.chart {
      try insert(chart, of: sheet, into: worksheet, head: head, at: row + 3)
    }
    let end = sheet.chart == nil ? (row > last ? row + 1 : last) : row + 22
    try layOut(worksheet, head: head, last: end, columns: sheet.columns.count, pageHead: pageHead)
  }

  /// Neither Excel nor LibreOffice makes room for wrapped lines by itself in a file that it did not write.
  private func setHeight(
    of row: UInt32, lines: Int, in worksheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(SpreadsheetError) {
    // 409 points are the most that a row can have.
    try check(worksheet_set_row(worksheet, row, min(18 * Double(lines), 409), nil))
  }

  /// How many lines a text takes; letters of full width take two places.
  private static func lines(of text: String, within width: Double) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { sum, line in
      let places = line.unicodeScalars.reduce(0.0) { $0 + ($1.value >= 0x1100 ? 2 : 1.05) }
      return sum + max(1, Int((places / max(width - 2, 1)).rounded(.up)))
    }
  }

  private func layOut(
    _ worksheet: UnsafeMutablePointer<lxw_worksheet>, head: UInt32, last: UInt32, columns: Int,
    pageHead: String
  ) throws(SpreadsheetError) {
    worksheet_set_paper(worksheet, 9)
    if columns > 6 { worksheet_set_landscape(worksheet) }
    worksheet_fit_to_pages(worksheet, 1, 0)
    worksheet_set_margins(worksheet, 0.6, 0.6, 0.8, 0.7)
    try check(worksheet_repeat_rows(worksheet, head, head))
    try check(
      worksheet_print_area(worksheet, 0, 0, last, lxw_col_t(max(columns, 1) - 1)))
    // An ampersand begins a command there; what is too long is cut, not refused.
    let text = String(
      Self.plain(pageHead).split(separator: "&").joined(separator: "&&").prefix(200))
    try check(worksheet_set_header(worksheet, "&L&8\(text)"))
    try check(worksheet_set_footer(worksheet, "&R&8&A  &P / &N"))
  }

  private func insert(
    _ chart: SheetChart, of sheet: Sheet, into worksheet: UnsafeMutablePointer<lxw_worksheet>,
    head: UInt32, at row: UInt32
  ) throws(SpreadsheetError) {
    guard !chart.rows.isEmpty,
      let made = workbook_add_chart(workbook, UInt8(LXW_CHART_COLUMN.rawValue))
    else { return }
    let (first, last) = (
      head + 1 + UInt32(chart.rows.lowerBound), head + UInt32(chart.rows.upperBound)
    )
    let series = chart_add_series(made, nil, nil)
    let name = Self.name(sheet.name)
    chart_series_set_categories(
      series, name, first, lxw_col_t(chart.categories), last, lxw_col_t(chart.categories))
    chart_series_set_values(
      series, name, first, lxw_col_t(chart.values), last, lxw_col_t(chart.values))
    chart_series_set_labels(series)
    chart_series_set_labels_num_format(series, chart.style.format)
    chart_title_set_name(made, Self.plain(chart.title))
    chart_axis_set_name(made.pointee.y_axis, Self.plain(chart.axis))
    chart_axis_set_num_format(made.pointee.y_axis, chart.style.format)
    chart_axis_set_min(made.pointee.y_axis, 0)
    chart_legend_set_position(made, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    try check(worksheet_insert_chart(worksheet, row, 0, made))
  }

  // MARK: - Cells

  private enum Look: String {
    case title, head, numberHead, plain, wrapped
  }

  private func write(
    _ cell: CellValue, to worksheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32,
    _ column: Int, _ look: Look
  ) throws(SpreadsheetError) {
    let column = lxw_col_t(column)
    switch cell {
    case .text(let text):
      try check(
        worksheet_write_string(worksheet, row, column, Self.plain(text), format(look)))
    case .number(let value, let style):
      guard value.isFinite else { return }
      try check(worksheet_write_number(worksheet, row, column, value, format(style)))
    case .blank:
      try check(worksheet_write_blank(worksheet, row, column, format(look)))
    }
  }

  private func format(_ look: Look) -> UnsafeMutablePointer<lxw_format>? {
    made(look.rawValue) { format in
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      switch look {
      case .title:
        format_set_bold(format)
        format_set_font_size(format, 14)
      case .head, .numberHead:
        format_set_bold(format)
        format_set_text_wrap(format)
        format_set_bottom(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
        if look == .numberHead {
          format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        } else {
          format_set_indent(format, 1)
        }
      case .plain: break
      case .wrapped:
        format_set_text_wrap(format)
        format_set_indent(format, 1)
      }
    }
  }

  private func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
    made("number " + style.format) { format in
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      format_set_num_format(format, style.format)
    }
  }

  private func made(
    _ key: String, _ set: (UnsafeMutablePointer<lxw_format>) -> Void
  ) -> UnsafeMutablePointer<lxw_format>? {
    if let format = formats[key] { return format }
    guard let format = workbook_add_format(workbook) else { return nil }
    format_set_font_name(format, "Yu Gothic")
    set(format)
    formats[key] = format
    return format
  }

  // MARK: - Texts

  /// A text that a cell can hold: no longer than it may be, and without the characters that XML has not.
  static func plain(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 && ![0x09, 0x0A].contains(scalar.value)
      guard !isControl, scalar.value != 0xFFFE, scalar.value != 0xFFFF else { continue }
      length += scalar.value > 0xFFFF ? 2 : 1
      guard length < longestText else {
        kept.append("…")
        break
      }
      kept.append(scalar)
    }
    return String(kept)
  }

  /// A name that a tab can have.
  static func name(_ text: String) -> String {
    let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\", "'"]
    let kept = plain(text).filter { !forbidden.contains($0) && !$0.isNewline }
    return kept.isEmpty ? "-" : String(kept.prefix(longestName))
  }

  private func check(_ status: lxw_error) throws(SpreadsheetError) {
    guard status.rawValue != 0 else { return }
    let words = lxw_strerror(status).map { String(cString: $0) } ?? "error \(status.rawValue)"
    throw SpreadsheetError(reason: words)
  }
}
