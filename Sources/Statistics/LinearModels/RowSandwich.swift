/// What is done about a row's leverage before its squared residual stands for its variance.
enum LeverageCorrection {
  case ignored, divided, dividedTwice
}

extension LinearModel {
  /// One variance for all rows: the directions are orthonormal coordinates, so s²·w·w'.
  func classicalSpread(of directions: [[Double]]) -> ContrastSpread {
    var spread = ContrastSpread(directions: directions.count)
    let variance = dot(scaledResiduals, scaledResiduals) / Double(residualDegreesOfFreedom)
    for i in directions.indices {
      for j in directions.indices {
        spread.products[i][j] = variance * dot(directions[i], directions[j])
      }
      spread.degreesOfFreedom[i] = Double(residualDegreesOfFreedom)
    }
    return spread
  }

  /// HC0, HC2 and HC3: each row's own squared residual, over 1 − h or its square.
  ///
  /// A row of leverage 1 has residual 0 and 0/0 for a variance. It spoils only directions that it
  /// enters: a block of one unit is no news about the arms' difference.
  func rowSpread(of directions: [[Double]], leverage: LeverageCorrection) -> ContrastSpread {
    var spread = ContrastSpread(directions: directions.count)
    for row in 0..<rows {
      let shares = directions.map { share(of: row, in: $0) }
      let freedom = 1 - leverages[row]
      var size = scaledResiduals[row]
      if leverage != .ignored {
        guard freedom > RankTolerance.fullLeverage else {
          for (j, share) in shares.enumerated() where abs(share) > RankTolerance.restsOn {
            spread.isBlind[j] = true
          }
          continue
        }
        size /= leverage == .divided ? freedom.squareRoot() : freedom
      }
      spread.add(shares.map { $0 * size })
    }
    spread.degreesOfFreedom = directions.map { _ in Double(residualDegreesOfFreedom) }
    return spread
  }

  /// qᵢ·w for one row.
  func share(of row: Int, in direction: [Double]) -> Double {
    var sum = 0.0
    let start = row * factors.rank
    for j in 0..<factors.rank { sum += factors.q[start + j] * direction[j] }
    return sum
  }

  /// Satterthwaite's degrees of freedom of an HC2 variance, under one variance for all rows.
  ///
  /// The estimate is Σ(gᵢ·ε)² with gᵢ = aᵢ(I − H)ᵢ and aᵢ = qᵢ·w/√(1 − hᵢ); its degrees of freedom
  /// are (Σgᵢ·gᵢ)²/Σᵢⱼ(gᵢ·gⱼ)². Here gᵢ·gⱼ = −aᵢaⱼ·qᵢ·qⱼ for i ≠ j and (qᵢ·w)² for i = j, so the
  /// double sum is the squared size of one k × k matrix: nothing is n × n.
  func bellMcCaffreyDegreesOfFreedom(of direction: [Double]) -> Double? {
    var sum = SatterthwaiteSum(columns: factors.rank)
    for row in 0..<rows {
      let freedom = 1 - leverages[row]
      guard freedom > RankTolerance.fullLeverage else { continue }
      let share = share(of: row, in: direction)
      let size = share / freedom.squareRoot()
      let start = row * factors.rank
      let blocks = factors.absorption.map {
        [(block: $0.blocks.groups[row], value: $0.loadings[row] * size)]
      }
      sum.add(
        diagonal: share * share, dense: (0..<factors.rank).map { factors.q[start + $0] * size },
        blocks: blocks ?? [])
    }
    return sum.degreesOfFreedom
  }
}
