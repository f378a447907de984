import Synchronization
import Vocabulary

/// A CSV file that is open and has been looked over.
///
/// `@unchecked Sendable`: the bytes are never written, and are let go when nobody reads them any more.
final class OpenFile: @unchecked Sendable {
  /// The file as it lies in its folder.
  let file: FileBytes
  /// What it unpacks to; nil for a file that is not packed.
  private let content: FileBytes?
  let document: CSVDocument
  private let kept = Mutex<KeptRows?>(nil)

  init(
    _ path: String, encoding: TextEncoding, division: Division
  ) throws(Faults) {
    do throws(FileProblem) {
      file = try FileBytes(contentsOf: path, mappingThreshold: division.mappingThreshold)
      content =
        file.isPacked ? try file.unpacked(mappingThreshold: division.mappingThreshold) : nil
    } catch {
      throw Faults(error.fault(path))
    }
    // Their memory outlives the loan: both are this object's, which whoever reads holds.
    let view = content?.withView { $0 } ?? file.withView { $0 }
    document = try CSVDocument(view, path: path, encoding: encoding, division: division)
  }

  /// Keeps rows of a first reading for a second one.
  func keep(_ rows: KeptRows?) { kept.withLock { $0 = rows } }

  /// Hands over what was kept, once: its memory is wanted for other things afterwards.
  func takeKept() -> KeptRows? {
    kept.withLock { kept in
      defer { kept = nil }
      return kept
    }
  }
}

/// Opens a file once for all that is asked of it, and again where it was written to in the meantime.
final class Opening: Sendable {
  private let last = Mutex<OpenFile?>(nil)

  func file(
    at path: String, encoding: TextEncoding, division: Division
  ) throws(Faults) -> OpenFile {
    // Whoever else asks meanwhile waits, and finds it open.
    try last.withLock { last throws(Faults) in
      if let open = last, open.file.isStillAt(path) { return open }
      let file = try OpenFile(path, encoding: encoding, division: division)
      last = file
      return file
    }
  }
}
