import Testing
import Vocabulary

@testable import Trials

/// A trial file names Spark's server and holds no secret.
@Suite struct SparkPlaceTests {
  private func trial(at address: String) -> String {
    changed("file: data.csv, shape: units, encoding: auto", "file: '\(address)', table: a.b")
  }

  @Test(arguments: ["sc://h", "sc://", "sc://h:1/;use_ssl=true", "sc://h/;user_id=a%20b"])
  func addressesWithoutSecretsAreTaken(_ address: String) {
    #expect(AddressProblem(spark: address) == nil)
    #expect(DataPlace(address) == .database(.spark, address: address))
    #expect(faultLines(trial(at: address)) == [])
  }

  @Test(arguments: [
    "sc://h/;use_ssl=true;token=dapi4711", "sc://h/;%74oken=dapi4711", "sc://h;token=dapi4711",
    "sc://h/;x-key=dapi4711", "sc://h/;dapi4711", "sc://h/;dapi=4711=dapi4711",
    "sc://dapi4711@h", "sc:/h/;dapi4711", "SC://h/;token=dapi4711",
  ])
  func secretsAreFaultsThatDoNotRepeatThem(_ address: String) throws {
    let yaml = trial(at: address)
    for language in Language.allCases {
      let lines = faultLines(yaml, language)
      #expect(lines.count == 1)
      #expect(!lines.joined().contains("4711"))
    }
  }
}
