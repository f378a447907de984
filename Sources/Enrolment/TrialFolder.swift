import Foundation
public import Trials

/// What stands beside a trial file once the trial has begun.
public struct TrialFolder: Hashable, Sendable {
  /// The ledger.
  public let ledger: String
  /// The seed and its nonce; secret until they are revealed.
  public let secret: String
  /// Who got which arm.
  public let assignment: String
  /// Where arms are concealed: which code stands for whom.
  public let codes: String
  /// Where arms are concealed: which arm belongs to which code; written when it is released.
  public let sealed: String
  /// How alike the arms are.
  public let balance: String
  /// How the draw was made.
  public let record: String

  /// The files of a trial; those of a trial that is not called `trial.yml` carry its name.
  public init(of file: TrialFile) {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    let prefix = file.folder + (name == "trial.yml" ? "" : "\(stem).")
    ledger = prefix + "ledger.sqlite"
    secret = prefix + "seed.secret.json"
    assignment = prefix + "assignment.csv"
    codes = prefix + "codes.csv"
    sealed = prefix + "sealed.csv"
    balance = prefix + "balance.csv"
    record = prefix + "draw.json"
  }

  /// The name of a file as the ledger keeps it: counted from the trial's folder where it lies within, else from the
  /// root.
  public static func name(of path: String, seenFrom file: TrialFile) -> String {
    let folder = URL(fileURLWithPath: file.folder.isEmpty ? "." : file.folder)
      .standardizedFileURL.path
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// The name of a file without its folders.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
