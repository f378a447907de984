extension MetaAnalysis {
  /// The pooling repeated without each study in turn, in the order of the studies.
  ///
  /// Shows whether one study carries the result. k fits of k − 1 studies: for many thousands of
  /// studies it takes long and shows little. R: `metafor::leave1out`.
  ///
  /// - Throws: ``MetaAnalysisError/tooFewStudies(count:needed:)`` when one study fewer leaves too few.
  public func leavingOneOut() throws(MetaAnalysisError) -> [MetaAnalysis] {
    let needed = model.method == .equalEffects && model.inference == .wald ? 2 : 3
    guard effects.count >= needed else {
      throw .tooFewStudies(count: effects.count, needed: needed)
    }
    var results: [MetaAnalysis] = []
    for study in effects.indices {
      var others = effects
      others.remove(at: study)
      results.append(
        try MetaAnalysis(of: others, method: model.method, inference: model.inference))
    }
    return results
  }
}
