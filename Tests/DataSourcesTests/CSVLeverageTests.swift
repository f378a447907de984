import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import DataSources

@Suite("CSV: the second reading of regressions")
struct CSVLeverageTests {
  static let tally = TallyRequest(
    texts: ["arm"], tests: [.init(column: "x", .range(from: 0, to: nil))],
    sets: [VariableSet(["y", "x", "b"])])

  /// The sums as their definition has them, row by row.
  static func expected(
    _ regression: LeverageRequest.Regression, _ table: Table, where inside: (Double) -> Bool
  ) throws -> LeverageSums {
    let arms = try table.categories("arm")
    let columns = try regression.set.columns.map { try table.numbers($0) }
    let x = try table.numbers("x")
    let (pass, k) = (regression.pass, regression.pass.centres.count)
    var sums = LeverageSums(products: pass.factor.map { _ in 0 })
    for row in 0..<table.rowCount
    where arms[row] == regression.arm && inside(x[row]) && columns.allSatisfy({ !$0[row].isNaN }) {
      var z: [Double] = []
      for j in 0..<k { z.append(columns[j + 1][row] - pass.centres[j]) }
      z.append(1)
      var (q, h): ([Double], Double) = ([], 0)
      for i in 0...k {
        var sum = 0.0
        for j in 0...i { sum += pass.factor[i * (i + 1) / 2 + j] * z[j] }
        q.append(sum)
        h += sum * sum
      }
      var residual = columns[0][row] - pass.intercept
      for j in 0..<k { residual -= pass.slopes[j] * z[j] }
      let own = q[k] * q[k]
      let w = h / (1 - h)
      sums.count += 1
      sums.leastFreedom = min(sums.leastFreedom, 1 - h)
      sums.squaredResiduals += residual * residual
      let power = [1, 1 - h, (1 - h) * (1 - h)][pass.correction.rawValue]
      sums.variance += own * residual * residual / power
      sums.diagonal += own * own * (1 - w * w)
      var place = 0
      for i in 0...k {
        for j in 0...i {
          sums.products[place] += own / (1 - h) * q[i] * q[j]
          place += 1
        }
      }
    }
    return sums
  }

  static func pass(_ k: Int, _ correction: LeveragePass.Correction) -> LeveragePass {
    LeveragePass(
      centres: Array([3.25, 0.5].prefix(k)), intercept: 8, slopes: Array([0.5, -2].prefix(k)),
      factor: Array([0.001, 0.0005, 0.02, 0.003, -0.001, 0.03].prefix((k + 1) * (k + 2) / 2)),
      correction: correction)
  }

  @Test(
    "as the definition has it", arguments: [0, 1, 2], [LeveragePass.Correction.none, .once, .twice])
  func definition(k: Int, correction: LeveragePass.Correction) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(CSVTallyTests.rows(9_000, seed: 3))
    let set = VariableSet(Array(["y", "x", "b"].prefix(k + 1)))
    let inside = Condition([.init(column: "x", .range(from: 0, to: nil))])
    let regressions = ["control", "easy", "social"].flatMap { arm in
      [Condition(), inside].map { condition in
        LeverageRequest.Regression(
          arm: arm, condition: condition, set: set, pass: Self.pass(k, correction))
      }
    }
    let request = LeverageRequest(tally: Self.tally, regressions: regressions)
    let found = try #require(try CSVFile(path: path).leverages(request))
    let table = try CSVFile(path: path).table(of: [
      "arm": .category, "x": .number, "y": .number, "b": .number,
    ])
    for (sums, regression) in zip(found, regressions) {
      let own = try Self.expected(regression, table) { x in regression.condition.isEmpty || x >= 0 }
      #expect(sums.count == own.count && own.count > 500)
      var pairs = Array(zip(sums.products, own.products))
      pairs.append((sums.leastFreedom, own.leastFreedom))
      pairs.append((sums.squaredResiduals, own.squaredResiduals))
      pairs.append((sums.variance, own.variance))
      pairs.append((sums.diagonal, own.diagonal))
      for (a, b) in pairs { #expect(abs(a - b) <= 1e-10 * max(abs(b), 1e-12)) }
    }
    for size in [1 << 16, 1 << 17, 1 << 22] {
      for cores in [true, false] {
        let division = Division(chunkSize: size, usesAllCores: cores)
        #expect(try CSVFile(path: path, division: division).leverages(request) == found)
      }
    }
  }

  /// The file and a request whose covariates and outcomes are read twice.
  private static func twice(
    _ text: String, _ folder: TemporaryFolder
  ) throws -> (path: String, request: LeverageRequest) {
    var tally = Self.tally
    tally.rereads = ["y", "x", "b"]
    let regressions = (0...2).flatMap { k in
      ["control", "easy"].map { arm in
        LeverageRequest.Regression(
          arm: arm, condition: Condition([.init(column: "x", .range(from: 0, to: nil))]),
          set: VariableSet(Array(["y", "x", "b"].prefix(k + 1))), pass: pass(k, .once))
      }
    }
    return (try folder.file(text), LeverageRequest(tally: tally, regressions: regressions))
  }

  @Test(
    "rows that the first reading kept give the same bits as the file read again",
    arguments: [1 << 16, 1 << 17, 1 << 22], [true, false])
  func kept(chunkSize: Int, cores: Bool) throws {
    let folder = try TemporaryFolder()
    let (path, request) = try Self.twice(CSVTallyTests.rows(9_000, seed: 5), folder)
    let again = try #require(try CSVFile(path: path).leverages(request))
    let file = CSVFile(
      path: path, division: Division(chunkSize: chunkSize, usesAllCores: cores))
    #expect(try file.tally(request.tally) != nil)
    let kept = try #require(try file.withDocument { file, _ in file.takeKept() })
    #expect(kept.numbers == ["b", "x", "y"] && kept.scales == [0, 1, 3])
    #expect(kept.chunks.map(\.slots.count).reduce(0, +) == 9_000)
    #expect(try file.tally(request.tally) != nil)
    #expect(try file.leverages(request) == again)
    // What was kept is gone by now.
    #expect(try file.withDocument { file, _ in file.takeKept() } == nil)
    #expect(try file.leverages(request) == again)
  }

  @Test("rows that are too many, too large or of another question are read again")
  func notKept() throws {
    let folder = try TemporaryFolder()
    let text = CSVTallyTests.rows(9_000, seed: 6)
    let (path, request) = try Self.twice(text, folder)
    let again = try #require(try CSVFile(path: path).leverages(request))
    let small = CSVFile(path: path, division: Division(chunkSize: 1 << 16, keptBytes: 50_000))
    #expect(try small.tally(request.tally) != nil)
    #expect(try small.withDocument { file, _ in file.takeKept() } == nil)
    #expect(try small.leverages(request) == again)

    // Ten digits at three decimals are no word of 32 bits.
    let (large, _) = try Self.twice(text + "9000,control,1,4000000000,a,1\n", folder)
    let file = CSVFile(path: large)
    #expect(try file.tally(request.tally) != nil)
    #expect(try file.withDocument { file, _ in file.takeKept() } == nil)
    #expect(try file.leverages(request) == CSVFile(path: large).leverages(request))

    var other = request
    other.tally.tests = []
    for place in other.regressions.indices { other.regressions[place].condition = Condition() }
    let asked = CSVFile(path: path)
    #expect(try asked.tally(request.tally) != nil)
    #expect(try asked.leverages(other) == CSVFile(path: path).leverages(other))
  }
}
