import Dispatch
import RandomAssignment
import Synchronization

/// Produces one part an index, on all cores; the parts stand in the order of their indices.
///
/// `produce` is called from several threads at once. What comes out never depends on how many cores
/// there are, as long as a part is a function of its index.
package func inParallel<Part: Sendable>(
  count: Int, onAllCores: Bool = true, _ produce: @Sendable (Int) -> Part
) -> [Part] {
  guard count > 1, onAllCores else { return (0..<max(count, 0)).map(produce) }
  let parts = Mutex([Part?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let part = produce(index)
    parts.withLock { $0[index] = part }
  }
  return parts.withLock { $0.compactMap(\.self) }
}

/// Cuts 0 ..< `count` into stretches of a fixed length, on all cores, and returns what became of them
/// in their order.
///
/// Sums over stretches are to be added up in that order: they are then the same on any number of cores.
func inStretches<Part: Sendable>(
  of count: Int, length: Int, _ produce: @Sendable (Range<Int>) -> Part
) -> [Part] {
  let length = max(length, 1)
  return inParallel(count: (max(count, 0) + length - 1) / length) { index in
    produce((index * length)..<min((index + 1) * length, count))
  }
}

/// One value a place of an array, on all cores.
func inParallel<Element: BitwiseCopyable & Sendable>(
  filling count: Int, _ value: @Sendable (_ place: Int) -> Element
) -> [Element] {
  Array(unsafeUninitializedCapacity: count) { values, filled in
    // Every place is written once, by one core.
    nonisolated(unsafe) let values = values
    _ = inStretches(of: count, length: 1 << 16) { places in
      for place in places { values.initializeElement(at: place, to: value(place)) }
    }
    filled = count
  }
}

/// One value a replicate, on all cores: replicate k draws from stream k, so that its value is the same
/// whoever computes it.
func replicates<Value: Sendable>(
  _ count: Int, seed: UInt64, _ draw: @Sendable (inout PhiloxGenerator) -> Value
) -> [Value] {
  inStretches(of: count, length: 32) { streams in
    streams.map { stream in
      var generator = PhiloxGenerator(seed: seed, stream: UInt64(stream))
      return draw(&generator)
    }
  }.flatMap(\.self)
}

/// As ``replicates(_:seed:_:)`` for draws that may fail: the error is that of the first replicate that
/// has one.
func throwingReplicates<Value: Sendable>(
  _ count: Int, seed: UInt64,
  _ draw: @Sendable (inout PhiloxGenerator) throws(EstimationError) -> Value
) throws(EstimationError) -> [Value] {
  let found = inStretches(of: count, length: 32) { streams in
    Result { () throws(EstimationError) -> [Value] in
      var values: [Value] = []
      values.reserveCapacity(streams.count)
      for stream in streams {
        var generator = PhiloxGenerator(seed: seed, stream: UInt64(stream))
        values.append(try draw(&generator))
      }
      return values
    }
  }
  var values: [Value] = []
  values.reserveCapacity(max(count, 0))
  for part in found { values += try part.get() }
  return values
}
