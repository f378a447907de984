#if canImport(Glibc)
  private import func Glibc.acos
  private import func Glibc.asin
  private import func Glibc.atan
  private import func Glibc.cos
  private import func Glibc.exp
  private import func Glibc.expm1
  private import func Glibc.log
  private import func Glibc.log1p
  private import func Glibc.sin
#else
  private import func Darwin.acos
  private import func Darwin.asin
  private import func Darwin.atan
  private import func Darwin.cos
  private import func Darwin.exp
  private import func Darwin.expm1
  private import func Darwin.log
  private import func Darwin.log1p
  private import func Darwin.sin
#endif

// The C library's elementary functions, so that `Statistics` needs neither Foundation nor a choice
// of C library in every file.

/// Elementary functions of one real number.
package enum Elementary {
  /// The natural logarithm; −∞ at 0, NaN below.
  package static func logarithm(_ x: Double) -> Double { log(x) }
  /// log(1 + x), to full precision near 0; −∞ at −1.
  package static func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }
  /// e to the power of x.
  package static func exponential(_ x: Double) -> Double { exp(x) }
  /// e to the power of x, minus 1, to full precision near 0.
  package static func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
  /// The sine of an angle in radians.
  package static func sine(_ x: Double) -> Double { sin(x) }
  /// The cosine of an angle in radians.
  package static func cosine(_ x: Double) -> Double { cos(x) }
  /// The angle from 0 to π whose cosine is x.
  package static func arcCosine(_ x: Double) -> Double { acos(x) }
  /// The angle from −π/2 to π/2 whose sine is x.
  package static func arcSine(_ x: Double) -> Double { asin(x) }
  /// The angle from −π/2 to π/2 whose tangent is x.
  package static func arcTangent(_ x: Double) -> Double { atan(x) }
}
