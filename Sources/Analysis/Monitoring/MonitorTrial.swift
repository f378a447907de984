import DataSources
import Enrolment
import Ledger
import RandomAssignment
import Statistics
public import Trials
import Vocabulary

extension Monitoring {
  /// Looks at a running trial; blindly unless a look is asked for.
  ///
  /// - Parameters:
  ///   - file: the trial.
  ///   - look: a planned look, from 1, to be taken now.
  ///   - reason: why a look is taken that the plan does not allow yet.
  ///   - person: who looks.
  ///   - engineVersion: the version of the program.
  /// - Returns: what was seen. A look is in the ledger before it is returned.
  /// - Throws: every fault of the data; a fault where the plan does not allow the look and no reason is given, or where
  ///   the trial was never locked.
  public static func watching(
    _ file: TrialFile, look: Int? = nil, reason: String? = nil, by person: String? = nil,
    engineVersion: String
  ) throws -> Monitoring {
    let record = try TrialRecord.load(for: file, engineVersion: engineVersion)
    let (drawnSource, drawnTrial) = try TrialResult.source(of: file, file.trial, record: record)
    let drawn = try record.flatMap {
      try DrawnListCheck(of: drawnTrial, in: drawnSource, record: $0)
    }
    let (trial, source) = drawnTrial.observed(in: drawnSource)
    let tally: Check.DrawnTally? =
      if case .drawnList(let tally)? = drawn?.check.kind { tally } else { nil }
    var monitoring = try MonitoredRows(of: trial, in: source)
      .counts(record: record, drawn: tally)
    monitoring.looks = try schedule(of: trial, monitoring.information, record: record)
    guard let look else { return monitoring }

    guard record != nil else {
      throw AnalysisFault.lookWithoutLock.fault(at: SourceLocation(file: file.path))
    }
    let place = file.location(of: "analysis.looks")
    guard let schedule = monitoring.looks, schedule.fractions.indices.contains(look - 1) else {
      throw AnalysisFault.noSuchLook(look, count: monitoring.looks?.fractions.count ?? 0)
        .fault(at: place)
    }
    if look > schedule.allowed, reason == nil {
      throw AnalysisFault.lookTooEarly(
        look, needed: schedule.fractions[look - 1],
        now: monitoring.information?.fraction
      ).fault(at: place)
    }
    let analysis = TrialAnalysis(
      of: trial, look: look, drawn: drawn == nil ? [] : record?.units ?? [])
    let observations = try analysis.observations(from: source, definedIn: file)
    let description = try source.description()
    let taken = Look(number: look, comparisons: analysis.comparisons(in: observations))
    let access = AccessParticulars(
      look: look, data: FileRecord(name: description.name, sha256: description.sha256),
      isRehearsal: trial.data.simulated, note: reason, by: person)
    try TrialRecord.note(.look, access, for: file, engineVersion: engineVersion)
    monitoring.look = taken
    return monitoring
  }

  private static func schedule(
    of trial: Trial, _ information: Information?, record: TrialRecord?
  ) throws -> LookSchedule? {
    guard let plan = trial.analysis.looks else { return nil }
    let significance = 1 - trial.analysis.level
    let boundary = try SequentialBoundary.lanDeMets(
      informationFractions: plan.fractions, significance: significance, sides: .two,
      spending: plan.function)
    let now = information?.fraction ?? 0
    let taken = (record?.events ?? []).compactMap { event in
      event.kind == .look ? event.particulars(as: AccessParticulars.self)?.look : nil
    }
    return LookSchedule(
      fractions: plan.fractions, critical: boundary.upper.map { $0.isFinite ? $0 : nil },
      // A trial that lost a few outcomes must still be able to end.
      allowed: plan.fractions.prefix { $0 <= now + 0.005 }.count,
      taken: Array(Set(taken)).sorted(),
      prices: try prices(plan.fractions, significance: significance))
  }

  private static func prices(
    _ fractions: [Double], significance: Double
  ) throws -> [Price] {
    let methods: [(String, SpendingFunction)] = [
      ("obrien-fleming", .obrienFleming), ("pocock", .pocock),
    ]
    let fixed = try PriceOfLooking(
      of: SequentialBoundary.lanDeMets(
        informationFractions: [1], significance: significance, sides: .two,
        spending: .obrienFleming), significance: significance)
    let ofBoundaries = try methods.map { name, spending in
      let price = try PriceOfLooking(
        of: SequentialBoundary.lanDeMets(
          informationFractions: fractions, significance: significance, sides: .two,
          spending: spending), significance: significance)
      return Price(
        method: name, finalCritical: price.finalCritical, inflation: price.inflation)
    }
    let sequence = try PriceOfLooking(ofSequenceAt: significance)
    return [Price(method: "fixed", finalCritical: fixed.finalCritical, inflation: 1)]
      + ofBoundaries
      + [
        Price(
          method: "confidence_sequence", finalCritical: sequence.finalCritical,
          inflation: sequence.inflation)
      ]
  }
}

extension TrialAnalysis {
  /// The primary comparisons at a look, on the scale of the boundary.
  func comparisons(in observations: Observations) -> [Monitoring.Look.Comparison] {
    guard let sequential, let control = trial.control?.arm.id else { return [] }
    return trial.outcomes.filter { $0.role == .primary }.flatMap { outcome in
      trial.treatments.compactMap { treatment -> Monitoring.Look.Comparison? in
        guard
          let means = try? marginalMeans(of: outcome, cohort: nil, in: observations).get(),
          let measure = Catalogue.effectMeasures(for: means.quantity).first,
          let estimate = try? measure.estimate(
            Contrast(treatment.arm.id, versus: control), from: means),
          let z = try? sequential.deviate(of: estimate)
        else { return nil }
        return Monitoring.Look.Comparison(
          outcome: outcome.id, arm: treatment.arm.id, z: z,
          stops: abs(z) > sequential.boundary.upper[sequential.look])
      }
    }
  }
}
