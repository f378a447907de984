import Foundation

/// A trial's protocol as a tree of plain values, for comparison with another version of it.
///
/// Comments, spaces, the order of keys and the spelling of dates are gone, and so is what is no part of the
/// protocol: where the data come from, and the assumptions of simulations. Two trees are compared within one
/// version of the program; what is kept for years is the text of the file.
public struct CanonicalTrial: Hashable, Sendable {
  private let root: Tree

  /// Reduces a trial.
  public init(_ trial: Trial) {
    var trial = trial
    trial.data.file = ""
    trial.data.table = nil
    trial.data.encoding = .auto
    trial.data.simulated = false
    trial.data.source = nil
    trial.assignment.frame = nil
    trial.planning = nil
    trial.simulation = nil
    trial.rollout = nil
    trial.disclosure = nil
    let bytes = (try? Self.encoder.encode(trial)) ?? Data()
    root = (try? JSONDecoder().decode(Tree.self, from: bytes)) ?? .null
  }

  /// The tree as text, the same for the same protocol.
  public var text: String {
    (try? Self.encoder.encode(root)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Where this protocol and another differ, by the keys that lead there, in alphabetical order.
  ///
  /// Members of lists are known by their identifier where they have one: `outcomes[visited].better`.
  public func differences(from other: CanonicalTrial) -> [String] {
    var paths: Set<String> = []
    Tree.compare(root, other.root, at: "", into: &paths)
    return paths.sorted()
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

/// JSON without types.
private enum Tree: Codable, Hashable, Sendable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([Tree])
  case mapping([String: Tree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([Tree].self) {
      self = .list(value)
    } else {
      self = .mapping(try container.decode([String: Tree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .truth(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .mapping(let value): try container.encode(value)
    }
  }

  static func compare(_ a: Tree?, _ b: Tree?, at path: String, into paths: inout Set<String>) {
    guard a != b else { return }
    switch (a, b) {
    case (.mapping(let a), .mapping(let b)):
      for key in Set(a.keys).union(b.keys) {
        compare(a[key], b[key], at: path.isEmpty ? key : "\(path).\(key)", into: &paths)
      }
    case (.list(let a), .list(let b)):
      let (a, b) = (members(of: a), members(of: b))
      if a.keys == b.keys, a.order != b.order { paths.insert(path) }
      for key in a.keys.union(b.keys) {
        compare(a.values[key], b.values[key], at: "\(path)[\(key)]", into: &paths)
      }
    default: paths.insert(path)
    }
  }

  private static func members(
    of list: [Tree]
  ) -> (keys: Set<String>, order: [String], values: [String: Tree]) {
    let names = list.enumerated().map { place, member in member.identifier ?? "\(place)" }
    let order = Set(names).count == names.count ? names : list.indices.map { "\($0)" }
    return (Set(order), order, Dictionary(zip(order, list)) { first, _ in first })
  }

  private var identifier: String? {
    guard case .mapping(let members) = self else { return nil }
    for key in ["id", "column", "arm"] {
      switch members[key] {
      case .text(let text): return text
      case .mapping(let arm): if case .text(let text) = arm["id"] { return text }
      default: continue
      }
    }
    return nil
  }
}
