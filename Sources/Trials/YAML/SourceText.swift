import Foundation
import Vocabulary

/// Getting from a path to text that is safe to parse.
enum SourceText {
  /// The largest trial file that is read; a real one has a few kilobytes.
  static let sizeLimit = 1 << 20

  /// The path of the trial file: a folder stands for the `trial.yml` in it.
  static func trialFile(at path: String) -> Result<String, TrialFault> {
    file(named: "trial.yml", at: path)
  }

  /// The path of a file: a folder stands for the file of that name in it.
  static func file(named name: String, at path: String) -> Result<String, TrialFault> {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return .failure(.noSuchFile)
    }
    guard isDirectory.boolValue else { return .success(path) }
    let file = path.hasSuffix("/") ? path + name : path + "/" + name
    if FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) {
      return isDirectory.boolValue ? .failure(.notAFile) : .success(file)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let others = names.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.sorted()
    return .failure(.folderWithout(name, others: Array(others.prefix(5))))
  }

  /// The bytes of a file, never more than the limit.
  static func bytes(ofFile path: String) -> Result<[UInt8], TrialFault> {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let type = attributes?[.type] as? FileAttributeType
    // A pipe or a device could keep us waiting for ever; a link is followed when it is opened.
    guard type == .typeRegular || type == .typeSymbolicLink else { return .failure(.notAFile) }
    guard FileManager.default.isReadableFile(atPath: path),
      let handle = FileHandle(forReadingAtPath: path)
    else { return .failure(.notPermitted) }
    defer { try? handle.close() }
    do {
      let data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
      return data.count > sizeLimit ? .failure(.tooLarge) : .success(Array(data))
    } catch {
      return .failure(.unreadable)
    }
  }

  /// The text in the bytes, and if they are not UTF-8, what they seem to be.
  static func text(of bytes: [UInt8]) -> Result<String, TextFault> {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return .failure(TextFault(.otherEncoding("UTF-16")))
    }
    if let text = String(bytes: bytes, encoding: .utf8) { return .success(text) }
    if looksLikeCP932(bytes) { return .failure(TextFault(.otherEncoding("Shift_JIS (CP932)"))) }
    return .failure(TextFault(.notUTF8, at: placeOfInvalidByte(in: bytes)))
  }

  /// A fault of the text as such and where it is.
  struct TextFault: Error {
    var fault: TrialFault
    var place: Written.Place?

    init(_ fault: TrialFault, at place: Written.Place? = nil) {
      self.fault = fault
      self.place = place
    }
  }

  /// Whether every byte above ASCII fits the pattern of one- and two-byte letters in CP932.
  private static func looksLikeCP932(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x00...0x7F, 0xA1...0xDF:
        index += 1
      case 0x81...0x9F, 0xE0...0xFC:
        guard index + 1 < bytes.count else { return false }
        let trail = bytes[index + 1]
        guard (0x40...0x7E).contains(trail) || (0x80...0xFC).contains(trail) else { return false }
        index += 2
      default:
        return false
      }
    }
    return true
  }

  private static func placeOfInvalidByte(in bytes: [UInt8]) -> Written.Place {
    var place = Written.Place(line: 1, column: 1)
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      if scalar == "\n" {
        place = Written.Place(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
    }
    return place
  }
}
