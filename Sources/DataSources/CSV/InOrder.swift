import Dispatch
import Synchronization

/// Produces parts on all cores and hands them over one at a time, in their order.
///
/// What comes out depends on the order of the parts only, never on which of them was ready first. A
/// part is let go as soon as it is consumed, so that few exist at any time. `produce` is called from
/// several threads at once; `consume` returns false when it wants no more. `progress` is told how many
/// parts are consumed.
func inOrder<Part: Sendable, Whole: Sendable>(
  count: Int, onAllCores: Bool = true, into whole: Whole,
  progress report: (@Sendable (_ done: Int) -> Void)? = nil,
  produce: @Sendable (Int) -> Part,
  consume: @Sendable (inout Whole, Part) -> Bool
) -> Whole {
  let progress = Mutex(Progress<Part, Whole>(whole: whole))
  @Sendable func step(_ index: Int) {
    guard progress.withLock({ !$0.isStopped }) else { return }
    let part = produce(index)
    progress.withLock {
      $0.accept(part, at: index, consume)
      report?($0.next)
    }
  }
  if onAllCores, count > 1 {
    DispatchQueue.concurrentPerform(iterations: count, execute: step)
  } else {
    for index in 0..<max(0, count) { step(index) }
  }
  return progress.withLock { $0.whole }
}

private struct Progress<Part: Sendable, Whole: Sendable> {
  var whole: Whole
  var isStopped = false
  private(set) var next = 0
  private var waiting: [Int: Part] = [:]

  init(whole: Whole) {
    self.whole = whole
  }

  mutating func accept(_ part: Part, at index: Int, _ consume: (inout Whole, Part) -> Bool) {
    waiting[index] = part
    while !isStopped, let part = waiting.removeValue(forKey: next) {
      next += 1
      isStopped = !consume(&whole, part)
    }
    if isStopped { waiting = [:] }
  }
}
