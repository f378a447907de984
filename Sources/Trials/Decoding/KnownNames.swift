/// Names that other parts of the file may refer to.
struct KnownNames {
  private let names: Set<String>
  /// For messages; sorted once, however often it is asked for.
  let sorted: [String]

  init(_ names: some Sequence<String>) {
    self.names = Set(names)
    sorted = self.names.sorted()
  }

  func contains(_ name: String) -> Bool {
    names.contains(name)
  }
}
