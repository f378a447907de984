import Foundation

/// An xlsx file as Python's zipfile and XML parser see it: a reader that shares no line with the writer.
public struct ReadWorkbook: Decodable, Sendable {
  /// One sheet.
  public struct Sheet: Decodable, Sendable {
    /// The name on the tab.
    public var name: String
    /// By place, such as `B2`: a text as a string, a number as its text.
    public var texts: [String: String]
    /// By place, the numbers.
    public var numbers: [String: Double]
    /// Formulas of any kind.
    public var formulas: Int
    /// Merged cells.
    public var merged: Int
    /// Where the frozen part ends, such as `C2`.
    public var frozen: String?
  }

  /// The sheets in their order.
  public var sheets: [Sheet]
  /// How many charts there are.
  public var charts: Int
  /// Names of files in the archive that could run something.
  public var suspicious: [String]

  /// Reads a file.
  public static func read(_ bytes: [UInt8]) throws -> ReadWorkbook {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "book.xlsx")
    try Data(bytes).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(ReadWorkbook.self, from: output)
  }

  private static let script = """
    import json, sys, zipfile
    import xml.etree.ElementTree as tree
    main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    rel = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
    book = zipfile.ZipFile(sys.argv[1])
    names = book.namelist()
    shared = []
    if 'xl/sharedStrings.xml' in names:
        for item in tree.fromstring(book.read('xl/sharedStrings.xml')):
            shared.append(''.join(t.text or '' for t in item.iter(main + 't')))
    targets = {r.get('Id'): r.get('Target')
        for r in tree.fromstring(book.read('xl/_rels/workbook.xml.rels'))}
    sheets = []
    for sheet in tree.fromstring(book.read('xl/workbook.xml')).find(main + 'sheets'):
        root = tree.fromstring(book.read('xl/' + targets[sheet.get(rel + 'id')]))
        texts, numbers = {}, {}
        for cell in root.iter(main + 'c'):
            value = cell.find(main + 'v')
            if value is None: continue
            if cell.get('t') == 's': texts[cell.get('r')] = shared[int(value.text)]
            elif cell.get('t') in (None, 'n'): numbers[cell.get('r')] = float(value.text)
            else: texts[cell.get('r')] = value.text
        pane = root.find('.//' + main + 'pane')
        sheets.append(dict(name=sheet.get('name'), texts=texts, numbers=numbers,
            formulas=len(list(root.iter(main + 'f'))), merged=len(list(root.iter(main + 'mergeCell'))),
            frozen=pane.get('topLeftCell') if pane is not None else None))
    print(json.dumps(dict(sheets=sheets, charts=len([n for n in names if n.startswith('xl/charts/chart')]),
        suspicious=[n for n in names if 'vba' in n.lower() or 'externalLink' in n])))
    """
}
