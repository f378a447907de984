import DataSources
import Foundation
import Ledger
import Vocabulary

/// The seed of a trial's draw, kept secret until everybody is enrolled.
///
/// The lock carries the commitment: whoever drew cannot choose another seed afterwards, because no other
/// seed and nonce fit it; and nobody can foresee the draw, because the commitment does not tell the seed.
public struct SeedSecret: Codable, Hashable, Sendable {
  /// The trial.
  public let trial: String
  /// The seed of ``RandomAssignment/PhiloxGenerator``, in decimal: JSON's numbers are not wide enough.
  public let seed: String
  /// Random bytes in hexadecimal that keep the commitment from being guessed.
  public let nonce: String

  /// Makes a secret from the system's randomness, or from a seed that is given.
  public init(trial: String, seed: UInt64? = nil) {
    self.trial = trial
    self.seed = String(seed ?? UInt64.random(in: 0 ... .max))
    nonce = (0..<4).map { _ in
      let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The seed as a number; nil where the text is none.
  public var number: UInt64? { UInt64(seed) }

  /// SHA-256 of the fields "nudge-seed-1", trial, seed and nonce, as the ledger hashes fields.
  public var commitment: String {
    FieldHash.hexadecimal(["nudge-seed-1", trial, seed, nonce])
  }

  /// What stands for a unit while arms are concealed: twelve letters that only this secret gives.
  func code(of unit: String) -> String {
    // Letters and digits that are not mistaken for one another when read aloud.
    let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    let digest = FieldHash.hexadecimal(["nudge-code-1", trial, nonce, unit])
    var bits = UInt64(digest.prefix(15), radix: 16) ?? 0
    var letters: [Character] = []
    for _ in 0..<12 {
      letters.append(alphabet[Int(bits % 32)])
      bits /= 32
    }
    return String(letters)
  }

  /// The hash of the arms in their order that tells nothing until the nonce is known.
  func seal(of arms: [String]) -> String {
    FieldHash.hexadecimal(["nudge-arms-1", trial, nonce] + arms)
  }

  // MARK: - File

  /// Reads the secret of a trial.
  ///
  /// - Throws: a fault at the file.
  static func load(_ path: String) throws -> SeedSecret {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw EnrolmentFault.noSecret.fault(at: SourceLocation(file: path))
    }
    guard let secret = try? JSONDecoder().decode(SeedSecret.self, from: bytes),
      secret.number != nil
    else { throw EnrolmentFault.brokenSecret.fault(at: SourceLocation(file: path)) }
    return secret
  }

  /// Writes the secret, readable for its owner alone.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try AtomicFile.write(try encoder.encode(self) + Data("\n".utf8), to: path)
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }
}
