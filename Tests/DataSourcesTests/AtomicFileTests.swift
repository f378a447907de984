import Foundation
import Testing
import Vocabulary

@testable import DataSources

@Suite("Files are written whole or not at all")
struct AtomicFileTests {
  func names(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func writesAndReplacesOnlyByForce() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/結果.csv"
    try AtomicFile.write("one", to: path)
    let fault = try #require(throws: Fault.self) { try AtomicFile.write("two", to: path) }
    #expect(fault.message.en == "the file exists already; add --force to replace it")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
    try AtomicFile.write("three", to: path, force: true)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "three")
    #expect(try names(in: folder) == ["結果.csv"])
  }

  @Test func anEmptyFileAndAFileInTheCurrentFolder() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write([], to: folder.path + "/empty")
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/empty")).isEmpty)
    let name = UUID().uuidString
    try AtomicFile.write("x", to: name)
    #expect(FileManager.default.fileExists(atPath: name))
    try FileManager.default.removeItem(atPath: name)
  }

  @Test func whatCannotBeWrittenLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let none = try #require(throws: Fault.self) {
      try AtomicFile.write("x", to: folder.path + "/none/file")
    }
    #expect(none.message.en == "there is no such folder")
    let itself = try #require(throws: Fault.self) {
      try AtomicFile.write("x", to: folder.path, force: true)
    }
    #expect(itself.message.en == "this is a folder or a device; name a file")
    let device = try #require(throws: Fault.self) {
      try AtomicFile.write("x", to: "/dev/full", force: true)
    }
    #expect(device.message.en == "this is a folder or a device; name a file")
    #expect(try names(in: folder) == [])
  }

  /// A name longer than a folder allows: the temporary file exists already when the rename fails.
  @Test func aFailureAtTheLastStepLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + String(repeating: "x", count: 300)
    for force in [true, false] {
      #expect(throws: Fault.self) { try AtomicFile.write("x", to: path, force: force) }
    }
    #expect(try names(in: folder) == [])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsReported() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(throws: WriteProblem.refused(ENOSPC)) {
      try AtomicFile.fill(descriptor, with: Array(repeating: 1, count: 100_000))
    }
    #expect(WriteProblem.refused(ENOSPC).fault("a").line(in: .english) == "a: the disk is full")
  }

  @Test func csvRowsReadBackAsWritten() throws {
    let rows: [[String?]] = [
      ["id", "text", "n"], ["a", "x,\"y\"\r\nz", "1"], ["b", nil, "-2"], ["=1+1", "-x", "+3"],
    ]
    var writer = CSVWriter(byteOrderMark: true)
    for row in rows { writer.append(row) }
    #expect(
      writer.content == [0xEF, 0xBB, 0xBF]
        + Array("id,text,n\r\na,\"x,\"\"y\"\"\r\nz\",1\r\nb,,-2\r\n=1+1,-x,+3\r\n".utf8))
    let table = try read(writer.content, ["id": .identifier, "text": .category, "n": .number])
    #expect(try table.identifiers("id")[2] == "=1+1")
    #expect(try table.categories("text")[0] == "x,\"y\"\r\nz")
    #expect(try table.numbers("n") == [1, -2, 3])
  }

  @Test func formulasAreDefusedAndNumbersAreNot() {
    var writer = CSVWriter(formulaGuard: .on)
    writer.append(["=1+1", "-2", "-1.5e3", "+x", "@a", "＝1", "a=b", "-"])
    writer.append([""])
    #expect(
      String(decoding: writer.content, as: UTF8.self)
        == "'=1+1,-2,-1.5e3,'+x,'@a,'＝1,a=b,-\r\n\"\"\r\n")
  }
}
