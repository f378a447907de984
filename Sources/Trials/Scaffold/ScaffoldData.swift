extension Scaffold {
  /// Six hundred people in eight blocks, a third of each block in each arm.
  ///
  /// No chance is involved: each arm's counts are round numbers, spread evenly over the rows, so that
  /// a reader can check the first report by hand (200 people an arm; opened 80, 90, 100; visited 12,
  /// 18, 26).
  static func dataFile() -> String {
    let subprefectures = ["石狩", "上川", "渡島", "十勝"]
    let sexes = ["女", "男"]
    let arms: [(id: String, opened: Int, visited: Int)] = [
      ("control", 80, 12), ("simple", 90, 18), ("social", 100, 26),
    ]
    let perArm = 200
    var people: [String] = []
    for number in 0..<perArm {
      // The block changes with every person, so each block gets 25 people of each arm.
      let block = number % 8
      let place = "\(subprefectures[block % 4]),\(sexes[block / 4])"
      for (offset, arm) in arms.enumerated() {
        let opens = isChosen(number, count: arm.opened, of: perArm)
        // Those who opened, in turn; of them the visitors are spread evenly again.
        let turn = number * arm.opened / perArm
        let visits = opens && isChosen(turn, count: arm.visited, of: arm.opened)
        let age = 34 + (number * 5 + offset * 3) % 16
        people.append("\(place),\(age),\(arm.id),1,\(opens ? 1 : 0),\(visits ? 1 : 0)")
      }
    }
    let rows = people.indices.map { index in
      // 7 and 600 have no common divisor: every person once, the arms mixed.
      let id = String(1001 + index)
      return "P\(id),\(people[index * 7 % people.count])"
    }
    let preamble = [
      "# SOURCE: 「nudge new」が作った模擬データ。実在の人のものではありません。",
      "# SOURCE: simulated by 'nudge new'; no real person is in it.",
      "participant_id,subprefecture,sex,age,arm,sent,opened,visited",
    ]
    return (preamble + rows).joined(separator: "\n") + "\n"
  }

  /// Whether a number is among `count` numbers spread evenly over the first `total`.
  private static func isChosen(_ number: Int, count: Int, of total: Int) -> Bool {
    (number + 1) * count / total > number * count / total
  }
}
