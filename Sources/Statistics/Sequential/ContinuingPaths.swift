import GSL

/// The trials that are still running after a look: where their score process stands.
///
/// The standardised statistic of look k is Z_k = B(t_k)/√t_k, where B is Brownian motion with the
/// drift of the treatment effect and t is information. Between looks B moves by an independent normal
/// step, so the density after a look is the density before, convolved with that step and cut off at
/// the boundaries: one line integral a look, however many looks there are.
///
/// Armitage, McPherson & Rowe (1969), doi:10.2307/2343787; Jennison & Turnbull (1999), Group Sequential
/// Methods, chapter 19. Here with Gauss–Legendre panels, whose width follows the narrower of the last
/// and the next step: looks that lie close together stay as accurate as distant ones.
struct ContinuingPaths {
  /// Information at this look.
  let information: Double
  /// Values of B.
  private let positions: [Double]
  /// Probability at each value: density times quadrature weight.
  private let masses: [Double]

  /// Steps further out than this many standard deviations, and values of B as far from their mean,
  /// have probability below 10⁻¹⁸.
  private static let reach = 9.0
  private static let largestPanelCount = 1500.0

  /// Before the first look: every trial at B(0) = 0.
  static let start = ContinuingPaths(information: 0, positions: [0], masses: [1])

  private init(information: Double, positions: [Double], masses: [Double]) {
    self.information = information
    self.positions = positions
    self.masses = masses
  }

  /// The probability of running until now and then Z > `critical` at the next look.
  func probabilityAbove(_ critical: Double, at next: Double, drift: Double) -> Double {
    tail(critical, at: next, drift: drift) { Normal.upperTail($0) ?? .nan }
  }

  /// The probability of running until now and then Z ≤ `critical` at the next look.
  func probabilityBelow(_ critical: Double, at next: Double, drift: Double) -> Double {
    tail(critical, at: next, drift: drift) { Normal.lowerTail($0) ?? .nan }
  }

  private func tail(
    _ critical: Double, at next: Double, drift: Double, of normal: (Double) -> Double
  ) -> Double {
    let step = next - information
    let deviation = step.squareRoot()
    let threshold = critical * next.squareRoot() - drift * step
    var sum = 0.0
    for (position, mass) in zip(positions, masses) {
      sum += mass * normal((threshold - position) / deviation)
    }
    return sum
  }

  /// The trials that are still running after the next look, at which those outside
  /// (`lower`, `upper`) on the Z scale stop.
  ///
  /// - Parameters:
  ///   - next: information at the next look.
  ///   - lower: its lower critical value.
  ///   - upper: its upper critical value.
  ///   - drift: the mean of Z at information 1.
  ///   - following: the information of the look after the next, if there is one.
  /// - Returns: the paths that remain.
  /// - Throws: ``EstimationError/numericalFailure`` when two looks lie so close together that the
  ///   integral would need more panels than are reasonable.
  func continued(
    to next: Double, between lower: Double, and upper: Double, drift: Double, following: Double?
  ) throws(EstimationError) -> ContinuingPaths {
    let step = next - information
    let deviation = step.squareRoot()
    let root = next.squareRoot()
    let left = max(lower * root, drift * next - Self.reach * root)
    let right = min(upper * root, drift * next + Self.reach * root)
    guard left < right else {
      return ContinuingPaths(information: next, positions: [], masses: [])
    }
    let scale = min(deviation, ((following ?? .infinity) - next).squareRoot())
    let panels = ((right - left) / (2 * scale)).rounded(.up)
    guard panels <= Self.largestPanelCount else { throw .numericalFailure }

    let width = (right - left) / panels
    var newPositions: [Double] = []
    var newMasses: [Double] = []
    for panel in 0..<Int(panels) {
      let middle = left + (Double(panel) + 0.5) * width
      for (node, weight) in GaussLegendre.tenPoints {
        let position = middle + node * width / 2
        newPositions.append(position)
        newMasses.append(
          weight * width / 2 * density(at: position - drift * step, deviation: deviation))
      }
    }
    return ContinuingPaths(information: next, positions: newPositions, masses: newMasses)
  }

  /// The density of B + a normal step.
  private func density(at value: Double, deviation: Double) -> Double {
    var sum = 0.0
    for index in positions.indices {
      let z = (value - positions[index]) / deviation
      if abs(z) < Self.reach { sum += masses[index] * Elementary.exponential(-z * z / 2) }
    }
    return sum / (deviation * (2 * Double.pi).squareRoot())
  }
}

/// Gauss–Legendre quadrature on [−1, 1], exact for polynomials up to degree 19.
enum GaussLegendre {
  /// Nodes and weights.
  static let tenPoints: [(node: Double, weight: Double)] = [
    (-0.973906528517171720, 0.066671344308688138), (-0.865063366688984511, 0.149451349150580593),
    (-0.679409568299024406, 0.219086362515982044), (-0.433395394129247191, 0.269266719309996355),
    (-0.148874338981631211, 0.295524224714752870), (0.148874338981631211, 0.295524224714752870),
    (0.433395394129247191, 0.269266719309996355), (0.679409568299024406, 0.219086362515982044),
    (0.865063366688984511, 0.149451349150580593), (0.973906528517171720, 0.066671344308688138),
  ]
}
