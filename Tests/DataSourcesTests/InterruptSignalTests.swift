import DataSources
import Foundation
import Testing

/// Each case in a process of its own, which the signal may end.
@Suite("Ctrl-C while servers are asked")
struct InterruptSignalTests {
  @Test("the last to give up lets the signal take its course")
  func takesItsCourse() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      let first = InterruptSignal()
      do {
        let second = InterruptSignal()
        let before = first.isRaised || second.isRaised
        try #require(!before)
        raise(SIGINT)
        let after = second.isRaised
        try #require(after)
      }
      // Still here: the first has not given up.
      let stays = first.isRaised
      try #require(stays)
    }
  }

  @Test("a second Ctrl-C ends the program at once")
  func twice() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      let signal = InterruptSignal()
      raise(SIGINT)
      let isRaised = signal.isRaised
      try #require(isRaised)
      raise(SIGINT)
      exit(1)
    }
  }

  @Test("without Ctrl-C nothing is raised, however many begin and end together")
  func nothingRaised() async {
    await #expect(processExitsWith: .success) {
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        for _ in 0..<2_000 {
          let signal = InterruptSignal()
          if signal.isRaised { exit(1) }
        }
      }
    }
  }

  @Test("afterwards Ctrl-C does what it did before")
  func before() async {
    await #expect(processExitsWith: .exitCode(7)) {
      signal(SIGINT) { _ in _exit(7) }
      do {
        let signal = InterruptSignal()
        let isRaised = signal.isRaised
        try #require(!isRaised)
      }
      raise(SIGINT)
    }
  }

  @Test("who ignores Ctrl-C goes on ignoring it")
  func ignored() async {
    await #expect(processExitsWith: .success) {
      signal(SIGINT, SIG_IGN)
      let signal = InterruptSignal()
      raise(SIGINT)
      let isRaised = signal.isRaised
      try #require(!isRaised)
    }
  }
}
