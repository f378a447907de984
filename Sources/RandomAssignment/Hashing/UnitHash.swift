import Crypto
import Foundation

/// The number that a unit's identifier becomes under one salt: the same on every machine, in every
/// language, for ever.
///
/// Version 1. Each field (the version's name, the salt, the identifier) is normalised to NFC, written in
/// UTF-8 and preceded by its length in bytes, as eight bytes with the highest first; of the SHA-256 of
/// all three the first eight bytes, the highest first, are the number. The lengths keep ("a", "bc")
/// and ("ab", "c") apart, the normalisation makes the two spellings of が one, and hashing bytes rather than a
/// language's own characters makes 札幌市-00001 the same for everybody.
///
/// Whoever knows the salt knows every arm; do not use it where a draw must be concealed.
///
/// Reference: FIPS 180-4; Unicode Standard Annex 15.
public struct UnitHash: Codable, Hashable, Sendable {
  /// The first field; a change of the method would change it.
  public static let version = "nudge-hash-1"
  /// The second field: a trial, or a layer of trials.
  public var salt: String

  /// Makes the hash of one trial or layer.
  public init(salt: String) {
    self.salt = salt
  }

  /// The number of an identifier, uniform on 0 ..< 2⁶⁴.
  public func value(of identifier: String) -> UInt64 {
    var message: [UInt8] = []
    for field in [Self.version, salt, identifier] {
      // ASCII is NFC as it stands, and most identifiers are ASCII.
      let isNormal = field.utf8.allSatisfy { $0 < 0x80 }
      let text = isNormal ? field : field.precomposedStringWithCanonicalMapping
      withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { message.append(contentsOf: $0) }
      message.append(contentsOf: text.utf8)
    }
    return SHA256.hash(data: message).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// ⌊value·count/2⁶⁴⌋: one of `count` equal slots, from 0; 0 for a count below 1.
  public func slot(of identifier: String, among count: Int) -> Int {
    guard count > 0 else { return 0 }
    return Int(value(of: identifier).multipliedFullWidth(by: UInt64(count)).high)
  }
}
