/// The counts behind a comparison of two rates: x₁ events among n₁ units of the arm, x₂ among n₂ of
/// the control.
public struct TwoByTwoTable: Hashable, Sendable {
  /// The counts of one arm.
  public struct Arm: Hashable, Sendable {
    /// Units with the event.
    public let events: Int
    /// All units, at least 1.
    public let count: Int

    /// Units without the event.
    public var nonEvents: Int { count - events }
    /// The observed rate.
    public var rate: Double { Double(events) / Double(count) }
    /// The observed rate of the opposite event.
    var complement: Double { Double(nonEvents) / Double(count) }
  }

  /// The arm under study.
  public let arm: Arm
  /// The arm it is compared with.
  public let control: Arm

  /// The largest number of units an arm may have; up to it every count is an exact `Double`.
  public static let largestCount = 1 << 52

  /// Makes a table.
  ///
  /// - Returns: nil unless each arm has at least one unit and 0 ≤ events ≤ count.
  public init?(events: Int, of count: Int, versus controlEvents: Int, of controlCount: Int) {
    guard count > 0, count <= Self.largestCount, (0...count).contains(events),
      controlCount > 0, controlCount <= Self.largestCount,
      (0...controlCount).contains(controlEvents)
    else { return nil }
    arm = Arm(events: events, count: count)
    control = Arm(events: controlEvents, count: controlCount)
  }

  private init(arm: Arm, control: Arm) {
    self.arm = arm
    self.control = control
  }

  /// The same data with the roles of the two arms exchanged.
  public var swapped: TwoByTwoTable { TwoByTwoTable(arm: control, control: arm) }

  /// The same data with "event" and "no event" exchanged.
  var complement: TwoByTwoTable {
    TwoByTwoTable(
      arm: Arm(events: arm.nonEvents, count: arm.count),
      control: Arm(events: control.nonEvents, count: control.count))
  }

  /// Units of both arms.
  var total: Int { arm.count + control.count }
  /// Events of both arms.
  var events: Int { arm.events + control.events }
  /// Units of both arms without the event.
  var nonEvents: Int { total - events }

  /// The smallest of the four counts expected if both arms had the pooled rate.
  public var smallestExpectedCount: Double {
    Double(min(arm.count, control.count)) * Double(min(events, nonEvents)) / Double(total)
  }
}
