import Foundation
import TestSupport

/// The built `nudge`, run as a person would run it.
struct CommandLineTool {
  /// What one run gave back.
  struct Run {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The executable beside the test bundle.
  static let executable = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "nudge")

  /// Runs `nudge` with arguments in the repository's root.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], output: FileHandle? = nil
  ) throws -> Run {
    try run(arguments, environment: environment, output: output)
  }

  /// Runs `nudge` with arguments in the repository's root.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], output: FileHandle? = nil
  ) throws -> Run {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = SharedFolder.repository
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes: a pipe's buffer fills when nobody reads it.
    let folder = try TemporaryFolder()
    let out = try folder.file(named: "out")
    let err = try folder.file(named: "err")
    process.standardOutput = try output ?? FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus,
      output: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }
}
