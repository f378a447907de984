/// The counter-based generator Philox4x32-10: block `i` of stream `s` under seed `k` is a pure
/// function of (k, s, i).
///
/// A draw made today must be reproducible in ten years, so the generator is written out here rather
/// than taken from a library. One stream a replicate gives parallel work the same answer on one core
/// and on sixty-four.
///
/// Layout: the key is the seed (low word first), the counter's low 64 bits count blocks from 0, its
/// high 64 bits are the stream. A block's four words w₀…w₃ become two values, w₀ + 2³²w₁ then
/// w₂ + 2³²w₃. One stream is good for 2⁶⁵ values.
///
/// Not for cryptography: whoever knows the seed knows the draw.
///
/// Reference: Salmon, Moraes, Dror & Shaw (2011), doi:10.1145/2063384.2063405.
public struct PhiloxGenerator: RandomNumberGenerator, Hashable, Sendable {
  private let key: SIMD2<UInt32>
  private let stream: UInt64
  private var nextBlock: UInt64 = 0
  /// The second value of the current block, until it is asked for.
  private var waiting: UInt64?

  /// Makes a generator at the start of a stream.
  public init(seed: UInt64, stream: UInt64 = 0) {
    key = Self.words(of: seed)
    self.stream = stream
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if let value = waiting {
      waiting = nil
      return value
    }
    let counter = SIMD4(lowHalf: Self.words(of: nextBlock), highHalf: Self.words(of: stream))
    nextBlock &+= 1
    let words = Self.block(at: counter, key: key)
    waiting = UInt64(words[2]) | UInt64(words[3]) << 32
    return UInt64(words[0]) | UInt64(words[1]) << 32
  }

  /// Ten rounds of the Philox bijection: the four random words that belong to a counter.
  static func block(at counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // Word by word: taken in and out of vectors the lanes cost more than the multiplications.
    var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3])
    var (first, second) = (key[0], key[1])
    for _ in 0..<10 {
      let left = UInt64(0xD251_1F53) &* UInt64(a)
      let right = UInt64(0xCD9E_8D57) &* UInt64(c)
      (a, c) = (
        UInt32(truncatingIfNeeded: right >> 32) ^ b ^ first,
        UInt32(truncatingIfNeeded: left >> 32) ^ d ^ second
      )
      (b, d) = (UInt32(truncatingIfNeeded: right), UInt32(truncatingIfNeeded: left))
      first &+= 0x9E37_79B9
      second &+= 0xBB67_AE85
    }
    return SIMD4(a, b, c, d)
  }

  private static func words(of value: UInt64) -> SIMD2<UInt32> {
    SIMD2(UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32))
  }
}
