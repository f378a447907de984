/// A place in a file that a person wrote.
public struct SourceLocation: Hashable, Sendable {
  /// The path as the user typed it.
  public var file: String
  /// Counted from 1.
  public var line: Int?
  /// Counted from 1, in characters.
  public var column: Int?

  /// Makes a location; leave out what is not known.
  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One thing wrong with what a person gave us: where it is, what it is, and what would be right.
///
/// Each module states its faults as an enumeration of facts and words them in one file; this is the
/// shape in which they travel to the screen.
public struct Fault: Error, Hashable, Sendable {
  /// Where the fault is.
  public var location: SourceLocation
  /// What is wrong, with the value quoted, what is accepted and the nearest name.
  public var message: BilingualText

  /// Makes a fault from its place and its words.
  public init(at location: SourceLocation, _ message: BilingualText) {
    self.location = location
    self.message = message
  }

  /// `file:line:column: message`, as compilers print it, so that editors can jump to it.
  public func line(in language: Language) -> String {
    let place = [location.file, location.line.map(String.init), location.column.map(String.init)]
    return place.compactMap { $0 }.joined(separator: ":") + ": " + message[language]
  }
}

/// Every fault found in one go, in reading order; never empty.
public struct Faults: Error, Hashable, Sendable {
  /// The faults, in reading order.
  public let all: [Fault]

  /// Makes the error, or nil when there is nothing to complain of.
  public init?(_ faults: [Fault]) {
    guard !faults.isEmpty else { return nil }
    all = faults.sorted {
      ($0.location.file, $0.location.line ?? 0, $0.location.column ?? 0)
        < ($1.location.file, $1.location.line ?? 0, $1.location.column ?? 0)
    }
  }

  /// Makes the error from a single fault.
  public init(_ fault: Fault) {
    all = [fault]
  }
}
