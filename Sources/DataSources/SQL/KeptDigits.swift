import Statistics

extension Tally {
  /// Whether sums of squares around these centres keep the digits that an analysis relies on.
  ///
  /// Of n squares whose mean lies κ standard deviations from the centre, rounding takes about √n·κ²·2⁻⁵³ of
  /// what is left; 10⁻¹¹ is let pass. Whole numbers lose nothing while their squares add up to less than 2⁵³.
  ///
  /// - Parameters:
  ///   - centres: one a number column of the request.
  ///   - whole: which of them hold whole numbers only, centred at one.
  /// - Returns: false where the sums are better asked for again, around the means of the parts.
  func keepsDigits(centredAt centres: [Double], whole: [Bool]) -> Bool {
    let places = Dictionary(
      request.numberColumns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return parts.allSatisfy { part in
      zip(request.sets, part.moments).allSatisfy { set, moments in
        set.columns.enumerated().allSatisfy { i, column in
          guard let place = places[column], moments.count > 1 else { return true }
          let n = Double(moments.count)
          let distance = moments.means[i] - centres[place]
          let product = moments.crossProducts[i * (i + 1) / 2 + i]
          let shifted = n * distance * distance
          if whole[place], product + shifted < 0x1p53 { return true }
          return shifted <= 4 * product
            || n.squareRoot() * shifted * 0x1p-53 <= 1e-11 * product
        }
      }
    }
  }
}
