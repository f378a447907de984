import DataSources
import RandomAssignment
import Statistics
import Trials
import Vocabulary

// Outcome × cohort × arm × measure: the rows of the result table.

extension TrialAnalysis {
  /// Every effect of every arm on every outcome, for everyone and for each cohort; on all cores.
  func effects(in observations: Observations) -> [ResultRow] {
    let cohorts: [String?] = [nil] + trial.cohorts.map(\.id)
    let found = inParallel(count: trial.outcomes.count * cohorts.count) { place -> [ResultRow] in
      let outcome = trial.outcomes[place / cohorts.count]
      let cohort = cohorts[place % cohorts.count]
      return effects(on: outcome, cohort: cohort, in: observations)
        + complierEffects(on: outcome, cohort: cohort, in: observations)
    }
    var rows: [ResultRow] = []
    for (place, outcome) in trial.outcomes.enumerated() {
      rows += found[place * cohorts.count..<(place + 1) * cohorts.count].joined()
      rows += bounds(on: outcome, in: observations)
    }
    return rows
  }

  /// The arms' means of one outcome in one cohort, by one of its estimators; by the planned one
  /// where none is named.
  func marginalMeans(
    of outcome: Outcome, cohort: String?, by estimator: (any Estimator)? = nil,
    in observations: Observations
  ) -> Result<MarginalMeans, EstimationError> {
    let showing = observations.showings[.init(outcome: outcome.id, cohort: cohort)]
    let estimator = estimator ?? trial.estimator(for: outcome).estimator
    return (showing ?? Observations.Showing()).means(
      of: outcome.response, arms: trial.variants.map(\.arm.id), by: estimator)
  }

  private func effects(
    on outcome: Outcome, cohort: String?, in observations: Observations
  ) -> [ResultRow] {
    guard let control = trial.control?.arm.id else { return [] }
    return estimators(for: outcome).flatMap { estimator -> [ResultRow] in
      let type = type(of: estimator)
      guard let quantity = type.quantities[outcome.response.kind] else { return [] }
      let means = marginalMeans(of: outcome, cohort: cohort, by: estimator, in: observations)
      return trial.treatments.flatMap { treatment in
        let contrast = Contrast(treatment.arm.id, versus: control)
        let measures = Catalogue.effectMeasures(for: quantity)
        let clusters = measures.first.flatMap { scale in
          fewClusters(
            scale, contrast, on: outcome, cohort: cohort, by: estimator, from: means,
            in: observations)
        }
        return measures.map { measure in
          row(
            of: measure, contrast, on: outcome, cohort: cohort, by: type.name, from: means,
            fewClusters: clusters)
        }
      }
    }
  }

  func row(
    of measure: any EffectMeasure, _ contrast: Contrast, on outcome: Outcome, cohort: String?,
    by estimator: String, from means: Result<MarginalMeans, EstimationError>,
    fewClusters: FewClusters? = nil
  ) -> ResultRow {
    var row = ResultRow(
      outcome: outcome.id, role: outcome.role.rawValue, arm: contrast.arm,
      control: contrast.control, cohort: cohort ?? "all", estimand: "ITT",
      measure: type(of: measure).name, estimator: estimator,
      confLevel: trial.analysis.level, notes: caveats)
    do throws(EstimationError) {
      let means = try means.get()
      row.addCounts(of: contrast, from: means)
      row.notes += means.remarks.map(Note.init)
      var estimate = try measure.estimate(contrast, from: means)
      if let fewClusters {
        row.notes.append(fewClusters.note)
        if let redrawn = fewClusters.redrawn {
          row.notes += redrawn.evidence.draws.map { [.draws($0.count, exact: $0.isExact)] } ?? []
          guard fewClusters.scale == type(of: measure).name else {
            // The draws compare on one scale; no effect on it is no effect on any.
            row.add(estimate)
            (row.statistic, row.df) = (redrawn.statistic.finite, nil)
            row.pValue = try redrawn.evidence.pValue(of: redrawn.evidence.noEffect)
            row.notes.append(.intervalOnOtherScale)
            return row
          }
          estimate.take(redrawn)
        }
      }
      row.add(estimate)
      let inference = inference(for: outcome, cohort: cohort)
      row.pValue = try inference.pValue(of: estimate)
      row.add(try inference.interval(of: estimate, level: trial.analysis.level))
      if let sequential = inference as? GroupSequential {
        row.notes.append(Note(sequential, medianUnbiased: try sequential.medianUnbiased(estimate)))
      }
    } catch {
      row.notes.insert(Note(error), at: 0)
    }
    return row
  }

  /// What holds for every row: clusters that a table of counts cannot show.
  var caveats: [Note] {
    let hidden = trial.assignment.clusters != nil && !trial.drawnGroups.hasClusters
    return hidden ? [.clustersIgnored(column: trial.assignment.clusters)] : []
  }
}

extension ResultRow {
  mutating func addCounts(of contrast: Contrast, from means: MarginalMeans) {
    let arm = means.arms.first { $0.arm == contrast.arm }
    let control = means.arms.first { $0.arm == contrast.control }
    nArm = arm?.count
    nControl = control?.count
    eventsArm = arm?.events
    eventsControl = control?.events
  }

  mutating func add(_ found: Estimate) {
    estimate = found.value.finite
    stdError = found.standardError.finite
    statistic = found.statistic.finite
    df = found.degreesOfFreedom.finite
    seType = found.standardErrorType.rawValue
    if estimate == nil { notes.insert(found.value == nil ? .undefined : .infiniteEstimate, at: 0) }
  }

  mutating func add(_ interval: Interval) {
    switch interval {
    case .between(let lower, let upper):
      confLow = lower.isFinite ? lower : nil
      confHigh = upper.isFinite ? upper : nil
      if confLow == nil { notes.append(.noLowerBound) }
      if confHigh == nil { notes.append(.noUpperBound) }
    case .outside(let below, let above):
      confLow = below.isFinite ? below : nil
      confHigh = above.isFinite ? above : nil
      notes.append(.outsideInterval)
    case .everything:
      notes.append(.everything)
    }
  }
}

extension Optional<Double> {
  /// The number, unless it is infinite or NaN: those never reach a result.
  var finite: Double? { flatMap { $0.isFinite ? $0 : nil } }
}

extension Note {
  /// What an estimator did on the way.
  init(_ remark: MarginalMeans.Remark) {
    self =
      switch remark {
      case .covariatesCapped(let used, let count): .covariatesCapped(used: used, of: count)
      case .covariateFilled(let column, let missing):
        .covariateFilled(column: column, missing: missing)
      case .covariateIndicated(let column, let missing):
        .covariateIndicated(column: column, missing: missing)
      case .covariateDropped(let column): .covariateDropped(column: column)
      case .blocksNotInModel: .blocksNotInModel
      case .blocksLeftOut(let blocks, let units): .blocksLeftOut(blocks: blocks, units: units)
      }
  }

  /// Why a number does not exist.
  init(_ error: EstimationError) {
    self =
      switch error {
      case .noUnits(let arm): .noUnits(arm: arm)
      case .tooFewUnits(let arm, let count): .tooFewUnits(arm: arm, count: count)
      case .noVariation: .noVariation
      case .notBinary(let arm): .notBinary(arm: arm)
      case .controlMeanNotPositive(let mean): .controlMeanNotPositive(mean)
      case .denominatorNotPositive(let arm): .denominatorNotPositive(arm: arm)
      case .horizonBeyondFollowUp(let arm, let lastTime):
        .horizonBeyondFollowUp(arm: arm, lastTime: lastTime)
      case .infiniteCoefficients: .infiniteCoefficients
      case .noEvents: .noEvents
      case .noTakeup: .noTakeup
      case .tooFewClusters(let arm, let count): .tooFewClusters(arm: arm, count: count)
      case .drawUnknown: .drawUnknown
      case .undefined, .wrongKindOfOutcome: .undefined
      case .numericalFailure: .numericalFailure
      }
  }
}

extension Note {
  /// At which look the number was read.
  fileprivate init(_ sequential: GroupSequential, medianUnbiased: Double?) {
    let critical = sequential.boundary.upper[sequential.look]
    self = .look(
      sequential.look + 1, of: sequential.boundary.upper.count,
      boundary: critical.isFinite ? critical : nil,
      medianUnbiased: medianUnbiased.finite)
  }

  /// The first-stage F below which an effect on compliers is known by its interval alone.
  public static let weakFirstStage = ComplierEffect.weakInstrument
}
