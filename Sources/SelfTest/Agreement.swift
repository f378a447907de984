public import Vocabulary

/// A number that somebody else computed or printed, beside ours.
public struct Agreement: Hashable, Sendable {
  /// What is computed, of which data.
  public let subject: BilingualText
  /// Who says so.
  public let source: String
  /// The value as it is printed there.
  public let printed: String
  /// Ours; nil where none came out.
  public let ours: Double?

  /// Puts the two side by side.
  public init(subject: BilingualText, source: String, printed: String, ours: Double?) {
    self.subject = subject
    self.source = source
    self.printed = printed
    self.ours = ours
  }

  /// How many significant digits the source prints.
  public var digitsPrinted: Int {
    let digits = printed.filter(\.isNumber)
    return digits.drop { $0 == "0" }.count
  }

  /// How many of them ours has, when rounded to as many decimals.
  public var digitsAgreed: Int {
    guard let ours, let theirs = Double(printed) else { return 0 }
    let difference = (ours - theirs).magnitude
    // Half a unit in the last printed place, and what the source's own rounding may hide.
    var unit = 1.0
    for _ in 0..<decimals { unit /= 10 }
    var agreed = digitsPrinted
    while agreed > 0, difference > unit * 0.5000001 {
      agreed -= 1
      unit *= 10
    }
    return agreed
  }

  /// Whether every printed digit agrees.
  public var isComplete: Bool { digitsAgreed == digitsPrinted && digitsPrinted > 0 }

  private var decimals: Int {
    printed.firstIndex(of: ".").map { printed[printed.index(after: $0)...].count } ?? 0
  }
}
