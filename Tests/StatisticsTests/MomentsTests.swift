import RandomAssignment
import Statistics
import Testing

struct MomentsTests {
  /// R's mtcars: mpg, hp, wt.
  private static let mtcars: [[Double]] = [
    [21, 110, 2.62], [21, 110, 2.875], [22.8, 93, 2.32], [21.4, 110, 3.215], [18.7, 175, 3.44],
    [18.1, 105, 3.46], [14.3, 245, 3.57], [24.4, 62, 3.19], [22.8, 95, 3.15], [19.2, 123, 3.44],
    [17.8, 123, 3.44], [16.4, 180, 4.07], [17.3, 180, 3.73], [15.2, 180, 3.78], [10.4, 205, 5.25],
    [10.4, 215, 5.424], [14.7, 230, 5.345], [32.4, 66, 2.2], [30.4, 52, 1.615], [33.9, 65, 1.835],
    [21.5, 97, 2.465], [15.5, 150, 3.52], [15.2, 150, 3.435], [13.3, 245, 3.84],
    [19.2, 175, 3.845],
    [27.3, 66, 1.935], [26, 91, 2.14], [30.4, 113, 1.513], [15.8, 264, 3.17], [19.7, 175, 2.77],
    [15, 335, 3.57], [21.4, 109, 2.78],
  ]

  private func moments(of rows: some Sequence<[Double]>) -> Moments {
    var moments = Moments(variables: 3)
    for row in rows { moments.add(row) }
    return moments
  }

  @Test func covariancesMatchR() throws {
    let reference = try ContinuousReference()
    let all = moments(of: Self.mtcars)
    let names = ["mpg", "hp", "wt"]
    for i in 0..<3 {
      for j in 0...i {
        let expected = try reference.number("\(names[i]).\(names[j])", in: "cov")
        #expect(isClose(all.covariance(of: i, and: j), expected, within: 1e-13))
        #expect(all.covariance(of: i, and: j) == all.covariance(of: j, and: i))
      }
    }
  }

  @Test(arguments: 0...32) func mergingAnySplitEqualsTheWhole(cut: Int) {
    let whole = moments(of: Self.mtcars)
    let left = moments(of: Self.mtcars.prefix(cut))
    let right = moments(of: Self.mtcars.dropFirst(cut))
    for merged in [left + right, right + left] {
      #expect(merged.count == 32)
      for (ours, theirs) in zip(merged.means, whole.means) {
        #expect(isClose(ours, theirs, within: 1e-14))
      }
      for (ours, theirs) in zip(merged.crossProducts, whole.crossProducts) {
        #expect(isClose(ours, theirs, within: 1e-13))
      }
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>) func mergingRandomPartsEqualsTheWhole(stream: UInt64) {
    var generator = PhiloxGenerator(seed: 31, stream: stream)
    let parts = 1 + generator.uniformInteger(below: 6)
    var pieces = Array(repeating: Moments(variables: 2), count: parts)
    var whole = Moments(variables: 2)
    for _ in 0..<generator.uniformInteger(below: 80) {
      let row = [generator.uniformDouble() * 100, generator.uniformDouble() - 5]
      whole.add(row)
      pieces[generator.uniformInteger(below: parts)].add(row)
    }
    let merged = pieces.reduce(Moments(variables: 2), +)
    #expect(merged.count == whole.count)
    for (ours, theirs) in zip(merged.means, whole.means) {
      #expect(isClose(ours, theirs, within: 1e-13))
    }
    for (ours, theirs) in zip(merged.crossProducts, whole.crossProducts) {
      #expect(abs(ours - theirs) <= 1e-9)
    }
  }

  // 10⁹ − 1, 10⁹, 10⁹ + 1 over and over: mean 10⁹ and, with n = 3000, variance 2000/2999 exactly.
  @Test func meanOfABillionKeepsTenDigits() {
    var parts = Array(repeating: Moments(variables: 1), count: 4)
    for row in 0..<3000 { parts[row % 4].add([1e9 + Double(row % 3 - 1)]) }
    let merged = parts.reduce(Moments(variables: 1), +)
    #expect(isClose(merged.means[0], 1e9, within: 1e-15))
    #expect(isClose(merged.variance(of: 0), 2000.0 / 2999, within: 1e-14))
  }

  @Test func nothingPlusNothingIsNothing() {
    let nothing = Moments(variables: 2)
    #expect(nothing + nothing == nothing)
    #expect(nothing.variance(of: 0) == nil)
    var one = nothing
    one.add([3, 4])
    #expect(nothing + one == one)
    #expect(one + nothing == one)
    #expect(one.variance(of: 1) == nil)
  }

  @Test(arguments: [(0, 5), (5, 5), (2, 7), (333, 1000)])
  func eventsEqualAddedRows(events: Int, count: Int) {
    let exact = Moments(events: events, of: count)
    var added = Moments(variables: 1)
    for row in 0..<count { added.add([row < events ? 1 : 0]) }
    #expect(exact.count == added.count)
    #expect(abs(exact.means[0] - added.means[0]) < 1e-15)
    #expect(abs(exact.crossProducts[0] - added.crossProducts[0]) < 1e-11)
  }

  @Test func momentsFromElsewhereMustHaveTheirShape() {
    #expect(Moments(count: 3, means: [1, 2], crossProducts: [1, 0, 1]) != nil)
    #expect(Moments(count: 3, means: [1, 2], crossProducts: [1, 0]) == nil)
    #expect(Moments(count: -1, means: [1], crossProducts: [1]) == nil)
    #expect(Moments(count: .max, means: [1], crossProducts: [1]) == nil)
    #expect(Moments(count: 3, means: [.nan], crossProducts: [1]) == nil)
    #expect(Moments(count: 3, means: [1, 2], crossProducts: [1, -5, -0.1]) == nil)
  }
}
