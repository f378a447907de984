extension Ledger {
  /// What every draw's event keeps of its rows, whatever else it says.
  private struct RowsDigest: Decodable {
    let rows: String
  }

  /// Everything that is wrong; empty where nothing is.
  ///
  /// Every event is hashed again, followed to the one before, and the rows of every draw are compared with
  /// the hash in its event.
  public func problems() -> [LedgerProblem] {
    do {
      let damage = try damage()
      guard damage.isEmpty else { return damage.map(LedgerProblem.damaged) }
      let (events, units) = try everything()
      return Self.problems(of: events) + Self.problems(of: units, drawnBy: events)
    } catch {
      return [.damaged("\(error)")]
    }
  }

  private static func problems(of events: [LedgerEvent]) -> [LedgerProblem] {
    var problems: [LedgerProblem] = []
    var previous = LedgerEvent.genesis
    for (place, event) in events.enumerated() {
      if event.sequence != place + 1, problems.isEmpty {
        problems.append(.gap(expected: place + 1, found: event.sequence))
      }
      if event.hash != event.expectedHash {
        problems.append(.changed(event: event.sequence, kind: event.kind))
      }
      if event.previous != previous { problems.append(.brokenChain(event: event.sequence)) }
      previous = event.hash
    }
    return problems
  }

  private static func problems(
    of units: [(unit: DrawnUnit, event: Int)], drawnBy events: [LedgerEvent]
  ) -> [LedgerProblem] {
    let rows = Dictionary(grouping: units, by: \.event).mapValues { $0.map(\.unit) }
    var problems: [LedgerProblem] = []
    for event in events where event.kind == .draw {
      let digest = DrawnUnit.digest(of: rows[event.sequence] ?? [])
      if event.particulars(as: RowsDigest.self)?.rows != digest {
        problems.append(.rowsChanged(event: event.sequence))
      }
    }
    let draws = Set(events.filter { $0.kind == .draw }.map(\.sequence))
    for (event, strays) in rows.sorted(by: { $0.key < $1.key }) where !draws.contains(event) {
      problems.append(.strayRows(event: event, count: strays.count))
    }
    return problems
  }
}
