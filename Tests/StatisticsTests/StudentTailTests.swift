import GSL
import Testing

struct StudentTailTests {
  /// Against R's pt, whose own errors are near 10⁻¹³ (Reference/student_t.R).
  @Test func tailsKeepTheirDigits() throws {
    for row in try ContinuousReference.rows(of: "student_t") {
      let numbers = try row.map { try #require(Double($0)) }
      let tail = try #require(StudentT(degreesOfFreedom: numbers[1])?.upperTail(numbers[0]))
      #expect(isClose(tail, numbers[2], within: 1e-11), "\(row): \(tail)")
    }
  }

  /// Neither side of a border of methods may jump: the tail falls all the same.
  @Test(arguments: [30.0, 4000.0]) func methodsMeet(freedom: Double) throws {
    for t in [2.0, 2.1, 4, 8] {
      let below = try #require(StudentT(degreesOfFreedom: freedom.nextDown)?.upperTail(t))
      let above = try #require(StudentT(degreesOfFreedom: freedom.nextUp)?.upperTail(t))
      #expect(isClose(above, below, within: 1e-11))
    }
  }
}
