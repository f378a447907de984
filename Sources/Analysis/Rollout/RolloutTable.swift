import Statistics
public import Vocabulary

/// What a result would mean for municipalities, one by one.
///
/// Every number is that of the effect in the municipality itself: prediction intervals, not confidence intervals. The
/// number of additional outcomes is people × effect, and never more than could happen (of n people no more than
/// n·(1 − rate) can be added).
public struct RolloutTable: Codable, Hashable, Sendable {
  /// How the effect elsewhere was found.
  public struct Basis: Codable, Hashable, Sendable {
    /// What the trial, or the pooled trials, found; in the wanted direction.
    public var estimate: Double
    /// The standard error.
    public var stdError: Double
    /// How many trials or towns were pooled; nil for one trial.
    public var pooled: Int?
    /// The standard deviation of effects between places.
    public var tau: Double
    /// Whether nobody knows ``tau``, and half of the estimate was taken.
    public var isTauAssumed: Bool
    /// What was known before: the mean that one trial is drawn towards; nil for pooled ones.
    public var priorMean: Double?
    /// How far the trial is believed against it.
    public var reliability: Double
    /// The effect to expect elsewhere.
    public var effect: Double
    /// The prediction interval of the effect elsewhere.
    public var predLow: Double
    /// The prediction interval of the effect elsewhere.
    public var predHigh: Double
  }

  /// One municipality.
  public struct Municipality: Codable, Hashable, Sendable {
    /// 団体コード, six digits; nil where the list has none.
    public var code: String?
    /// Its name.
    public var name: String
    /// How many people the offer is for.
    public var population: Int
    /// To how many of them it can be sent: all, or as many as its own budget suffices for.
    public var people: Int
    /// Yen for them.
    public var cost: Double
    /// To how many it is sent where the budget for all is spent where a yen brings most; nil without such a budget.
    public var allocated: Int?
    /// Yen for those.
    public var allocatedCost: Double?
    /// Whether it resembles the places of the trial.
    public var resembles: Bool
    /// The place in the order of what a yen brings, from 1.
    public var rank: Int
    /// One a voltage.
    public var outlooks: [Outlook]
  }

  /// What to expect if a share of the effect survives.
  public struct Outlook: Codable, Hashable, Sendable {
    /// The share.
    public var voltage: Double
    /// Additional outcomes to expect.
    public var extra: Double
    /// The prediction interval.
    public var extraLow: Double
    /// The prediction interval.
    public var extraHigh: Double
    /// Yen for one additional outcome; nil where none is to be expected.
    public var costPerExtra: Double?
    /// In the best case of the interval; nil where there is none even there.
    public var costLow: Double?
    /// In its worst case; nil where nothing is gained there: no amount is enough.
    public var costHigh: Double?
    /// The probability that nothing is gained; nil, as the others, where it is sent to nobody.
    public var noGain: Double?
    /// The probability that the wanted number is reached; nil where none is wanted.
    public var reachesTarget: Double?
    /// The probability that what is gained is worth its cost; nil where nobody says what it is worth.
    public var paysOff: Double?
  }

  /// The trial.
  public var trial: String
  /// The title for readers.
  public var title: BilingualText
  /// The outcome.
  public var outcome: BilingualText
  /// The arm that is carried over.
  public var arm: BilingualText
  /// Whether effects are differences of rates.
  public var isRate: Bool
  /// Whether data were simulated.
  public var simulated: Bool
  /// The level of the intervals.
  public var level: Double
  /// How the effect elsewhere was found.
  public var basis: Basis
  /// Yen a person.
  public var costPerPerson: Double
  /// Yen a municipality.
  public var fixedCost: Double
  /// Yen in all; nil is no limit.
  public var budget: Double?
  /// The municipalities, those first of which a yen brings most.
  public var municipalities: [Municipality]
  /// Rows of the list without a number of people.
  public var withoutPopulation: [String]

  /// The sum over municipalities at one voltage, within the budget for all where there is one: people, yen and outcomes to expect.
  ///
  /// The interval of a sum is not the sum of intervals, and is not given: towns' own effects partly cancel, the trial's own error does not.
  public func total(voltage: Double) -> (people: Int, cost: Double, extra: Double) {
    municipalities.reduce(into: (0, 0, 0)) { total, town in
      let people = town.allocated ?? town.people
      let extra = town.outlooks.first { $0.voltage == voltage }?.extra ?? 0
      total.0 += people
      total.1 += town.allocatedCost ?? town.cost
      total.2 += town.people > 0 ? extra * Double(people) / Double(town.people) : 0
    }
  }
}

/// One row of the list of municipalities.
struct ListedMunicipality {
  var code: String?
  var name: String
  var population: Int
  var budget: Double?
  var target: Double?
  var resembles: Bool
}

/// What sending costs, and what limits it.
struct RolloutCosts {
  var perPerson: Double
  var fixed: Double
  var budget: Double?
  var worth: Double?

  /// To how many people of a town an amount suffices.
  func people(of population: Int, within amount: Double?) -> Int {
    guard let amount else { return population }
    guard amount >= fixed else { return 0 }
    guard perPerson > 0 else { return population }
    return min(population, Int(min((amount - fixed) / perPerson, 1e12)))
  }

  func cost(of people: Int) -> Double { people > 0 ? fixed + perPerson * Double(people) : 0 }
}

extension RolloutTable.Municipality {
  init(
    _ listed: ListedMunicipality, people: Int, allocated: Int?, costs: RolloutCosts, rank: Int
  ) {
    code = listed.code
    name = listed.name
    population = listed.population
    self.people = people
    cost = costs.cost(of: people)
    self.allocated = allocated
    allocatedCost = allocated.map(costs.cost)
    resembles = listed.resembles
    self.rank = rank
    outlooks = []
  }
}

extension RolloutTable.Outlook {
  /// What to expect of so many people: `effect` is in the wanted direction and for the whole voltage, `room` how far a rate
  /// can move down and up (nil for means).
  ///
  /// - Throws: what ``TransferredEffect`` throws.
  init(
    voltage: Double, effect: TransferredEffect, people: Int, cost: Double, worth: Double?,
    target: Double?, room: (down: Double, up: Double)?, level: Double
  ) throws(EstimationError) {
    let own = effect.scaled(by: voltage)
    let n = Double(people)
    func bounded(_ value: Double) -> Double {
      room.map { min(max(value, -$0.down), $0.up) } ?? value
    }
    guard case .between(let low, let high) = try own.interval(level: level) else {
      throw .undefined
    }
    self.voltage = voltage
    extra = n * bounded(own.mean)
    extraLow = n * bounded(low)
    extraHigh = n * bounded(high)
    // Costs are known: dividing them by the interval of the effect is Fieller's interval.
    func per(_ outcomes: Double) -> Double? { outcomes > 0 && n > 0 ? cost / outcomes : nil }
    costPerExtra = per(extra)
    costLow = per(extraHigh)
    costHigh = per(extraLow)
    guard n > 0 else {
      (noGain, reachesTarget, paysOff) = (nil, nil, nil)
      return
    }
    noGain = try own.probability(atMost: 0)
    func reached(_ outcomes: Double) throws(EstimationError) -> Double {
      let needed = outcomes / n
      if let room, needed > room.up { return 0 }
      return 1 - (try own.probability(atMost: needed))
    }
    reachesTarget = try target.map { (wanted) throws(EstimationError) in try reached(wanted) }
    paysOff = try worth.map { (value) throws(EstimationError) in try reached(cost / value) }
  }
}
