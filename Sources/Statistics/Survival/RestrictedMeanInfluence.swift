extension KaplanMeier {
  /// How much more the weight of each unit that the curve is of would move the area up to the horizon.
  func influences(on horizon: Double, of followUp: FollowUp) -> [Double] {
    let n = Double(followUp.count)
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
    let riskSets = RiskSets(times: followUp.times)
    var influences = Array(repeating: 0.0, count: followUp.count)
    // The blocks are the steps, the latest first.
    for (step, block) in zip(steps.indices, riskSets.strata[0].reversed()) {
      for row in riskSets.rows[riskSets.places(block)] {
        influences[row] = gained[step] - (followUp.events[row] ? paid[step] : 0)
      }
    }
    return influences
  }
}
