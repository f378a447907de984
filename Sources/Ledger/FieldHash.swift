import Crypto
import Foundation

/// SHA-256 of several fields, each preceded by its length so that no two lists run together.
///
/// A length is eight bytes, the highest first; an absent field has the length 2⁶⁴ − 1 and no bytes, which
/// tells it from an empty one.
public struct FieldHash {
  private var hash = SHA256()
  /// Bytes that wait: many short fields are hashed together, which is several times as fast.
  private var waiting: [UInt8] = []
  private static let capacity = 1 << 15

  /// Begins with no fields.
  public init() {}

  /// Adds a field.
  public mutating func add(_ field: String?) {
    guard let field else { return add(length: .max) }
    add(length: UInt64(field.utf8.count))
    waiting.append(contentsOf: field.utf8)
    if waiting.count >= Self.capacity {
      hash.update(data: waiting)
      waiting.removeAll(keepingCapacity: true)
    }
  }

  /// The hash so far, in hexadecimal.
  public var hexadecimal: String {
    var hash = hash
    hash.update(data: waiting)
    return hash.finalize().hexadecimal
  }

  /// The hash of a list of fields, in hexadecimal.
  public static func hexadecimal(_ fields: [String?]) -> String {
    var hash = FieldHash()
    for field in fields { hash.add(field) }
    return hash.hexadecimal
  }

  /// The hash of bytes as they are, in hexadecimal: what `sha256sum` prints.
  public static func hexadecimal(ofBytes bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).hexadecimal
  }

  private mutating func add(length: UInt64) {
    withUnsafeBytes(of: length.bigEndian) { waiting.append(contentsOf: $0) }
  }
}

extension SHA256.Digest {
  fileprivate var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
