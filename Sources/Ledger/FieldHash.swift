import Crypto

/// SHA-256 of several fields, each preceded by its length so that no two lists run together.
///
/// A length is eight bytes, the highest first; an absent field has the length 2⁶⁴ − 1 and no bytes, which
/// tells it from an empty one.
public struct FieldHash {
  private var hash = SHA256()

  /// Begins with no fields.
  public init() {}

  /// Adds a field.
  public mutating func add(_ field: String?) {
    guard var field else { return add(length: .max) }
    field.withUTF8 { bytes in
      add(length: UInt64(bytes.count))
      hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
    }
  }

  /// The hash so far, in hexadecimal.
  public var hexadecimal: String { hash.finalize().hexadecimal }

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
    withUnsafeBytes(of: length.bigEndian) { hash.update(bufferPointer: $0) }
  }
}

extension SHA256.Digest {
  fileprivate var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
