extension LinearModel {
  /// One coefficient with its standard error.
  ///
  /// Columns that were left out are taken as out of the model, as `lm` does.
  ///
  /// - Parameters:
  ///   - name: the column.
  ///   - covariance: how uncertainty is estimated.
  /// - Returns: the estimate, its standard error and degrees of freedom.
  /// - Throws: as ``contrasts(_:covariance:)`` says; ``EstimationError/undefined`` for a column
  ///   that is unknown or was left out.
  public func coefficient(
    _ name: String, covariance: CovarianceEstimator
  ) throws(EstimationError) -> ContrastEstimate {
    guard let column = coefficients.firstIndex(where: { $0.name == name }),
      let position = factors.kept.firstIndex(of: column)
    else { throw .undefined }
    let contrast = factors.kept.indices.map { $0 == position ? 1.0 : 0 }
    guard let direction = factors.direction(of: contrast) else { throw .numericalFailure }
    let spread = try spread(of: [direction.unit], covariance)
    return try estimate(direction, spread, at: 0)
  }

  /// Linear combinations c·β of the coefficients, with their joint covariance.
  ///
  /// - Parameters:
  ///   - contrasts: each one weight a column of the design, in its order.
  ///   - covariance: how uncertainty is estimated.
  /// - Returns: an estimate for each, or why there is none: ``EstimationError/undefined`` where the
  ///   weights are all zero, where a singular design does not determine the combination, or where
  ///   it rests on a row (HC2, HC3) or cluster (CR2) of leverage 1, whose residual is 0 whatever
  ///   happens; ``EstimationError/noVariation`` where the fit is perfect, or (CR0, CR1) residuals
  ///   cancel within every cluster; ``EstimationError/numericalFailure`` where a result overflows.
  /// - Throws: ``EstimationError/undefined`` when a contrast or a grouping has the wrong length,
  ///   when there are no residual degrees of freedom or fewer than two clusters, and for weighted
  ///   CR2 with absorbed blocks.
  public func contrasts(
    _ contrasts: [[Double]], covariance: CovarianceEstimator
  ) throws(EstimationError) -> ContrastEstimates {
    guard contrasts.allSatisfy({ $0.count == coefficients.count }) else { throw .undefined }
    let directions = contrasts.map { contrast in
      isDetermined(contrast) ? factors.direction(of: factors.kept.map { contrast[$0] }) : nil
    }
    let known = directions.compactMap(\.self)
    let spread = try spread(of: known.map(\.unit), covariance)
    var positions: [Int?] = []
    for direction in directions {
      positions.append(direction == nil ? nil : positions.count { $0 != nil })
    }
    return ContrastEstimates(
      estimates: zip(directions, positions).map { direction, position in
        guard let direction, let position else { return .failure(.undefined) }
        do throws(EstimationError) {
          return .success(try estimate(direction, spread, at: position))
        } catch {
          return .failure(error)
        }
      },
      covariance: positions.map { row in
        positions.map { column in
          guard let row, let column, !spread.isBlind[row], !spread.isBlind[column] else {
            return nil
          }
          let (a, b) = (known[row], known[column])
          let value = (spread.products[row][column] * a.size * b.size)
            .scaled(by: a.exponent + b.exponent + 2 * outcomeExponent)
          // A product that drowned is not a covariance of 0.
          return value.isNormal || spread.products[row][column] == 0 ? value : nil
        }
      })
  }

  private func estimate(
    _ direction: (unit: [Double], size: Double, exponent: Int), _ spread: ContrastSpread,
    at index: Int
  ) throws(EstimationError) -> ContrastEstimate {
    let exponent = direction.exponent + outcomeExponent
    let value = (dot(direction.unit, scores) * direction.size).scaled(by: exponent)
    guard !spread.isBlind[index], let freedom = spread.degreesOfFreedom[index] else {
      throw .undefined
    }
    let variance = spread.products[index][index]
    // Scores that cancel within every cluster (one cluster an arm) leave only rounding noise.
    guard variance.squareRoot() > 1e-13 * norm(scaledResiduals) else { throw .noVariation }
    let error = (variance.squareRoot() * direction.size).scaled(by: exponent)
    guard value.isFinite, error.isNormal, freedom > 0, freedom.isFinite else {
      throw .numericalFailure
    }
    return ContrastEstimate(value: value, standardError: error, degreesOfFreedom: freedom)
  }

  /// Whether all solutions of a singular least-squares problem give c·β the same value.
  ///
  /// A dropped column equal to Σγⱼxⱼ can trade places with them; only c = Σγⱼcⱼ is blind to that.
  private func isDetermined(_ contrast: [Double]) -> Bool {
    factors.dependencies.allSatisfy { dependency in
      let exponent = factors.exponents[dependency.column]
      var terms = [-contrast[dependency.column]]
      for (j, column) in factors.kept.enumerated() where contrast[column] != 0 {
        let difference = exponent - factors.exponents[column]
        terms.append(dependency.coefficients[j].scaled(by: difference) * contrast[column])
      }
      let size = terms.reduce(0) { $0 + abs($1) }
      let sum = terms.reduce(0, +)
      // Rounding leaves coefficients near 10⁻¹⁶ where the true one is 0.
      let yardstick = max(size, contrast.reduce(0) { max($0, abs($1)) })
      return abs(sum) <= 1e-8 * yardstick
    }
  }

  private func spread(
    of directions: [[Double]], _ covariance: CovarianceEstimator
  ) throws(EstimationError) -> ContrastSpread {
    guard residualDegreesOfFreedom > 0 else { throw .undefined }
    switch covariance {
    case .classical: return classicalSpread(of: directions)
    case .hc0: return rowSpread(of: directions, leverage: .ignored)
    case .hc1:
      var spread = rowSpread(of: directions, leverage: .ignored)
      spread.scale(by: Double(rows) / Double(residualDegreesOfFreedom))
      return spread
    case .hc2: return rowSpread(of: directions, leverage: .divided)
    case .hc3: return rowSpread(of: directions, leverage: .dividedTwice)
    case .hc2BellMcCaffrey:
      var spread = rowSpread(of: directions, leverage: .divided)
      spread.degreesOfFreedom = directions.map(bellMcCaffreyDegreesOfFreedom)
      return spread
    case .cr0(let clusters): return try clusterSpread(of: directions, clusters)
    case .cr1(let clusters):
      var spread = try clusterSpread(of: directions, clusters)
      let count = Double(clusters.count)
      spread.scale(
        by: count / (count - 1) * (Double(rows - 1) / Double(residualDegreesOfFreedom)))
      return spread
    case .cr2(let clusters): return try biasReducedSpread(of: directions, clusters)
    }
  }
}
