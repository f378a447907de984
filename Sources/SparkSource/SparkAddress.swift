/// Where a Spark Connect server is, from `sc://host:port/;name=value;…`.
struct SparkAddress: Hashable, Sendable {
  /// The port on which Spark Connect listens unless it is told otherwise.
  static let defaultPort = 15002

  /// A name or an address; IPv6 without its brackets.
  var host: String
  /// The TCP port.
  var port: Int
  /// What stands after `/;`, by name.
  var parameters: [String: String]

  /// Reads an address.
  ///
  /// - Throws: ``SparkProblem/malformedAddress(_:)``. No value of a parameter is ever part of it.
  init(_ text: String) throws(SparkProblem) {
    guard text.hasPrefix("sc://") else { throw .malformedAddress(.scheme) }
    let rest = text.dropFirst(5)
    let authority = rest.prefix { $0 != "/" && $0 != ";" }
    let path = rest.dropFirst(authority.count)
    (host, port) = try Self.hostAndPort(authority)
    parameters = [:]
    guard path.isEmpty || path == "/" || path.hasPrefix("/;") else {
      throw .malformedAddress(.path)
    }
    for pair in path.dropFirst().split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = Self.decoded(parts[0]), !name.isEmpty,
        let value = Self.decoded(parts[1]), parameters[name] == nil
      else { throw .malformedAddress(.parameter) }
      parameters[name] = value
    }
  }

  /// The address without its parameters: what may be shown to people and written to files.
  var shown: String {
    "sc://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
  }

  /// Whether the server is this very machine.
  var isLoopback: Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  private static func hostAndPort(
    _ authority: Substring
  ) throws(SparkProblem) -> (String, Int) {
    // A user's name and password before the host are no part of the scheme, and are not repeated.
    guard !authority.contains("@") else { throw .malformedAddress(.host) }
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw .malformedAddress(.host) }
      host = authority[authority.index(after: authority.startIndex)..<end]
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw .malformedAddress(.host) }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard !host.isEmpty, isPlain else { throw .malformedAddress(.host) }
    guard let port else { return (String(host), defaultPort) }
    guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
      (1...65535).contains(number)
    else { throw .malformedAddress(.port) }
    return (String(host), number)
  }

  /// A name or value with its `%XX` decoded; nil where they make no UTF-8.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexadecimal),
        let low = rest.popFirst().flatMap(hexadecimal)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    UInt8(exactly: Character(Unicode.Scalar(digit)).hexDigitValue ?? -1)
  }
}
