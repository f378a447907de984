// What a draw needs beyond random bits. The standard library has `random(in:)` and `shuffle(using:)`,
// but promises neither their algorithm nor their consumption of bits; a published assignment must
// not change with a compiler.

extension RandomNumberGenerator {
  /// A uniform integer from 0 to `bound` − 1, without bias; 0 without drawing when `bound` ≤ 1.
  ///
  /// Reference: Lemire (2019), doi:10.1145/3230636: the high word of a 128-bit product, rejecting
  /// the 2⁶⁴ mod `bound` low words that would favour some values.
  public mutating func uniformInteger(below bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let surplus = (0 &- range) % range
      while product.low < surplus { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A uniform number in [0, 1): the top 53 of 64 bits, divided by 2⁵³.
  public mutating func uniformDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Puts the elements into a uniformly random order.
  ///
  /// Fisher–Yates from the last place down, in Durstenfeld's form (1964, doi:10.1145/364520.364540):
  /// place i exchanges with a uniform place from 0 to i.
  public mutating func permute<Element>(_ elements: inout [Element]) {
    for place in elements.indices.dropFirst().reversed() {
      elements.swapAt(place, uniformInteger(below: place + 1))
    }
  }
}
