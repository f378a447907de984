/// The accepted name that a mistyped one most likely meant.
///
/// Damerau–Levenshtein distance (adjacent letters swapped count once), ignoring case; nothing is
/// offered when more than a third of the letters (at least one) would have to change.
public func nearestName(to name: String, among accepted: [String]) -> String? {
  let limit = max(1, name.count / 3)
  return
    accepted
    // Names of very different length are that many edits apart: no need to count further.
    .filter { abs($0.count - name.count) <= limit }
    .map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
    .filter { $0.distance <= limit }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
    .name
}

private func editDistance(_ left: String, _ right: String) -> Int {
  let a = Array(left)
  let b = Array(right)
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, rows[i - 1][j - 1] + 1)
      }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
