import Foundation

/// A linear programme over variables that are not negative, solved by GLPK's `glpsol`.
public struct LinearProgram {
  /// Variables that add up to a number.
  public typealias Sum = (variables: [Int], total: Int)

  private let variableCount: Int
  private var sums: [Sum] = []

  /// A programme without a constraint.
  public init(variableCount: Int) { self.variableCount = variableCount }

  /// Demands that variables add up to a number.
  public mutating func require(_ variables: [Int], total: Int) { sums.append((variables, total)) }

  /// Whether there is a solver on this machine.
  public static var isAvailable: Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/glpsol")
  }

  /// The least and the greatest that a sum of variables can be; nil where nothing satisfies the constraints.
  public func bounds(of variables: [Int]) throws -> ClosedRange<Double>? {
    guard let low = try optimum(of: variables, "Minimize"),
      let high = try optimum(of: variables, "Maximize"), low <= high + 1e-6
    else { return nil }
    return low...max(low, high)
  }

  private func optimum(of variables: [Int], _ direction: String) throws -> Double? {
    let lines =
      [direction, "obj: " + terms(variables), "Subject To"]
      + sums.filter { !$0.variables.isEmpty }.map { terms($0.variables) + " = \($0.total)" }
      + ["End", ""]
    let folder = try TemporaryFolder(inMemory: true)
    let model = try folder.file(named: "model.lp", lines.joined(separator: "\n"))
    let report = folder.url.appending(path: "solution.txt")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/glpsol")
    process.arguments = ["--lp", model.path, "-o", report.path]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOf: report, encoding: .utf8)
    guard text.contains("OPTIMAL"), !text.contains("INFEASIBLE"),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Objective:") })
    else { return nil }
    return line.split(separator: "=").last.flatMap {
      Double($0.split(separator: " ").first.map(String.init) ?? "")
    }
  }

  /// `x1 + x5`, in lines of a length that the format allows.
  private func terms(_ variables: [Int]) -> String {
    guard !variables.isEmpty else { return "0 x0" }
    var lines: [String] = []
    for start in stride(from: 0, to: variables.count, by: 40) {
      lines.append(
        variables[start..<min(start + 40, variables.count)].map { "x\($0)" }
          .joined(separator: " + "))
    }
    return lines.joined(separator: " +\n")
  }
}
