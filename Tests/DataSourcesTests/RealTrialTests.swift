import Foundation
import Statistics
import TestSupport
import Testing

@testable import DataSources

/// Files of real trials against R 4.2.2.
@Suite("Real trials", .enabled(if: SharedFolder.file("data/hillstrom.csv") != nil))
struct RealTrialTests {
  func file(_ name: String, missing: [String] = ["", "-"]) throws -> CSVFile {
    let url = try #require(SharedFolder.file("data/" + name))
    return CSVFile(path: url.path, missing: missing)
  }

  /// d <- read.csv("hillstrom.csv"); for (s in sort(unique(d$segment))) for (v in c("visit", "spend")) {
  ///   x <- d[d$segment == s, v]
  ///   cat(s, v, length(x), sprintf("%.17g %.17g", mean(x), sum((x - mean(x))^2)), "\n") }
  @Test func momentsOfAnEmailTrial() throws {
    let expected: [String: (n: Int, visit: [Double], spend: [Double])] = [
      "Mens E-Mail": (
        21307, [0.18275684047496127, 3182.3448631905007], [1.4226165110057727, 6715902.5866295109]
      ),
      "No E-Mail": (
        21306, [0.10616727682343002, 2021.8496198254015], [0.65278935511123626, 2860971.1523286263]
      ),
      "Womens E-Mail": (
        21387, [0.15140038341048301, 2747.7655585168559], [1.0772015710478329, 4886629.8880140269]
      ),
    ]
    let table = try file("hillstrom.csv").table(
      of: ["segment": .category, "visit": .number, "spend": .number])
    #expect(table.rowCount == 64000)
    let sets = [VariableSet(["visit"]), VariableSet(["spend"])]
    let cells = try table.moments(of: MomentRequest(sets), by: "segment").cells
    #expect(cells.count == 3)
    for (arm, values) in expected {
      for (set, value) in zip(sets, [values.visit, values.spend]) {
        let moments = try #require(cells[Cell(arm: arm)]?[set])
        #expect(moments.count == values.n)
        #expect(abs(moments.means[0] / value[0] - 1) < 1e-15)
        #expect(abs(moments.crossProducts[0] / value[1] - 1) < 1e-15)
      }
    }
  }

  /// d <- read.csv("thornton_hiv.csv"); nrow(d); sum(is.na(d$got)); mean(d$tinc, na.rm = TRUE)
  @Test func missingValuesOfAnIncentiveTrial() throws {
    let table = try file("thornton_hiv.csv").table(of: ["got": .number, "tinc": .number])
    #expect(table.rowCount == 4820)
    #expect(try table.numbers("got").count { $0.isNaN } == 1926)
    let incentives = try table.numbers("tinc").filter { !$0.isNaN }
    let mean = incentives.reduce(0, +) / Double(incentives.count)
    #expect(abs(mean - 0.988039537488653) < 1e-14)
  }

  /// d <- read.csv("tanf_letters.csv"); nrow(d); table(d$condition)
  @Test func armsOfALetterTrial() throws {
    let table = try file("tanf_letters.csv").table(
      of: ["condition": .category, "ic_case_id": .identifier])
    let arms = try table.categories("condition")
    let counts = Dictionary(grouping: arms.codes) { arms.levels[Int($0)] }.mapValues(\.count)
    #expect(counts == ["No_Letter": 1177, "Open_Appt": 1181, "Specific_Appt": 1181])
  }

  /// d <- read.csv("hokkaido_municipalities.csv", colClasses = "character"); dim(d);
  /// sum(as.numeric(d$population_2020)); the first row's code6
  @Test func codesKeepTheirLeadingZeros() throws {
    let table = try file("hokkaido_municipalities.csv").table(
      of: ["code6": .identifier, "population_2020": .number, "subprefecture": .category])
    #expect(table.rowCount == 179)
    #expect(try table.identifiers("code6")[0] == "011002")
    #expect(try table.numbers("population_2020").reduce(0, +) == 5_224_614)
  }
}
