import Crypto
import Foundation
import RandomAssignment
import Testing

/// Hashed arms against the verifier in docs/hash (Reference/hash.py).
struct HashedAssignmentTests {
  struct Reference: Decodable {
    let ids: [String]
    let values: [String]
    let arms: [String]
    let apart: [String]
    let counts: [Int]
    let digest: String
    let slots: [Int]
  }

  let reference: Reference
  let design = HashedAssignment(
    arms: [
      Arm(id: "control", share: 3), Arm(id: "social", share: 2), Arm(id: "deadline", share: 2),
    ],
    salt: "hokkaido-jobcafe")

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "hash", withExtension: "json", subdirectory: "Reference"))
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }

  private func arms(_ ids: [String], _ design: HashedAssignment) throws -> [String] {
    var generator = PhiloxGenerator(seed: 1)
    return try design.assign(ids.map { ExperimentalUnit(id: $0) }, using: &generator)
      .armIndices.map { design.arms[$0].id }
  }

  @Test("published test vectors: town names, emoji, both spellings of one letter, dots, nothing")
  func vectors() throws {
    let hash = UnitHash(salt: "hokkaido-jobcafe")
    #expect(reference.ids.map { "\(hash.value(of: $0))" } == reference.values)
    #expect(try arms(reference.ids, design) == reference.arms)
    let layer = PopulationLayer(name: "layer")
    #expect(reference.ids.map { layer.slot(of: $0) } == reference.slots)
  }

  @Test("fields of other lengths are other fields")
  func lengths() {
    #expect("\(UnitHash(salt: "a").value(of: "bc"))" == reference.apart[0])
    #expect("\(UnitHash(salt: "ab").value(of: "c"))" == reference.apart[1])
    #expect(reference.apart[0] != reference.apart[1])
  }

  @Test("the verifier agrees on 100,000 identifiers")
  func manyIdentifiers() throws {
    let ids = (0..<100_000).map { number in
      let digits = String(number)
      return "H-" + String(repeating: "0", count: 6 - digits.count) + digits
    }
    let drawn = try arms(ids, design)
    let letters = drawn.map { String($0.prefix(1)) }.joined()
    let digest = SHA256.hash(data: Data(letters.utf8)).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }
    #expect(digest.joined() == reference.digest)
    let counts = ["control", "social", "deadline"].map { arm in drawn.count { $0 == arm } }
    #expect(counts == reference.counts)
    // χ² on 2 df against 3 : 2 : 2; qchisq(.999, 2) is 13.82.
    let expected = [3, 2, 2].map { 100_000 * Double($0) / 7 }
    let statistic = zip(counts, expected).reduce(0) { sum, pair in
      sum + (Double(pair.0) - pair.1) * (Double(pair.0) - pair.1) / pair.1
    }
    #expect(statistic < 13.82)
  }

  @Test("slots are shared out: nobody is in two trials, and a layer says nothing about arms")
  func layers() throws {
    let layer = PopulationLayer(name: "hokkaido-2021")
    let ids = (0..<20_000).map { "p\($0)" }
    // Two trials of 40 % each, a holdout of 20 %.
    let first = ids.filter { (0..<4000).contains(layer.slot(of: $0)) }
    let second = ids.filter { (4000..<8000).contains(layer.slot(of: $0)) }
    #expect(Set(first).isDisjoint(with: second))
    // Four binomial standard errors: √(20000·.4·.6) = 69.3.
    #expect(abs(first.count - 8000) < 277 && abs(second.count - 8000) < 277)
    let drawn = try arms(first, design).count { $0 == "control" }
    let share = Double(drawn) / Double(first.count)
    let planned = 3.0 / 7
    let error = (planned * (1 - planned) / 8000).squareRoot()
    #expect(abs(share - planned) < 4 * error)
  }

  @Test("the order of units and the generator change nothing; no units and bad arms are refused")
  func statelessness() throws {
    let ids = reference.ids
    #expect(try arms(ids.reversed(), design) == reference.arms.reversed())
    #expect(throws: DesignError.noUnits) { try arms([], design) }
    let none = HashedAssignment(arms: [], salt: "s")
    #expect(throws: DesignError.noArms) { try arms(["a"], none) }
    #expect(UnitHash(salt: "s").slot(of: "a", among: 0) == 0)
  }
}
