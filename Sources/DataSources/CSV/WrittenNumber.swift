/// Reads a number as people write it in Japanese tables: full-width digits, thousands commas in
/// groups of three, ▲ or △ for minus. The text is trimmed.
///
/// - Returns: nil for everything else, infinity and NaN included.
func writtenNumber(_ text: String) -> Double? {
  var characters = text.unicodeScalars.map(halfWidth)
  if let first = characters.first, first == "▲" || first == "△" || first == "−" {
    characters[0] = "-"
  }
  let unsigned = characters.drop { $0 == "-" || $0 == "+" }
  guard characters.count - unsigned.count <= 1 else { return nil }
  let whole = unsigned.prefix { $0 != "." && $0 != "e" && $0 != "E" }
  guard hasThousandsGroups(whole) || !whole.contains(",") else { return nil }
  guard !unsigned.dropFirst(whole.count).contains(",") else { return nil }
  var digits = String.UnicodeScalarView()
  digits.append(contentsOf: characters.filter { $0 != "," })
  let bytes = Array(String(digits).utf8)
  return bytes.withUnsafeBufferPointer { buffer in
    buffer.baseAddress.flatMap {
      ByteView(base: $0, isMapped: false, count: buffer.count).plainNumber(in: 0..<buffer.count)
    }
  }
}

private func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  // ！ to ～ stand in the order of ! to ~.
  case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  default: scalar
  }
}

/// Whether commas part the digits into one to three, then three each time: `1,546`, not `15,46`.
private func hasThousandsGroups(_ digits: ArraySlice<Unicode.Scalar>) -> Bool {
  let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
  guard let first = groups.first, (1...3).contains(first.count) else { return false }
  return groups.dropFirst().allSatisfy { $0.count == 3 }
}
