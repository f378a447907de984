/// A column of the data that the trial file names, and where it does.
struct ColumnMention: Hashable, Sendable {
  var name: String
  var place: Written.Place
  /// Whether the column also stands in data of shape counts, where rows are no units.
  var standsInCounts: Bool
}
