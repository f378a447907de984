import DataSources

extension ArrowBatch {
  /// Adds the rows to the columns of a table, in their order.
  ///
  /// - Throws: ``SparkProblem``: other columns came than were asked for.
  func append(to table: inout SQLColumns) throws(SparkProblem) {
    let requests = table.requests
    // A query that asks for no column still returns one, so that its rows can be counted.
    guard columns.count == max(1, requests.count) else {
      throw .unreadable(.damaged(.metadata))
    }
    var numbers: [((Int) -> Double?)?] = []
    for (place, request) in requests.enumerated() {
      let number = request.form == .number ? columns[place].numbers : nil
      guard request.form != .number || number != nil else {
        throw .unreadable(.unsupportedType(column: fields[place].name, type: "Utf8"))
      }
      numbers.append(number)
    }
    for row in 0..<rowCount {
      for (place, number) in numbers.enumerated() {
        if let number {
          table.append(number(row), at: place)
        } else {
          table.append(columns[place].words(row) ?? "", at: place)
        }
      }
      table.endRow()
    }
  }
}

extension ArrowColumn {
  /// A row's number, nil where it is missing; none at all for a column of texts.
  fileprivate var numbers: ((Int) -> Double?)? {
    switch values {
    case .none: { _ in nil }
    case .numbers(let values): { isPresent($0) ? values[$0] : nil }
    case .integers(let values): { isPresent($0) ? Double(values[$0]) : nil }
    case .booleans(let values): { isPresent($0) ? (values[$0] ? 1 : 0) : nil }
    case .texts: nil
    }
  }

  /// A row's value as a text; nil where it is missing.
  fileprivate func words(_ row: Int) -> String? {
    guard isPresent(row) else { return nil }
    return switch values {
    case .none: nil
    case .booleans(let values): "\(values[row])"
    case .integers(let values): "\(values[row])"
    case .numbers(let values): "\(values[row])"
    case .texts: text(row)
    }
  }
}
