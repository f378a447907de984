import Vocabulary

/// The texts that stand for a missing value.
///
/// A field is missing when it equals one of them after trimming, quoted or not: programs differ in
/// what they quote. `-` stands for `－` and `−` as well, as Japanese tables print it.
struct MissingTexts: Sendable {
  private let texts: Set<String>
  private let ascii: [[UInt8]]
  /// Whether one of them is itself a number, such as `-99`; then it must be looked for first.
  let includesNumbers: Bool

  init(_ entries: [String]) {
    var texts = Set(entries.map(trimmed))
    if texts.contains("-") { texts.formUnion(["－", "−"]) }
    self.texts = texts
    ascii = texts.filter { $0.utf8.allSatisfy { $0 < 0x80 } }.map { Array($0.utf8) }
    includesNumbers = texts.contains { DecimalText.parse($0) != nil }
  }

  /// Whether a trimmed text means missing.
  func contains(_ text: String) -> Bool {
    texts.contains(text)
  }

  /// Whether trimmed ASCII bytes mean missing.
  func contains(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ascii.contains { $0.count == bytes.count && $0.elementsEqual(bytes) }
  }
}
