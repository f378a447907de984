import Foundation
import Testing
import Vocabulary

@testable import Trials

/// From a path to a trial.
@Suite struct FileTests {
  /// A folder that is removed with the last reference to it.
  final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "trials-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
      try? FileManager.default.removeItem(at: url)
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
      let file = url.appending(path: name)
      try Data(bytes).write(to: file)
      return file.path
    }
  }

  func faults(_ path: String, _ language: Language = .english) -> [String] {
    do {
      _ = try TrialFile.load(contentsOf: path)
      return []
    } catch {
      return error.all.map { $0.line(in: language) }
    }
  }

  @Test func aFolderStandsForItsTrialFile() throws {
    let folder = try Folder()
    let path = try folder.write(validTrial.utf8, to: "trial.yml")
    #expect(try TrialFile.load(contentsOf: folder.url.path).path == path)
    #expect(try Trial.load(contentsOf: folder.url.path + "/").id == "jobcafe")
    #expect(try Trial.load(contentsOf: path).id == "jobcafe")
    #expect(try TrialFile.load(contentsOf: path).dataPath == folder.url.path + "/data.csv")
  }

  @Test func saysThatThereIsNoFile() throws {
    let folder = try Folder()
    let missing = folder.url.path + "/無い.yml"
    #expect(faults(missing) == ["\(missing): There is no such file or folder."])
    let path = folder.url.path
    #expect(
      faults(path) == [
        "\(path): This folder has no trial.yml. 'nudge new FOLDER' makes one from a template."
      ])
    _ = try folder.write([], to: "trial.yaml")
    #expect(
      faults(path) == [
        "\(path): This folder has no trial.yml. If you mean trial.yaml, name the file itself."
      ])
  }

  @Test func refusesWhatIsNoFile() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "trial.yml"), withIntermediateDirectories: true)
    let path = folder.url.path
    #expect(faults(path) == ["\(path): This is not a regular file."])
    #expect(faults("/dev/zero") == ["/dev/zero: This is not a regular file."])
  }

  @Test(.enabled(if: getuid() != 0, "an administrator may read everything"))
  func saysThatReadingIsNotPermitted() throws {
    let folder = try Folder()
    let path = try folder.write(validTrial.utf8, to: "trial.yml")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(faults(path) == ["\(path): You are not permitted to read this file."])
  }

  @Test func refusesLargeFiles() throws {
    let folder = try Folder()
    let path = try folder.write(
      repeatElement(UInt8(ascii: "a"), count: 10_000_000), to: "trial.yml")
    #expect(
      faults(path) == [
        "\(path): The file is larger than 1 MiB. Is it the data rather than the trial file?"
      ])
  }

  @Test func namesTheEncodingToChange() throws {
    let folder = try Folder()
    // 「title: 検証」 in CP932: 検 is 8C 9F, 証 is 8F D8.
    let cp932 = Array("title: ".utf8) + [0x8C, 0x9F, 0x8F, 0xD8, 0x0A]
    let path = try folder.write(cp932, to: "trial.yml")
    #expect(
      faults(path) == ["\(path): The file seems to be in Shift_JIS (CP932). Save it as UTF-8."])
    #expect(
      faults(path, .japanese) == [
        "\(path): 文字コードがShift_JIS (CP932)のようです。エディタで「UTF-8」を選んで保存し直してください。"
      ])
    _ = try folder.write([0xFF, 0xFE, 0x61, 0x00], to: "trial.yml")
    #expect(faults(path) == ["\(path): The file seems to be in UTF-16. Save it as UTF-8."])
    _ = try folder.write(Array("a: 1\nあb".utf8) + [0xFF], to: "trial.yml")
    #expect(
      faults(path) == [
        "\(path):2:3: There are bytes here that are not UTF-8. Save the file as UTF-8."
      ])
  }
}
