extension KaplanMeier {
  /// How much more each unit's weight would move the area up to the horizon.
  func influences(
    on horizon: Double, of times: [Double], events: [Bool]
  ) -> [Double] {
    let n = Double(times.count)
    // Area to the right of each step, and the running sum of what being at risk costs.
    var areas = Array(repeating: 0.0, count: steps.count)
    var area = 0.0
    var end = horizon
    for index in steps.indices.reversed() where steps[index].time < horizon {
      area += steps[index].survival * (end - steps[index].time)
      end = steps[index].time
      areas[index] = area
    }
    var paid: [Double] = []
    var gained: [Double] = []
    var sum = 0.0
    for (step, area) in zip(steps, areas) {
      let left = Double(step.atRisk - step.events)
      let d = Double(step.events)
      if step.events > 0, left > 0, step.time < horizon {
        sum += area * n * d / (Double(step.atRisk) * left)
        paid.append(area * n / left)
      } else {
        paid.append(0)
      }
      gained.append(sum)
    }
    let position = Dictionary(uniqueKeysWithValues: zip(steps.map(\.time), steps.indices))
    return zip(times, events).map { time, event in
      guard let step = position[time] else { return 0 }
      return gained[step] - (event ? paid[step] : 0)
    }
  }
}
