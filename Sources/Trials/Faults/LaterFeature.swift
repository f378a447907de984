/// What the format already names but this version does not act on.
///
/// Ignoring such a line would print a number for a design other than the one that was written down, so
/// each is an error that says what to do meanwhile.
enum LaterFeature: Hashable, Sendable {
  case spreadsheet(String)

  /// A data file that is not a text file with columns.
  init?(dataFile: String) {
    let name = dataFile.lowercased()
    if [".xlsm", ".xls"].contains(where: name.hasSuffix) {
      self = .spreadsheet(dataFile)
    } else {
      return nil
    }
  }
}
