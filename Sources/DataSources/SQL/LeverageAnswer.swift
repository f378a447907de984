import Crypto
import Statistics
import Vocabulary

extension LeverageRequest {
  /// Twelve letters that stand for the request, coefficients included.
  public var fingerprint: String {
    var words = [tally.fingerprint]
    for regression in regressions {
      let pass = regression.pass
      words.append("\(regression.arm) \(regression.set.columns) \(regression.condition)")
      words.append(
        "\(pass.centres) \(pass.intercept) \(pass.slopes) \(pass.factor) \(pass.correction)")
    }
    let hash = SHA256.hash(data: Array(words.joined(separator: "\n").utf8))
    let digits = Array("0123456789abcdef")
    return String(hash.prefix(6).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

/// The columns of the answer to the query of a second reading.
struct LeverageAnswer {
  let request: LeverageRequest
  private let answer: Table
  private(set) var flaws: [TallyAnswer.Flaw] = []

  /// What to ask of a source that holds the answer, in the order of the query's columns.
  static func columns(of request: LeverageRequest) -> [ColumnRequest] {
    let names =
      ["regression", "n", "least_freedom", "squared_residuals", "variance", "diagonal"]
      + (0...LeverageQuery.width(request)).flatMap { row in
        (0...row).map { "product_\(row + 1)_\($0 + 1)" }
      }
    return [ColumnRequest("request", as: .category)] + names.map { ColumnRequest($0, as: .number) }
  }

  init(_ request: LeverageRequest, _ answer: Table) {
    self.request = request
    self.answer = answer
  }

  private mutating func number(_ column: String, _ row: Int) -> Double {
    guard let values = try? answer.numbers(column), values.indices.contains(row),
      values[row].isFinite
    else {
      flaws.append(.init(row: row, column: column, problem: .missing))
      return 0
    }
    return values[row]
  }

  /// One a regression; what is wrong is in ``flaws``. A regression without a row of the answer has no sums.
  mutating func sums() -> [LeverageSums?] {
    var found = [LeverageSums?](repeating: nil, count: request.regressions.count)
    for row in 0..<answer.rowCount {
      let own = (try? answer.categories("request"))?[row] ?? ""
      if own != request.fingerprint {
        flaws.append(.init(row: row, column: "request", problem: .otherRequest(own)))
        continue
      }
      guard let place = Int(exactly: number("regression", row)), found.indices.contains(place - 1)
      else {
        flaws.append(.init(row: row, column: "regression", problem: .notACount))
        continue
      }
      if found[place - 1] != nil {
        flaws.append(.init(row: row, column: "regression", problem: .twice))
      }
      found[place - 1] = sums(of: request.regressions[place - 1], row)
    }
    return found
  }

  private mutating func sums(
    of regression: LeverageRequest.Regression, _ row: Int
  ) -> LeverageSums {
    var sums = LeverageSums(products: regression.pass.factor.map { _ in 0 })
    guard let count = Int(exactly: number("n", row)), count >= 0 else {
      flaws.append(.init(row: row, column: "n", problem: .notACount))
      return sums
    }
    sums.count = count
    guard count > 0 else { return sums }
    sums.leastFreedom = number("least_freedom", row)
    // A leverage of 1 leaves sums that are not known; whoever asked looks at the least freedom first.
    guard sums.leastFreedom > 0 else { return sums }
    sums.squaredResiduals = number("squared_residuals", row)
    sums.variance = number("variance", row)
    sums.diagonal = number("diagonal", row)
    var place = 0
    for i in 0...regression.pass.centres.count {
      for j in 0...i {
        sums.products[place] = number("product_\(i + 1)_\(j + 1)", row)
        place += 1
      }
    }
    return sums
  }
}
