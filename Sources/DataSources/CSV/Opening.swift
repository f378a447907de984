import Synchronization
import Vocabulary

/// A CSV file that is open and has been looked over.
///
/// `@unchecked Sendable`: the bytes are never written, and are let go when nobody reads them any more.
final class OpenFile: @unchecked Sendable {
  let bytes: FileBytes
  let document: CSVDocument

  init(
    _ path: String, encoding: TextEncoding, division: Division
  ) throws(Faults) {
    do throws(FileProblem) {
      bytes = try FileBytes(contentsOf: path, mappingThreshold: division.mappingThreshold)
    } catch {
      throw Faults(error.fault(path))
    }
    document = try bytes.withView { view throws(Faults) in
      try CSVDocument(view, path: path, encoding: encoding, division: division)
    }
  }
}

/// Opens a file once for all that is asked of it, and again where it was written to in the meantime.
final class Opening: Sendable {
  private let last = Mutex<OpenFile?>(nil)

  func file(
    at path: String, encoding: TextEncoding, division: Division
  ) throws(Faults) -> OpenFile {
    if let open = last.withLock({ $0 }), open.bytes.isStillAt(path) { return open }
    let file = try OpenFile(path, encoding: encoding, division: division)
    last.withLock { $0 = file }
    return file
  }
}
