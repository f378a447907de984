import Statistics

/// Decides the encoding from what was wanted and what the bytes are.
struct EncodingChoice {
  /// Why no encoding fits.
  enum Problem: Error, Hashable {
    /// The file was said to be UTF-8, or begins with its mark, but is not.
    case notUTF8(at: Int)
    /// The file was said to be CP932 but is not.
    case notCP932(at: Int)
    /// The file is neither.
    case neither(utf8At: Int, cp932At: Int)
    /// The C library of this system cannot convert CP932.
    case noConverter
  }

  private let wanted: TextEncoding
  private let hasMark: Bool
  private let isASCII: Bool
  private let firstInvalidUTF8: Int?

  init(_ wanted: TextEncoding, hasMark: Bool, surveys: [Survey]) {
    self.wanted = wanted
    self.hasMark = hasMark
    isASCII = surveys.allSatisfy(\.isASCII)
    firstInvalidUTF8 = surveys.lazy.compactMap(\.firstInvalidUTF8).first
  }

  /// The encoding; the bytes are checked for CP932, if need be, in parts near the ranges.
  func encoding(
    of view: ByteView, ranges: [Range<Int>], onAllCores: Bool
  ) throws(Problem) -> FoundEncoding {
    if wanted == .cp932, !hasMark {
      if isASCII { return .cp932 }
      if let place = invalidCP932(in: view, ranges, onAllCores) { throw .notCP932(at: place) }
      return try converter()
    }
    guard let invalidUTF8 = firstInvalidUTF8 else { return .utf8 }
    if wanted == .utf8 || hasMark { throw .notUTF8(at: invalidUTF8) }
    if let place = invalidCP932(in: view, ranges, onAllCores) {
      throw .neither(utf8At: invalidUTF8, cp932At: place)
    }
    return try converter()
  }

  private func converter() throws(Problem) -> FoundEncoding {
    guard CP932Converter() != nil else { throw .noConverter }
    return .cp932
  }

  private func invalidCP932(
    in view: ByteView, _ ranges: [Range<Int>], _ onAllCores: Bool
  ) -> Int? {
    var boundaries: [Int] = [0]
    for range in ranges {
      // Searching on from the last boundary keeps the work linear where boundaries are rare.
      boundaries.append(view.characterBoundary(from: max(range.upperBound, boundaries.last ?? 0)))
    }
    let parts = zip(boundaries, boundaries.dropFirst()).map { $0..<$1 }
    return inParallel(count: parts.count, onAllCores: onAllCores) { index in
      defer { view.release(parts[index]) }
      return view.firstInvalidCP932(in: parts[index])
    }.lazy.compactMap { $0 }.first
  }
}

/// Files that people take for CSV.
enum ForeignFormat: Hashable {
  case workbook
  case utf16

  init?(of view: ByteView) {
    if view.starts(with: [0x50, 0x4B, 0x03, 0x04]) || view.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .workbook
    } else if view.starts(with: [0xFF, 0xFE]) || view.starts(with: [0xFE, 0xFF]) {
      self = .utf16
    } else {
      return nil
    }
  }
}
