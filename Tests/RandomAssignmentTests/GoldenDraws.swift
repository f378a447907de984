import Foundation
import Testing

/// The output of Reference/draws.py.
struct GoldenDraws: Decodable {
  static let seed: UInt64 = 20_210_601

  var bits: [String]
  var bitsStream: [String]
  var integers: [Int]
  var largeIntegers: [Int]
  var doubles: [Double]
  var permutation: [Int]
  var blocks: [String]
  var clusters: [String]
  var nested: [String]
  var simple_1_2_3: [Int]
  var complete_1_1: [Int]
  var complete_3_2_2: [Int]
  var blocked_1_1_1: [Int]
  var blocked_5_3_2_1: [Int]
  var clustered_1_1: [Int]
  var clusteredBlocked_2_1: [Int]
  var permutedBlocks_2_1: [Int]

  static func read() throws -> GoldenDraws {
    let url = try #require(
      Bundle.module.url(forResource: "draws", withExtension: "json", subdirectory: "Reference"))
    return try JSONDecoder().decode(GoldenDraws.self, from: Data(contentsOf: url))
  }

  private enum CodingKeys: String, CodingKey {
    case bits, integers, doubles, permutation, blocks, clusters, nested
    case bitsStream = "bits_stream"
    case largeIntegers = "large_integers"
    case simple_1_2_3, complete_1_1, complete_3_2_2, blocked_1_1_1, blocked_5_3_2_1, clustered_1_1
    case clusteredBlocked_2_1 = "clustered_blocked_2_1"
    case permutedBlocks_2_1 = "permuted_blocks_2_1"
  }
}
