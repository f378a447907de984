import Analysis
import Foundation
import TestSupport
import Testing
import Trials
import Vocabulary

@Suite("KPI sheets")
struct KPITests {
  private static func yaml(_ rows: String, years: String = "[R2, R3, R4]") -> String {
    """
    kpi: 1
    owner: 北海道
    code: "010006"
    programme: 事業
    cost: 18548
    years: \(years)
    rows:
    \(rows)
    """
  }

  @Test("a dash is not 0: what was not planned is not missed, what is not known is not counted")
  func dashes() throws {
    let plan = try KPIFile.decode(
      yaml: Self.yaml(
        """
          - {name: a, unit: 人, plan: ['-', 25, 25], total: 50, actual: [3, 20, '－']}
          - {name: b, unit: 件, plan: [0, 10, 10], actual: [5, 0, '-']}
          - {name: c, unit: 人, plan: ['１０', "1,000", 2.5]}
        """), file: "kpi.yml")
    #expect(plan.rows[0].plan == [nil, 25, 25] && plan.rows[0].actual == [3, 20, nil])
    let sheet = KPISheet(plan)
    let (a, b, c) = (sheet.rows[0], sheet.rows[1], sheet.rows[2])
    #expect(a.attainment == [nil, 0.8, nil] && a.plannedTotal == 50 && a.totalAgrees == true)
    #expect(a.reached == 23 && a.knownYears == 2 && a.progress == 0.46)
    // Of the 25 planned for the two known years.
    #expect(a.reachedShare == 0.92)
    #expect(b.attainment == [nil, 0, nil] && b.reached == 5 && b.totalAgrees == nil)
    #expect(c.plannedTotal == 1012.5 && c.reached == nil && c.progress == nil)
    #expect(sheet.totalsAgree)
  }

  @Test("a stated total that is not the sum is found, a thousands comma is none")
  func totals() throws {
    func agrees(_ total: String) throws -> Bool {
      KPISheet(
        try KPIFile.decode(
          yaml: Self.yaml("  - {name: a, unit: 人, plan: [400, 773, 373], total: \(total)}"),
          file: "kpi.yml")
      ).totalsAgree
    }
    #expect(try agrees("\"1,546\"") && agrees("１５４６") && !agrees("1545"))
  }

  @Test(
    "a unit that the name does not speak of is asked about, and so is what counts the same person twice",
    arguments: [
      ("相談件数", "人", [KPISheet.Remark.unitUnlikeName]), ("相談件数", "件", []),
      ("利用者数", "件", [.unitUnlikeName]), ("参加人数", "人", []),
      ("延べ相談件数", "件", [.countsEvents]), ("延べ利用者数", "人", [.countsEvents]), ("売上", "円", []),
    ])
  func remarks(name: String, unit: String, remarks: [KPISheet.Remark]) throws {
    let plan = try KPIFile.decode(
      yaml: Self.yaml("  - {name: \(name), unit: \(unit), plan: [1, 2, 3]}"), file: "kpi.yml")
    #expect(KPISheet(plan).rows[0].remarks == remarks)
  }

  @Test(
    "faults are said at their place",
    arguments: [
      ("plan: [1, 2, 3]", "plan: [1, 2]", "2 values for 3 years"),
      ("plan: [1, 2, 3]", "plan: [1, x, 3]", "x"), ("unit: 人, ", "", "'unit'"),
      ("[R2, R3, R4]", "[R2, R2, R4]", "the earliest first"), ("[R2, R3, R4]", "[R2, R3, 四]", "四"),
      ("\"010006\"", "\"010007\"", "no code"), ("plan:", "plann:", "Did you mean 'plan'?"),
      ("kpi: 1", "kpi: 9", "9"),
    ])
  func faults(old: String, new: String, message: String) {
    let yaml = Self.yaml("  - {name: a, unit: 人, plan: [1, 2, 3]}").replacing(old, with: new)
    do throws(Faults) {
      _ = try KPIFile.decode(yaml: yaml, file: "kpi.yml")
      Issue.record("accepted")
    } catch {
      let lines = error.all.map { $0.line(in: .english) }
      #expect(lines.contains { $0.contains(message) && $0.hasPrefix("kpi.yml:") }, "\(lines)")
    }
  }

  /// All 24 rows of the seed, as they stand there: every total is the sum of its three years.
  @Test(.enabled(if: SharedFolder.file("seed/kpi.csv") != nil))
  func seed() throws {
    let url = try #require(SharedFolder.file("seed/kpi.csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    #expect(lines.count == 25)
    var units: [String: Int] = [:]
    var remarks: [KPISheet.Remark: [String]] = [:]
    for line in lines.dropFirst() {
      // The only comma within a field is that of a quoted number.
      var fields: [String] = []
      var quoted = false
      var field = ""
      for character in line {
        if character == "\"" {
          quoted.toggle()
        } else if character == ",", !quoted {
          fields.append(field)
          field = ""
        } else {
          field.append(character)
        }
      }
      fields.append(field)
      #expect(fields.count == 10)
      let plan = try KPIFile.decode(
        yaml: """
          kpi: 1
          owner: \(fields[0])
          code: "\(fields[1])"
          programme: \(fields[2])
          cost: \(fields[3])
          years: [R2, R3, R4]
          rows:
            - name: "\(fields[4])"
              unit: \(fields[5])
              plan: ["\(fields[6])", "\(fields[7])", "\(fields[8])"]
              total: "\(fields[9])"
          """, file: "kpi.yml")
      let sheet = KPISheet(plan)
      #expect(sheet.totalsAgree && plan.rows[0].name == fields[4])
      units[plan.rows[0].unit, default: 0] += 1
      for remark in sheet.rows[0].remarks { remarks[remark, default: []].append(fields[0]) }
    }
    #expect(units == ["人": 19, "件": 5])
    // 「相談件数」 and the like in 人; and of Kochi's two, only the 延べ counts events.
    #expect(remarks[.unitUnlikeName] == ["神戸市", "鳥取県", "鳥取県", "鳥取県"])
    #expect(remarks[.countsEvents] == ["高知県"])
  }
}
