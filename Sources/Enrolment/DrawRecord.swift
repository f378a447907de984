import Foundation
import Ledger

/// `draw.json`: how the last draw was made, for whoever has the files but not the ledger.
struct DrawRecord: Encodable {
  let nudge = 1
  let trial: String
  let event: Int
  let time: String
  let hash: String
  let draw: DrawParticulars?

  init(of event: LedgerEvent, trial: String) {
    self.trial = trial
    self.event = event.sequence
    time = event.time
    hash = event.hash
    draw = event.particulars(as: DrawParticulars.self)
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
  }
}
