import GSL

extension SequentialBoundary {
  /// The boundaries from before spending functions: equally spaced looks whose number is fixed.
  public enum Classical: String, Codable, Hashable, Sendable {
    /// The same critical value at every look.
    ///
    /// Pocock (1977), doi:10.1093/biomet/64.2.191.
    case pocock
    /// Critical values that fall as 1/√k.
    ///
    /// O'Brien & Fleming (1979), doi:10.2307/2530245.
    case obrienFleming
  }

  /// The classical boundary for a number of equally spaced looks: C, or C·√(K/k).
  ///
  /// Not for looks at other times than planned; see `lanDeMets`.
  ///
  /// R: `gsDesign::gsDesign(test.type = 2, sfu = "Pocock" or "OF")`.
  ///
  /// - Parameters:
  ///   - shape: which of the two.
  ///   - looks: the number K of looks, at least 1.
  ///   - significance: the type I error, of both sides together if there are two.
  ///   - sides: whether a low statistic is a discovery, too.
  /// - Returns: critical values at fractions 1/K, 2/K, …, 1.
  /// - Throws: ``EstimationError/undefined`` for arguments outside their range;
  ///   ``EstimationError/numericalFailure``.
  public static func classical(
    _ shape: Classical, looks: Int, significance: Double, sides: TestSides = .two
  ) throws(EstimationError) -> SequentialBoundary {
    guard looks >= 1, looks <= mostLooks, significance > 0, significance < 1 else {
      throw .undefined
    }
    let fractions = (1...looks).map { Double($0) / Double(looks) }
    let form = fractions.map { shape == .pocock ? 1 : 1 / $0.squareRoot() }
    func boundary(_ constant: Double) throws(EstimationError) -> SequentialBoundary {
      try SequentialBoundary(
        informationFractions: fractions, upper: form.map { constant * $0 }, sides: sides)
    }
    // Some constant between "no correction" for the last look and Bonferroni's for all of them.
    let each = sides.each(of: significance)
    guard let low = Normal.upperQuantile(each),
      let high = Normal.upperQuantile(each / Double(looks)),
      let constant = root(
        between: low - 1e-3, and: high + 1e-3,
        of: { ((try? boundary($0).typeIError()) ?? .nan) - significance })
    else { throw .numericalFailure }
    return try boundary(constant)
  }
}
