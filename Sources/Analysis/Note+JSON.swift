// A note in result.json is flat: {"note": "no_units", "arm": "social"}.

extension Note {
  private enum CodingKeys: String, CodingKey {
    case note, arm, count, value, column, used, missing, blocks, units, f, lower, upper
    case look, boundary, exact, better, spread, df, redrawn
    case medianUnbiased = "median_unbiased"
    case armLoss = "arm_loss"
    case controlLoss = "control_loss"
  }

  private enum Name: String, Codable {
    case noUnits = "no_units"
    case tooFewUnits = "too_few_units"
    case noVariation = "no_variation"
    case notBinary = "not_binary"
    case controlMeanNotPositive = "control_mean_not_positive"
    case denominatorNotPositive = "denominator_not_positive"
    case horizonBeyondFollowUp = "horizon_beyond_follow_up"
    case infiniteCoefficients = "infinite_coefficients"
    case noEvents = "no_events"
    case drawUnknown = "draw_unknown"
    case bounds
    case noTakeup = "no_takeup"
    case firstStage = "first_stage"
    case fewClusters = "few_clusters"
    case intervalOnOtherScale = "interval_on_other_scale"
    case tooFewClusters = "too_few_clusters"
    case undefined
    case numericalFailure = "numerical_failure"
    case infiniteEstimate = "infinite_estimate"
    case noLowerBound = "no_lower_bound"
    case noUpperBound = "no_upper_bound"
    case outsideInterval = "outside_interval"
    case everything
    case clustersIgnored = "clusters_ignored"
    case covariatesCapped = "covariates_capped"
    case covariateFilled = "covariate_filled"
    case covariateIndicated = "covariate_indicated"
    case covariateDropped = "covariate_dropped"
    case blocksNotInModel = "blocks_not_in_model"
    case blocksLeftOut = "blocks_left_out"
    case tooFewGroups = "too_few_groups"
    case groupsLeftOut = "groups_left_out"
    case look, draws, posterior, prior, price, margin, withheld
  }

  /// Reads the flat form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self =
      switch try container.decode(Name.self, forKey: .note) {
      case .noUnits: .noUnits(arm: try container.decode(String.self, forKey: .arm))
      case .tooFewUnits:
        .tooFewUnits(
          arm: try container.decode(String.self, forKey: .arm),
          count: try container.decode(Int.self, forKey: .count))
      case .noVariation: .noVariation
      case .notBinary: .notBinary(arm: try container.decode(String.self, forKey: .arm))
      case .controlMeanNotPositive:
        .controlMeanNotPositive(try container.decode(Double.self, forKey: .value))
      case .denominatorNotPositive:
        .denominatorNotPositive(arm: try container.decode(String.self, forKey: .arm))
      case .horizonBeyondFollowUp:
        .horizonBeyondFollowUp(
          arm: try container.decode(String.self, forKey: .arm),
          lastTime: try container.decode(Double.self, forKey: .value))
      case .infiniteCoefficients: .infiniteCoefficients
      case .noEvents: .noEvents
      case .drawUnknown: .drawUnknown
      case .bounds:
        .bounds(
          lower: try container.decode(Double.self, forKey: .lower),
          upper: try container.decode(Double.self, forKey: .upper))
      case .noTakeup: .noTakeup
      case .firstStage:
        .firstStage(
          takeup: try container.decode(Double.self, forKey: .value),
          f: try container.decodeIfPresent(Double.self, forKey: .f))
      case .tooFewClusters:
        .tooFewClusters(
          arm: try container.decode(String.self, forKey: .arm),
          count: try container.decode(Int.self, forKey: .count))
      case .fewClusters:
        .fewClusters(
          try container.decode(Double.self, forKey: .df),
          redrawn: try container.decode(Bool.self, forKey: .redrawn))
      case .intervalOnOtherScale: .intervalOnOtherScale
      case .undefined: .undefined
      case .numericalFailure: .numericalFailure
      case .infiniteEstimate: .infiniteEstimate
      case .noLowerBound: .noLowerBound
      case .noUpperBound: .noUpperBound
      case .outsideInterval: .outsideInterval
      case .everything: .everything
      case .clustersIgnored:
        .clustersIgnored(column: try container.decodeIfPresent(String.self, forKey: .column))
      case .covariatesCapped:
        .covariatesCapped(
          used: try container.decode(Int.self, forKey: .used),
          of: try container.decode(Int.self, forKey: .count))
      case .covariateFilled:
        .covariateFilled(
          column: try container.decode(String.self, forKey: .column),
          missing: try container.decode(Int.self, forKey: .missing))
      case .covariateIndicated:
        .covariateIndicated(
          column: try container.decode(String.self, forKey: .column),
          missing: try container.decode(Int.self, forKey: .missing))
      case .covariateDropped:
        .covariateDropped(column: try container.decode(String.self, forKey: .column))
      case .blocksNotInModel: .blocksNotInModel
      case .blocksLeftOut:
        .blocksLeftOut(
          blocks: try container.decode(Int.self, forKey: .blocks),
          units: try container.decode(Int.self, forKey: .units))
      case .tooFewGroups: .tooFewGroups(try container.decode(Int.self, forKey: .count))
      case .groupsLeftOut: .groupsLeftOut(try container.decode(Int.self, forKey: .count))
      case .look:
        .look(
          try container.decode(Int.self, forKey: .look),
          of: try container.decode(Int.self, forKey: .count),
          boundary: try container.decodeIfPresent(Double.self, forKey: .boundary),
          medianUnbiased: try container.decodeIfPresent(Double.self, forKey: .medianUnbiased))
      case .draws:
        .draws(
          try container.decode(Int.self, forKey: .count),
          exact: try container.decode(Bool.self, forKey: .exact))
      case .posterior:
        .posterior(
          better: try container.decode(Double.self, forKey: .better),
          armLoss: try container.decode(Double.self, forKey: .armLoss),
          controlLoss: try container.decode(Double.self, forKey: .controlLoss))
      case .prior:
        .prior(
          mean: try container.decode(Double.self, forKey: .value),
          spread: try container.decode(Double.self, forKey: .spread))
      case .price: .price(try container.decode(Double.self, forKey: .value))
      case .margin: .margin(try container.decode(Double.self, forKey: .value))
      case .withheld: .withheld
      }
  }

  /// Writes the flat form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .note)
    switch self {
    case .noUnits(let arm), .notBinary(let arm), .denominatorNotPositive(let arm):
      try container.encode(arm, forKey: .arm)
    case .bounds(let lower, let upper):
      try container.encode(lower, forKey: .lower)
      try container.encode(upper, forKey: .upper)
    case .firstStage(let takeup, let f):
      try container.encode(takeup, forKey: .value)
      try container.encode(f, forKey: .f)
    case .horizonBeyondFollowUp(let arm, let lastTime):
      try container.encode(arm, forKey: .arm)
      try container.encode(lastTime, forKey: .value)
    case .tooFewUnits(let arm, let count), .tooFewClusters(let arm, let count):
      try container.encode(arm, forKey: .arm)
      try container.encode(count, forKey: .count)
    case .controlMeanNotPositive(let value), .price(let value), .margin(let value):
      try container.encode(value, forKey: .value)
    case .tooFewGroups(let count), .groupsLeftOut(let count):
      try container.encode(count, forKey: .count)
    case .look(let look, let count, let boundary, let medianUnbiased):
      try container.encode(look, forKey: .look)
      try container.encode(count, forKey: .count)
      try container.encode(boundary, forKey: .boundary)
      try container.encode(medianUnbiased, forKey: .medianUnbiased)
    case .prior(let mean, let spread):
      try container.encode(mean, forKey: .value)
      try container.encode(spread, forKey: .spread)
    case .fewClusters(let df, let redrawn):
      try container.encode(df, forKey: .df)
      try container.encode(redrawn, forKey: .redrawn)
    case .draws(let count, let exact):
      try container.encode(count, forKey: .count)
      try container.encode(exact, forKey: .exact)
    case .posterior(let better, let armLoss, let controlLoss):
      try container.encode(better, forKey: .better)
      try container.encode(armLoss, forKey: .armLoss)
      try container.encode(controlLoss, forKey: .controlLoss)
    case .clustersIgnored(let column):
      try container.encode(column, forKey: .column)
    case .covariatesCapped(let used, let count):
      try container.encode(used, forKey: .used)
      try container.encode(count, forKey: .count)
    case .covariateFilled(let column, let missing), .covariateIndicated(let column, let missing):
      try container.encode(column, forKey: .column)
      try container.encode(missing, forKey: .missing)
    case .covariateDropped(let column):
      try container.encode(column, forKey: .column)
    case .blocksLeftOut(let blocks, let units):
      try container.encode(blocks, forKey: .blocks)
      try container.encode(units, forKey: .units)
    case .noVariation, .infiniteCoefficients, .noEvents, .drawUnknown, .noTakeup, .undefined,
      .numericalFailure,
      .infiniteEstimate, .noLowerBound, .noUpperBound, .outsideInterval, .everything,
      .blocksNotInModel, .intervalOnOtherScale, .withheld:
      break
    }
  }

  private var name: Name {
    switch self {
    case .noUnits: .noUnits
    case .tooFewUnits: .tooFewUnits
    case .noVariation: .noVariation
    case .notBinary: .notBinary
    case .controlMeanNotPositive: .controlMeanNotPositive
    case .denominatorNotPositive: .denominatorNotPositive
    case .horizonBeyondFollowUp: .horizonBeyondFollowUp
    case .infiniteCoefficients: .infiniteCoefficients
    case .noEvents: .noEvents
    case .drawUnknown: .drawUnknown
    case .bounds: .bounds
    case .noTakeup: .noTakeup
    case .firstStage: .firstStage
    case .tooFewClusters: .tooFewClusters
    case .fewClusters: .fewClusters
    case .intervalOnOtherScale: .intervalOnOtherScale
    case .undefined: .undefined
    case .numericalFailure: .numericalFailure
    case .infiniteEstimate: .infiniteEstimate
    case .noLowerBound: .noLowerBound
    case .noUpperBound: .noUpperBound
    case .outsideInterval: .outsideInterval
    case .everything: .everything
    case .clustersIgnored: .clustersIgnored
    case .covariatesCapped: .covariatesCapped
    case .covariateFilled: .covariateFilled
    case .covariateIndicated: .covariateIndicated
    case .covariateDropped: .covariateDropped
    case .blocksNotInModel: .blocksNotInModel
    case .blocksLeftOut: .blocksLeftOut
    case .tooFewGroups: .tooFewGroups
    case .groupsLeftOut: .groupsLeftOut
    case .look: .look
    case .draws: .draws
    case .posterior: .posterior
    case .prior: .prior
    case .price: .price
    case .margin: .margin
    case .withheld: .withheld
    }
  }
}
