#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A converter between CP932 and UTF-8; keeps a state, so each thread has its own.
struct CP932Converter: ~Copyable {
  /// Which way it converts.
  enum Direction {
    case toUTF8
    case fromUTF8
  }

  private let handle: iconv_t
  private let direction: Direction

  /// Makes a converter; nil where the system's C library cannot convert CP932.
  init?(_ direction: Direction = .toUTF8) {
    let opened =
      switch direction {
      case .toUTF8: iconv_open("UTF-8", "CP932")
      case .fromUTF8: iconv_open("CP932", "UTF-8")
      }
    // iconv_open reports failure as (iconv_t)(−1).
    guard let opened, Int(bitPattern: opened) != -1 else { return nil }
    handle = opened
    self.direction = direction
  }

  deinit {
    iconv_close(handle)
  }

  /// The converted bytes; nil when a character has no counterpart.
  func convert(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // One byte of CP932 becomes at most three of UTF-8 (half-width katakana).
    let room = bytes.count * 3 + 4
    var isConverted = false
    let converted = [UInt8](unsafeUninitializedCapacity: room) { output, filled in
      var source = UnsafeMutablePointer(
        mutating: UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self))
      var sourceLeft = bytes.count
      var target = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
      var targetLeft = room
      iconv(handle, nil, nil, nil, nil)
      let result = iconv(handle, &source, &sourceLeft, &target, &targetLeft)
      isConverted = result >= 0 && sourceLeft == 0
      filled = room - targetLeft
    }
    return isConverted ? converted : nil
  }
}
