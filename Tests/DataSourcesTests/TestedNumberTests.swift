import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import DataSources

@Suite("CSV: many tests on one number share a code")
struct TestedNumberTests {
  /// Values at, beside and between all ends, whatever the tests: each code says what the tests say.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func answersAreTheTestsOwn(seed: UInt64) {
    var generator = SplitMix(state: seed)
    let numbers: [Double] = [
      -.infinity, -1e300, -3, -2.5, -0.0, 0, 0x1p-1074, 1, 1.0.nextUp, 2, 7, 7.5, 40, 1e15,
      .greatestFiniteMagnitude, .infinity,
    ]
    func number() -> Double {
      numbers[Int.random(in: numbers.indices, using: &generator)]
    }
    func test(_ depth: Int) -> Condition.Test {
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: .range(from: nil, to: number())
      case 1: .range(from: number(), to: nil)
      case 2: .numbers([number(), number()])
      case 3 where depth < 2: .any([test(depth + 1), test(depth + 1)])
      default: .range(from: number(), to: number())
      }
    }
    let tests = (0..<Int.random(in: 1...90, using: &generator)).map { (place: $0, test: test(0)) }
    let tested = TestedNumber(tests, of: 3)
    #expect(tested.tests == tests.map(\.place) && tested.number == 3)
    #expect(tested.answers[0].allSatisfy { !$0 })
    #expect(tested.answers.count <= 1 << tested.bits)
    #expect(Set(tested.answers).count == tested.answers.count)
    let finite = numbers.filter(\.isFinite)
    let values = finite + finite.map(\.nextUp) + finite.map(\.nextDown) + finite.map { $0 / 3 + 1 }
    for value in values where value.isFinite {
      #expect(
        tested.answers[Int(tested.code(of: value))]
          == tests.map { $0.test.holds(of: "", number: value) }, "\(value)")
    }
  }

  @Test func aRangeTakesOneBit() {
    let range = Condition.Test.range(from: 25, to: 49)
    #expect(TestedNumber([(0, range)], of: 0).bits == 1)
    let ages = (0..<120).map { (place: $0, test: Condition.Test.numbers([Double($0)])) }
    #expect(TestedNumber(ages, of: 0).bits == 7)
  }

  /// 300 tests would not fit in the 64 bits of a row's key one by one.
  @Test func hundredsOfRangesAreStillAddedUp() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<2_000).map {
      "\($0 % 3 == 0 ? "a" : "b"),\($0 % 310 == 309 ? "" : "\($0 % 310)"),\($0)"
    }
    let file = CSVFile(path: try folder.file("arm,town,y\n" + rows.joined(separator: "\n") + "\n"))
    let request = TallyRequest(
      texts: ["arm"],
      tests: (0..<300).map {
        TallyRequest.NumberTest(column: "town", .range(from: Double($0), to: Double($0 + 4)))
      }, sets: [VariableSet(["y"])])
    let tally = try #require(try file.tally(request))
    for place in [0, 7, 150, 299] {
      let inside = (0..<2_000).filter { (place...place + 4).contains($0 % 310) && $0 % 310 < 309 }
      let parts = tally.parts.filter { $0.tests[place] }
      #expect(parts.reduce(0) { $0 + $1.rows } == inside.count)
      let sum = parts.reduce(0) { $0 + $1.moments[0].means[0] * Double($1.rows) }
      #expect(abs(sum - Double(inside.reduce(0, +))) < 1e-6)
    }
  }
}
