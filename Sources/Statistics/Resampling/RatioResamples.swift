import RandomAssignment

/// Differences of sums over sums in samples drawn again: the fast way for unadjusted comparisons.
///
/// τ̂* = Σ w_b (R*₁ − R*₀) with R* = ΣT/ΣM over the units (clusters) that were drawn again within each arm
/// and block, and the blocks' weights w_b = M_b/M as they are.
struct RatioResamples {
  private struct Stratum {
    var weight = 0.0
    var sizes: [Double] = []
    var totals: [Double] = []

    var ratio: Double { totals.reduce(0, +) / sizes.reduce(0, +) }
  }

  /// Strata of the arm under study with positive weights, of the control with negative ones.
  private var strata: [Stratum] = []

  /// Takes the units of two arms.
  ///
  /// - Throws: ``EstimationError/undefined`` where no block has both arms or a denominator is not
  ///   above 0.
  init(_ drawn: DrawnTotals, treated: Int) throws(EstimationError) {
    let blocks = Grouping(drawn.blocks)
    var cells = Array(repeating: [Stratum(), Stratum()], count: blocks.count)
    for (place, block) in blocks.groups.enumerated() {
      let arm = drawn.arms[place] == treated ? 1 : 0
      cells[block][arm].sizes.append(drawn.sizes[place])
      cells[block][arm].totals.append(drawn.totals[place])
    }
    let kept = cells.filter { !$0[0].sizes.isEmpty && !$0[1].sizes.isEmpty }
    let sizes = kept.map { block in block.reduce(0) { $0 + $1.sizes.reduce(0, +) } }
    let whole = sizes.reduce(0, +)
    guard !kept.isEmpty, whole > 0, whole.isFinite else { throw .undefined }
    for (block, size) in zip(kept, sizes) {
      for arm in 0...1 {
        var stratum = block[arm]
        guard stratum.sizes.reduce(0, +) > 0 else { throw .undefined }
        stratum.weight = (arm == 1 ? size : -size) / whole
        strata.append(stratum)
      }
    }
  }

  /// The difference itself.
  var difference: Double { strata.reduce(0) { $0 + $1.weight * $1.ratio } }

  /// One difference drawn again; NaN where a drawn denominator is 0.
  func draw(using generator: inout PhiloxGenerator) -> Double {
    strata.reduce(0) { sum, stratum in
      var (m, t) = (0.0, 0.0)
      for _ in stratum.sizes {
        let place = generator.uniformInteger(below: stratum.sizes.count)
        m += stratum.sizes[place]
        t += stratum.totals[place]
      }
      return sum + stratum.weight * t / m
    }
  }

  /// How much each unit moves the difference: w(T − RM)/M̄ over the number of units of its stratum.
  var influences: [Double] {
    strata.flatMap { stratum in
      let whole = stratum.sizes.reduce(0, +)
      let ratio = stratum.ratio
      return zip(stratum.sizes, stratum.totals).map { m, t in
        stratum.weight * (t - ratio * m) / whole
      }
    }
  }
}
