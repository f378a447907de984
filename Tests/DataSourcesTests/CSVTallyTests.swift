import Statistics
import TestSupport
import Testing
import Vocabulary

@testable import DataSources

@Suite("CSV: rows added up as they are scanned")
struct CSVTallyTests {
  static let sets = [["y"], ["x"], ["y", "x"], ["b"]].map { VariableSet($0) }
  static let test = TallyRequest.NumberTest(column: "x", .range(from: -3.5, to: 20))
  static let request = TallyRequest(texts: ["arm", "town"], tests: [test], sets: sets)

  /// Rows with gaps, signs, quotes, spaces, both line breaks, blank lines and long names.
  static func rows(_ count: Int, seed: UInt64, plain: Bool = false) -> String {
    var generator = SplitMix(state: seed)
    let towns = [
      "札幌市", "函館市", "a", "a town of more than sixteen bytes", "\"quoted, \"\"town\"\"\"", "",
    ]
    let arms = ["control", "\"easy\"", "social ", "-"]
    var text = "id,arm,b,x,town,y\r\n"
    for row in 0..<count {
      let y = ["", "-", "1", "-0.25", "12.5", "1,000", " 7 ", "+3", "99999.125"]
      let x = "\(Int.random(in: -40...400, using: &generator))".split(separator: "").joined()
      text += "\(row),"
      text += (plain ? arms[0] : arms.randomElement(using: &generator) ?? "") + ","
      text += "\(Int.random(in: 0...1, using: &generator)),"
      text += (Bool.random(using: &generator) ? x : x + ".5") + ","
      text += (plain ? towns[2] : towns.randomElement(using: &generator) ?? "") + ","
      let value = y.randomElement(using: &generator) ?? ""
      text += value.contains(",") ? "\"\(value)\"" : value
      text += ["\n", "\r\n", "\n\n", "\n  \r\n"].randomElement(using: &generator) ?? "\n"
    }
    return text
  }

  /// The same question answered from columns in memory.
  static func expected(
    _ file: CSVFile
  ) throws -> [String: (rows: Int, moments: [[String: Moments]], counts: [Int])] {
    let table = try file.table(of: [
      ColumnRequest("arm", as: .category), ColumnRequest("town", as: .category),
      ColumnRequest("x", as: .number), ColumnRequest("y", as: .number),
      ColumnRequest("b", as: .number),
    ])
    let (arms, towns) = (try table.categories("arm"), try table.categories("town"))
    let x = try table.numbers("x")
    var rows: [String: [Int]] = [:]
    for row in 0..<table.rowCount {
      let inside = x[row] >= -3.5 && x[row] <= 20
      rows["\(arms[row] ?? "∅")|\(towns[row] ?? "∅")|\(inside)", default: []].append(row)
    }
    return try rows.mapValues { rows in
      var counts: [Int] = []
      var all: [[String: Moments]] = []
      for set in sets {
        let columns = try set.columns.map { try table.numbers($0) }
        let complete = rows.filter { row in columns.allSatisfy { !$0[row].isNaN } }
        var moments = Moments(variables: columns.count)
        for row in complete { moments.add(columns.map { $0[row] }) }
        counts.append(complete.count)
        all.append(["": moments])
      }
      return (rows.count, all, counts)
    }
  }

  @Test("the same sums as columns in memory", arguments: 1...8 as ClosedRange<UInt64>)
  func agreesWithColumns(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file(Self.rows(3_000, seed: seed)))
    let tally = try #require(try file.tally(Self.request))
    let expected = try Self.expected(file)
    #expect(tally.parts.count == expected.count)
    #expect(tally.rows == 3_000)
    for part in tally.parts {
      let key = part.texts.map { $0 ?? "∅" }.joined(separator: "|") + "|\(part.tests[0])"
      let own = try #require(expected[key])
      #expect(part.rows == own.rows)
      for (place, moments) in part.moments.enumerated() {
        let other = own.moments[place][""] ?? Moments(variables: 0)
        #expect(moments.count == other.count)
        let pairs =
          Array(zip(moments.means, other.means))
          + Array(zip(moments.crossProducts, other.crossProducts))
        for (a, b) in pairs { #expect(abs(a - b) <= 1e-9 * max(1, abs(b))) }
      }
    }
  }

  @Test("the same to the last bit at any chunk size", arguments: [1, 7, 64, 999, 65_536])
  func anyChunking(size: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(Self.rows(2_000, seed: 5))
    let whole = try CSVFile(path: path, division: Division(usesAllCores: false))
      .tally(Self.request)
    for cores in [false, true] {
      for threshold in [0, Int.max] {
        let division = Division(
          chunkSize: size, usesAllCores: cores, mappingThreshold: threshold)
        #expect(try CSVFile(path: path, division: division).tally(Self.request) == whole)
      }
    }
    #expect(whole != nil)
  }

  @Test("decimals are exact: ten times 0.1 has the mean 0.1 and no spread")
  func exactDecimals() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("arm,y\n" + String(repeating: "a,0.1\n", count: 10))
    let tally = try CSVFile(path: path)
      .tally(TallyRequest(texts: ["arm"], sets: [VariableSet(["y"])]))
    let moments = try #require(tally?.parts.first?.moments.first)
    #expect(moments.means == [0.1] && moments.crossProducts == [0])
  }

  /// 1000000001, 2, 3: mean 1000000002, Σ(y − ȳ)² = 2, to the last bit.
  @Test func largeMean() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("arm,y\na,1000000001\na,1000000002\na,1000000003\n")
    let tally = try CSVFile(path: path)
      .tally(TallyRequest(texts: ["arm"], sets: [VariableSet(["y"])]))
    let moments = try #require(tally?.parts.first?.moments.first)
    #expect(moments.means == [1_000_000_002] && moments.crossProducts == [2])
  }

  @Test(
    "what needs words is left to the reader with words",
    arguments: [
      "a,1\na,2,3\n", "a,1\na\n", "a,x\n", "a,\"1\n", "a\"b,1\n", "a,\"1\"x\n", "a,1e-3\n",
      "a,0.1234567890123\n", "a,99999999999999\n", "a,1\r,2\r", "\n", "a,1,\n\n,a,1",
    ])
  func needsWords(rows: String) throws {
    let folder = try TemporaryFolder()
    let request = TallyRequest(texts: ["arm"], sets: [VariableSet(["y"])])
    let file = CSVFile(path: try folder.file("arm,y\n" + rows))
    let tally = try file.tally(request)
    if rows == "\n" {
      #expect(tally?.rows == 0)
    } else {
      #expect(tally == nil)
    }
  }

  /// 2 and eight times 0.5 have the first two moments of zeros and ones: n = 9, Σy = Σy² = 6.
  @Test("a column of zeros and ones is seen to be one")
  func binaries() throws {
    let folder = try TemporaryFolder()
    let set = [VariableSet(["y"])]
    let mixture = "arm,y\na,2\n" + String(repeating: "a,0.5\n", count: 8)
    let path = try folder.file(mixture)
    #expect(
      try CSVFile(path: path).tally(TallyRequest(texts: ["arm"], sets: set, binaries: ["y"]))
        == nil)
    let decimals = try folder.file("arm,y\na,1.0\na,0\na,\na,0.00\n", named: "ones.csv")
    let tally = try CSVFile(path: decimals)
      .tally(TallyRequest(texts: ["arm"], sets: set, binaries: ["y"]))
    #expect(tally?.parts.first?.moments.first?.count == 3)
  }

  @Test("columns that are not there", arguments: ["", "z"])
  func unknownColumn(name: String) throws {
    let folder = try TemporaryFolder()
    let file = CSVFile(path: try folder.file("arm,y\na,1\n"))
    #expect(try file.tally(TallyRequest(texts: [name])) == nil)
    #expect(
      try file.tally(TallyRequest(texts: ["arm"], sets: [VariableSet([name])])) == nil)
  }

  /// Whatever the bytes: no trap, and never sums where the reader with words finds a fault.
  @Test("damaged files", arguments: 1...60 as ClosedRange<UInt64>)
  func damaged(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    let folder = try TemporaryFolder()
    var bytes = Array(Self.rows(40, seed: seed).utf8)
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let place = Int.random(in: 20..<bytes.count, using: &generator)
      switch Int.random(in: 0...2, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1:
        bytes.insert(
          [0x22, 0x2C, 0x0A, 0x0D, 0x2D].randomElement(using: &generator) ?? 0x22, at: place)
      default: bytes[place] = UInt8.random(in: 1...255, using: &generator)
      }
    }
    let file = CSVFile(path: try folder.file(bytes))
    do {
      let tally = try file.tally(Self.request)
      let expected = try Self.expected(file)
      if let tally {
        #expect(tally.rows == expected.values.reduce(0) { $0 + $1.rows })
        #expect(tally.parts.map(\.rows).sorted() == expected.values.map(\.rows).sorted())
      }
    } catch {
      let tally = try? file.tally(Self.request)
      #expect(tally == nil)
    }
  }

  @Test("a field's whole number over its power of ten is the nearest double")
  func nearestDouble() throws {
    var generator = SplitMix(state: 11)
    let points = PointTables()
    defer { points.deallocate() }
    for _ in 0..<200_000 {
      let digits = Int.random(in: 1...7, using: &generator)
      var text = String(
        (0..<digits).map { _ in "0123456789".randomElement(using: &generator) ?? "0" })
      if digits < 7, Bool.random(using: &generator) {
        text.insert(
          ".",
          at: text.index(text.startIndex, offsetBy: Int.random(in: 0...digits, using: &generator)))
      }
      if text.utf8.count < 8, Bool.random(using: &generator) { text = "-" + text }
      let bytes = Array(text.utf8) + Array("9.,-x999".utf8)
      let found = try #require(
        bytes.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.flatMap { points.value(at: $0, length: text.utf8.count) }
        }, "\(text)")
      let double = Double(found.digits) / Double(ExactDecimal.powers[found.decimals])
      #expect(double == Double(text) ?? Double("0" + text), "\(text)")
    }
    for text in ["-", ".", "-.", "1.2.3", "--1", "1-", "", "1 ", "x", "+1", "1e3", "1/2", "1:2"] {
      let bytes = Array(text.utf8) + Array("99999999".utf8)
      let found = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap {
          text.isEmpty ? nil : points.value(at: $0, length: text.utf8.count)
        }
      }
      #expect(found == nil, "\(text)")
    }
  }
}
