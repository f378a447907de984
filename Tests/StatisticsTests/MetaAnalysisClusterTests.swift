import Statistics
import Testing

struct MetaAnalysisClusterTests {
  @Test(arguments: ["bcg", "school"]) func clustersAsMetafor(name: String) throws {
    let reference = try MetaAnalysisReference()
    let data = try reference.data(name)
    let one = try ClusteredMetaAnalysis(of: data.effects, clusters: data.clusters, levels: .cluster)
    #expect(one.effectVariance == 0)
    // nlminb in R works on differences of the likelihood, good for about seven digits.
    #expect(
      isClose(one.pooled.estimate, try reference.number("cluster.mu", in: name), within: 1e-6))
    #expect(
      isClose(one.pooled.standardError, try reference.number("cluster.se", in: name), within: 1e-6))
    #expect(
      isClose(one.clusterVariance, try reference.number("cluster.s2", in: name), within: 1e-8))

    let two = try ClusteredMetaAnalysis(of: data.effects, clusters: data.clusters)
    #expect(isClose(two.pooled.estimate, try reference.number("nested.mu", in: name), within: 1e-6))
    #expect(
      isClose(two.pooled.standardError, try reference.number("nested.se", in: name), within: 1e-6))
    #expect(
      isClose(two.clusterVariance, try reference.number("nested.s2c", in: name), within: 1e-6))
    #expect(isClose(two.effectVariance, try reference.number("nested.s2e", in: name), within: 1e-6))
    let place = try bounds(of: two.predictionInterval(level: 0.95))
    #expect(isClose(place.lower, try reference.number("nested.lo", in: name), within: 1e-6))
    #expect(isClose(place.upper, try reference.number("nested.hi", in: name), within: 1e-6))
    #expect(throws: MetaAnalysisError.undefined) { try two.predictionInterval(level: 1) }
  }

  // Konstantopoulos (2011), doi:10.1002/jrsm.35, as in metafor's own tests.
  @Test func schoolsInDistricts() throws {
    let data = try MetaAnalysisReference().data("school")
    let schools = try ClusteredMetaAnalysis(of: data.effects, clusters: data.clusters)
    #expect(abs(schools.pooled.estimate - 0.1847) < 5e-5)
    #expect(abs(schools.pooled.standardError - 0.0846) < 5e-5)
    #expect(abs(schools.clusterVariance - 0.0651) < 5e-5)
    #expect(abs(schools.effectVariance - 0.0327) < 5e-5)
    #expect(schools.clusterCount == 11)
  }

  // Without effects of one's own a cluster of one is a study: the plain model.
  @Test func clustersOfOneAreThePlainModel() throws {
    let effects = try MetaAnalysisReference().data("bcg").effects
    let plain = try MetaAnalysis(of: effects)
    let clustered = try ClusteredMetaAnalysis(
      of: effects, clusters: Array(effects.indices), levels: .cluster)
    #expect(isClose(clustered.clusterVariance, plain.tauSquared, within: 1e-9))
    #expect(isClose(clustered.pooled.estimate, plain.pooled.estimate, within: 1e-9))
    #expect(isClose(clustered.pooled.standardError, plain.pooled.standardError, within: 1e-9))
  }

  @Test func equalEffectsHaveNoVarianceAtAnyLevel() throws {
    let effects = [0.1, 0.2, 0.4, 0.1].map { StudyEffect(value: 0.25, variance: $0) }
    let clustered = try ClusteredMetaAnalysis(of: effects, clusters: ["a", "a", "b", "b"])
    #expect(clustered.clusterVariance == 0 && clustered.effectVariance == 0)
    #expect(isClose(clustered.pooled.estimate, 0.25, within: 1e-14))
    // 1/(10 + 5 + 2.5 + 10)
    #expect(isClose(clustered.pooled.standardError, (1 / 27.5).squareRoot(), within: 1e-14))
  }

  @Test func whatCannotBeToldApartIsSaid() throws {
    let effects = [0.1, 0.3, 0.2].map { StudyEffect(value: $0, variance: 0.04) }
    #expect(throws: MetaAnalysisError.notIdentified) {
      try ClusteredMetaAnalysis(of: effects, clusters: [1, 1, 1])
    }
    #expect(throws: MetaAnalysisError.notIdentified) {
      try ClusteredMetaAnalysis(of: effects, clusters: [1, 2, 3])
    }
    #expect(throws: MetaAnalysisError.malformed) {
      try ClusteredMetaAnalysis(of: effects, clusters: [1, 2])
    }
    #expect(throws: MetaAnalysisError.tooFewStudies(count: 1, needed: 2)) {
      try ClusteredMetaAnalysis(of: Array(effects.prefix(1)), clusters: [1])
    }
  }
}
