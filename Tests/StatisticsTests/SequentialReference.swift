import Foundation
import Statistics
import Testing

/// The answers of Reference/sequential.R: multivariate normal probabilities from mvtnorm.
struct SequentialReference: Decodable {
  struct Spending: Decodable {
    var spending: String
    var sides: Int
    var significance: Double
    var t: [Double]
    var upper: [Double]

    var function: SpendingFunction {
      get throws {
        let known: [String: SpendingFunction] = [
          "obrienFleming": .obrienFleming, "pocock": .pocock,
          "hsd_minus4": .hwangShihDeCani(gamma: -4), "hsd_1": .hwangShihDeCani(gamma: 1),
          "kd_3": .kimDeMets(rho: 3),
        ]
        return try #require(known[spending])
      }
    }
  }
  struct Classical: Decodable {
    var shape: String
    var upper: [Double]
  }
  struct Futility: Decodable {
    var t: [Double]
    var upper: [Double]
    var lower: [Double]
    var drift: Double
  }
  struct Stagewise: Decodable {
    var estimate: Double
    var se: Double
    var look: Int
    var t: [Double]
    var upper: [Double]
    var sides: Int
    var oneSided: Double
    var p: Double
    var median: Double
    var lower: Double
    var high: Double
  }
  var spending: [Spending]
  var classical: [Classical]
  var futility: Futility
  var stagewise: [Stagewise]

  static func load() throws -> SequentialReference {
    let url = try #require(
      Bundle.module.url(
        forResource: "sequential", withExtension: "json", subdirectory: "Reference"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(SequentialReference.self, from: Data(contentsOf: url))
  }
}

/// Whether two lists agree entry by entry.
func agree(_ ours: [Double], _ reference: [Double], within tolerance: Double) -> Bool {
  ours.count == reference.count && zip(ours, reference).allSatisfy { abs($0 - $1) <= tolerance }
}
