import Foundation
import TestSupport
import Trials

@testable import Enrolment

/// A trial in a folder of its own, with a list of people.
final class EnrolmentFixture {
  let folder: TemporaryFolder

  init(
    assignment: String = "method: complete", extra: String = "", list: String? = nil
  ) throws {
    folder = try TemporaryFolder()
    try write(assignment: assignment, extra: extra)
    try folder.file(named: "frame.csv", list ?? Self.people(0..<40))
  }

  func write(assignment: String, extra: String = "", worthwhile: String = "0.01") throws {
    let keys = assignment.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let text = """
      nudge: 1
      trial: enrolment
      title: 割付けの試験
      arms:
        - {id: control, control: true}
        - {id: social}
      unit: id
      population: {where: {age: {from: 34, to: 49}}}
      assignment:
      \(keys)
      outcomes:
        - {id: visited, role: primary, kind: binary, column: visited, worthwhile: \(worthwhile)}
      \(extra)
      """
    try folder.file(named: "trial.yml", text)
  }

  static func people(_ numbers: Range<Int>) -> String {
    let rows = numbers.map { number in
      "札幌市-\(10000 + number),\(34 + number * 7 % 16),\(number % 3 == 0 ? "石狩" : "渡島"),"
        + "\(number % 2 == 0 ? "女" : "男"),h\(number / 2)"
    }
    return (["id,age,area,sex,household"] + rows).joined(separator: "\n") + "\n"
  }

  var file: TrialFile { get throws { try TrialFile.load(contentsOf: folder.url.path) } }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  func lock(seed: UInt64 = 7) throws {
    _ = try Locking(of: file, engineVersion: "test").lock(seed: seed)
  }

  @discardableResult
  func draw(_ list: String = "frame.csv", force: Bool = false) throws -> Drawing.Outcome {
    try Drawing(of: file, engineVersion: "test").draw(path(list), force: force)
  }

  func verify() throws -> FolderVerification {
    try FolderVerification(of: file, engineVersion: "test")
  }

  func record() throws -> TrialRecord? {
    try TrialRecord.load(for: file, engineVersion: "test")
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }
}
