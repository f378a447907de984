import Vocabulary

/// Running text cut into lines of a given width in terminal columns.
enum TextLines {
  /// Letters that must not begin a line (行頭禁則).
  private static let neverFirst: Set<Unicode.Scalar> = [
    "、", "。", "，", "．", "）", "」", "』", "】", "：", "；", "？", "！", "ー", "々", "％", "～",
    "ァ", "ィ", "ゥ", "ェ", "ォ", "ッ", "ャ", "ュ", "ョ", "ぁ", "ぃ", "ぅ", "ぇ", "ぉ", "っ", "ゃ", "ゅ", "ょ",
    ")", ",", ".", ":", ";", "%", "”",
  ]
  /// Letters that must not end a line (行末禁則).
  private static let neverLast: Set<Unicode.Scalar> = ["（", "「", "『", "【", "(", "“"]

  /// Cuts at spaces and between full-width letters; a longer word is cut where it must be.
  ///
  /// `width` is in columns and includes the indents: `first` of the first line, `rest` of the others.
  static func wrapped(_ text: String, width: Int, first: Int = 0, rest: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: first)
    var used = first
    var isEmpty = true
    func finish() {
      while line.last == " " { line.removeLast() }
      lines.append(line)
      line = String(repeating: " ", count: rest)
      used = rest
      isEmpty = true
    }
    for piece in pieces(of: text) {
      let columns = displayWidth(of: piece)
      if piece == " " {
        if !isEmpty, used + 1 <= width {
          line += " "
          used += 1
        }
        continue
      }
      if used + columns > width, !isEmpty { finish() }
      if used + columns <= width {
        line += piece
        used += columns
        isEmpty = false
        continue
      }
      for character in piece {
        let columns = displayWidth(of: character)
        if used + columns > width, !isEmpty { finish() }
        line.append(character)
        used += columns
        isEmpty = false
      }
    }
    if !isEmpty || lines.isEmpty { finish() }
    return lines
  }

  /// The width of the longest stretch that is not cut.
  static func longestPiece(of text: String) -> Int {
    pieces(of: text).map { displayWidth(of: $0) }.max() ?? 0
  }

  /// The stretches between which a line may be cut.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var last: Unicode.Scalar?
    var mayJoin = false
    func finish() {
      if !piece.isEmpty { pieces.append(piece) }
      piece = ""
    }
    for character in text {
      guard let scalar = character.unicodeScalars.first, !isBlank(character, scalar) else {
        finish()
        pieces.append(" ")
        (last, mayJoin) = (nil, false)
        continue
      }
      let isWide = displayWidth(of: character) > 1
      let joins =
        (mayJoin && !isWide) || neverFirst.contains(scalar)
        || last.map(neverLast.contains) == true
      if !joins { finish() }
      piece.append(character)
      (last, mayJoin) = (scalar, !isWide)
    }
    finish()
    return pieces
  }

  /// Control characters and ends of lines would move the cursor; they print as spaces.
  private static func isBlank(_ character: Character, _ first: Unicode.Scalar) -> Bool {
    switch first.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
    case 0x20: character.unicodeScalars.count == 1
    default: false
    }
  }
}
