import RandomAssignment
import Statistics

extension Trial {
  /// The column that names what is drawn: the unit's, or in a stepped wedge the cluster's; nil where rows are units.
  public var drawnColumn: String? {
    if assignment.method == .steppedWedge { return assignment.clusters }
    if case .column(let name) = unit { return name }
    return nil
  }

  /// The column in which ``asObserved`` finds the arms of a stepped wedge.
  public static let offerColumn = "wedge:arm"

  /// The arm of a row: the offer once the cluster's sequence has begun; nil where sequence or period is not known.
  ///
  /// - Parameters:
  ///   - sequence: as it was drawn, such as `sequence2`.
  ///   - period: as the data name it.
  /// - Returns: the identifier of the control, or of the offer.
  public func arm(ofSequence sequence: String, inPeriod period: String) -> String? {
    guard let wedge = assignment.wedge, let control = control?.arm.id,
      let offer = treatments.first?.arm.id,
      let order = design.arms.firstIndex(where: { $0.id == sequence }),
      let time = wedge.periods.firstIndex(of: period)
    else { return nil }
    return time > order ? offer : control
  }

  /// A stepped wedge as its rows are compared: control and offer, each cluster and each period against itself;
  /// any other trial as it is.
  public var asObserved: Trial {
    guard let wedge = assignment.wedge else { return self }
    var trial = self
    trial.assignment.column = Self.offerColumn
    let estimator = SelectedEstimator(TwoWay(period: wedge.column))
    trial.analysis.estimator = estimator
    for place in trial.outcomes.indices { trial.outcomes[place].estimator = nil }
    return trial
  }
}
