import Foundation
import Testing
import Vocabulary

@testable import DataSources

@Suite("The bytes of a file")
struct FileBytesTests {
  /// A mapped file that fills its page: one byte read too far would end the process.
  @Test(arguments: ["1", "1,", "\"1\"", "1\r", "1\n", "\"1", "1\r\n\u{1A}", "漢"])
  func nothingIsReadBeyondTheEnd(_ ending: String) throws {
    let start = Array("a,b\n1,".utf8)
    let rest = Array(("\n7," + ending).utf8)
    let filler = Array(repeating: UInt8(ascii: "x"), count: 65_536 - start.count - rest.count)
    let bytes = start + filler + rest
    #expect(bytes.count == 65_536)
    let folder = try TemporaryFolder()
    let path = try folder.file(bytes)
    for chunkSize in [7, 4096, 1 << 20] {
      let answers = [0, Int.max].map { threshold in
        Result { () throws(Faults) in
          let division = Division(chunkSize: chunkSize, mappingThreshold: threshold)
          let file = CSVFile(path: path, division: division)
          return try file.table(of: ["a": .number, "b": .identifier])
            .columns[ColumnRequest("b", as: .identifier)]
        }
      }
      #expect(answers[0] == answers[1])
    }
  }

  @Test(arguments: [0, Int.max])
  func aFileThatIsWrittenToMeanwhileIsReported(_ mappingThreshold: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a\n1\n")
    let bytes = try FileBytes(contentsOf: path, mappingThreshold: mappingThreshold)
    try bytes.checkUnchanged()
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("2\n".utf8))
    try handle.close()
    do throws(FileProblem) {
      try bytes.checkUnchanged()
      Issue.record("the change went unnoticed")
    } catch {
      #expect(error == .changedWhileReading)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func aFileWithoutPermission() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a\n1\n")
    #expect(chmod(path, 0) == 0)
    let faults = try #require(throws: Faults.self) { try CSVFile(path: path).columnNames() }
    #expect(faults.all.map(\.message.en) == ["no permission to open the file"])
  }
}
