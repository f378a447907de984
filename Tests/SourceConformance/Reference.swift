import DataSources
import Statistics
import Vocabulary

/// The answers as their definitions have them, row by row over columns that the CSV reader read.
struct Reference {
  let table: Table

  init(_ sample: SourceCase, _ file: CSVFile) throws {
    var columns = Set(sample.tally.texts.map { ColumnRequest($0, as: .category) })
    for set in sample.tally.sets {
      columns.formUnion(set.columns.map { ColumnRequest($0, as: .number) })
    }
    for test in sample.tally.tests { columns.insert(ColumnRequest(test.column, as: .number)) }
    table = try file.table(of: columns)
  }

  func tally(_ request: TallyRequest) throws -> Tally {
    struct Group: Hashable {
      var texts: [String?]
      var tests: [Bool]
    }
    let texts = try request.texts.map { try table.categories($0) }
    let tests = try request.tests.map {
      try table.rows(satisfying: Condition([.init(column: $0.column, $0.test)]))
    }
    var groups: [Group: [Int]] = [:]
    for row in 0..<table.rowCount {
      groups[Group(texts: texts.map { $0[row] }, tests: tests.map { $0[row] }), default: []]
        .append(row)
    }
    var parts: [Tally.Part] = []
    for (group, rows) in groups {
      var all: [Moments] = []
      for set in request.sets {
        let columns = try set.columns.map { try table.numbers($0) }
        var moments = Moments(variables: columns.count)
        for row in rows where columns.allSatisfy({ !$0[row].isNaN }) {
          moments.add(columns.map { $0[row] })
        }
        all.append(moments)
      }
      parts.append(
        Tally.Part(texts: group.texts, tests: group.tests, rows: rows.count, moments: all))
    }
    return Tally(request: request, parts: parts)
  }

  func sums(_ regression: LeverageRequest.Regression, armColumn: String) throws -> LeverageSums {
    let arms = try table.categories(armColumn)
    let mask = try table.rows(satisfying: regression.condition)
    let columns = try regression.set.columns.map { try table.numbers($0) }
    var sums = LeverageSums(products: regression.pass.factor.map { _ in 0.0 })
    for row in 0..<table.rowCount where mask[row] && arms[row] == regression.arm {
      let values: [Double] = columns.map { $0[row] }
      if values.contains(where: \.isNaN) { continue }
      Reference.add(values, regression.pass, to: &sums)
    }
    return sums
  }

  private static func add(_ values: [Double], _ pass: LeveragePass, to sums: inout LeverageSums) {
    let k = pass.centres.count
    var z: [Double] = []
    var residual: Double = values[0] - pass.intercept
    for j in 0..<k {
      let distance: Double = values[j + 1] - pass.centres[j]
      z.append(distance)
      residual -= pass.slopes[j] * distance
    }
    z.append(1)
    var q: [Double] = []
    var h: Double = 0
    var place = 0
    for i in 0...k {
      var sum: Double = 0
      for j in 0...i {
        sum += pass.factor[place] * z[j]
        place += 1
      }
      q.append(sum)
      h += sum * sum
    }
    let own: Double = q[k] * q[k]
    let freedom: Double = 1 - h
    let w: Double = h / freedom
    let powers: [Double] = [1, freedom, freedom * freedom]
    sums.count += 1
    sums.leastFreedom = min(sums.leastFreedom, freedom)
    sums.squaredResiduals += residual * residual
    sums.variance += own * residual * residual / powers[pass.correction.rawValue]
    sums.diagonal += own * own * (1 - w * w)
    place = 0
    for i in 0...k {
      for j in 0...i {
        sums.products[place] += own / freedom * q[i] * q[j]
        place += 1
      }
    }
  }
}
