import Foundation
import Statistics
import TestSupport
import Testing

struct CatalogueTests {
  /// The types that the files of a folder are named for.
  private func files(in folder: String) throws -> Set<String> {
    let url = SharedFolder.repository.appending(path: "Sources/Statistics/\(folder)")
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    return Set(names.map { $0.replacingOccurrences(of: ".swift", with: "") })
  }

  @Test("no estimator is forgotten")
  func estimators() throws {
    let listed = Set(Catalogue.estimators.map { String(describing: type(of: $0)) })
    #expect(try files(in: "Estimators") == listed)
  }

  @Test("no effect measure is forgotten")
  func effectMeasures() throws {
    let listed = Set(Catalogue.effectMeasures.map { String(describing: type(of: $0)) })
    #expect(try files(in: "EffectMeasures") == listed)
  }

  @Test("names are unique, and the first measure of each kind is a difference")
  func names() {
    let names = Catalogue.effectMeasures.map { type(of: $0).name }
    #expect(Set(names).count == names.count)
    #expect(Catalogue.effectMeasures(for: .rate).first is RiskDifference)
    #expect(Catalogue.effectMeasures(for: .mean).first is MeanDifference)
    #expect(Catalogue.estimator(named: "difference_in_means") is DifferenceInMeans)
    #expect(Catalogue.estimator(named: "lim") == nil)
  }
}
