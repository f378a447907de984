@testable import DataSources

/// The same format, read one byte at a time by one loop: slow and short enough to be believed.
struct NaiveReader {
  private(set) var records: [[[UInt8]]] = []

  init(_ bytes: [UInt8]) {
    var record: [[UInt8]] = []
    var field: [UInt8] = []
    var isInQuotes = false
    var index = 0
    func isBlank() -> Bool { record.isEmpty && field.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : nil
      if isInQuotes {
        if byte == 0x22, next == 0x22 {
          field.append(byte)
          index += 1
        } else if byte == 0x22 {
          isInQuotes = false
        } else {
          field.append(byte)
        }
      } else if byte == 0x22 {
        isInQuotes = true
      } else if byte == 0x2C {
        record.append(field)
        field = []
      } else if byte == 0x0A || byte == 0x0D {
        if !isBlank() { records.append(record + [field]) }
        (record, field) = ([], [])
        if byte == 0x0D, next == 0x0A { index += 1 }
      } else {
        field.append(byte)
      }
      index += 1
    }
    if !isBlank() { records.append(record + [field]) }
  }
}
