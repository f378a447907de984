/// Where rows are: in a file, or in a table of a database.
public enum DataPlace: Hashable, Sendable {
  /// A file of text or a workbook.
  case file(String)
  /// A database: what kind it is, and its address.
  case database(DatabaseKind, address: String)

  /// Tells a database from a file by the first letters.
  public init(_ written: String) {
    for kind in DatabaseKind.allCases {
      for prefix in kind.prefixes where written.lowercased().hasPrefix(prefix) {
        self = .database(
          kind, address: kind == .sqlite ? String(written.dropFirst(prefix.count)) : written)
        return
      }
    }
    self = .file(written)
  }
}

/// The kinds of databases that a trial file may name.
public enum DatabaseKind: String, CaseIterable, Hashable, Sendable {
  /// A file of SQLite.
  case sqlite
  /// A server of PostgreSQL.
  case postgres
  /// A server of Spark Connect.
  case spark

  fileprivate var prefixes: [String] {
    switch self {
    case .sqlite: ["sqlite:"]
    case .postgres: ["postgres:", "postgresql:"]
    case .spark: ["sc:"]
    }
  }
}

extension DataDescription {
  /// Where the rows are.
  public var place: DataPlace { DataPlace(file) }

  /// Whether the rows are in a database.
  public var isDatabase: Bool { if case .database = place { true } else { false } }

  /// Whether there is no file of the data, because a server has them.
  public var isOnServer: Bool {
    switch place {
    case .file, .database(.sqlite, _): false
    case .database(.postgres, _), .database(.spark, _): true
    }
  }

  /// What messages call the data: never the address of a server.
  public var shownName: String {
    switch place {
    case .file(let name): name
    case .database(.sqlite, let path): "\(path)#\(table ?? "")"
    case .database(let kind, _): "\(kind.rawValue)#\(table ?? "")"
    }
  }
}

/// What is wrong with the address of a server.
enum AddressProblem: Hashable {
  case password
  case noAddress
  case sparkParameter(String)

  /// Looks at `postgres://[user@][host][:port][/database][?name=value&…]`; nil where nothing is wrong.
  init?(postgres address: String) {
    guard let start = address.firstRange(of: "://")?.upperBound else {
      self = .noAddress
      return
    }
    let (authority, query) = AddressProblem.parts(of: address[start...])
    if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") {
      self = .password
      return
    }
    let names = query.split(separator: "&").map { setting in
      AddressProblem.decoded(setting.prefix { $0 != "=" }).lowercased()
    }
    // libpq knows password and sslpassword; a name like them is a slip that would be shown, too.
    guard !names.contains(where: { $0.contains("password") }) else {
      self = .password
      return
    }
    return nil
  }

  /// Looks at `sc://[host[:port]][/;name=value;…]`; nil where nothing is wrong.
  ///
  /// Spark's token is a parameter like others, whose number is open: only what is known to be no secret may stand.
  init?(spark address: String) {
    guard address.hasPrefix("sc://") else {
      self = .noAddress
      return
    }
    let (place, parameters) = AddressProblem.parts(of: address.dropFirst(5), before: ";")
    guard !place.contains("@") else {
      self = .password
      return
    }
    for parameter in parameters.split(separator: ";") {
      let name = AddressProblem.decoded(parameter.prefix { $0 != "=" })
      // What has no name may be the secret itself, and is not repeated.
      guard parameter.contains("="), name.allSatisfy({ $0.isLetter || "_-".contains($0) }) else {
        self = .password
        return
      }
      guard ["use_ssl", "user_id"].contains(name) else {
        self = .sparkParameter(name)
        return
      }
    }
    return nil
  }

  private static func parts(
    of text: Substring, before mark: Character = "?"
  ) -> (authority: Substring, query: Substring) {
    guard let mark = text.firstIndex(of: mark) else { return (text, "") }
    return (text[..<mark], text[text.index(after: mark)...])
  }

  /// The text behind `%70`-like spellings.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(Substring(rest.prefix(2))), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
