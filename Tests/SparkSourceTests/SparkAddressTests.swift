import Testing
import Vocabulary

@testable import SparkSource

struct SparkAddressTests {
  @Test(arguments: [
    ("sc://host:15002", "host", 15002, "sc://host:15002"),
    ("sc://host", "host", 15002, "sc://host:15002"),
    ("sc://host/", "host", 15002, "sc://host:15002"),
    ("sc://[::1]:443/;use_ssl=true", "::1", 443, "sc://[::1]:443"),
    ("sc://10.0.0.1:1/;user_id=a%3Bb", "10.0.0.1", 1, "sc://10.0.0.1:1"),
  ])
  func addressesAreRead(_ text: String, host: String, port: Int, shown: String) throws {
    let address = try SparkAddress(text)
    #expect(address.host == host && address.port == port && address.shown == shown)
  }

  @Test func parametersAreDecoded() throws {
    let address = try SparkAddress("sc://h:1/;use_ssl=true;token=a%3D%E9%81%93=b;user_id=")
    #expect(address.parameters == ["use_ssl": "true", "token": "a=道=b", "user_id": ""])
  }

  @Test(arguments: [
    ("spark://h", SparkProblem.AddressPart.scheme), ("sc:/h", .scheme), ("sc://", .host),
    ("sc://:15002", .host), ("sc://me:secret@h", .host), ("sc://[::1", .host),
    ("sc://[::1]x", .host), ("sc://ho st", .host), ("sc://h:", .port), ("sc://h:0", .port),
    ("sc://h:65536", .port), ("sc://h:+1", .port), ("sc://h:１", .port), ("sc://h/path", .path),
    ("sc://h;use_ssl=true", .path), ("sc://h/;secret", .parameter), ("sc://h/;=x", .parameter),
    ("sc://h/;a=%4", .parameter), ("sc://h/;a=%GG", .parameter), ("sc://h/;a=%FF", .parameter),
    ("sc://h/;a=1;a=2", .parameter),
  ])
  func otherTextsAreNone(_ text: String, part: SparkProblem.AddressPart) {
    #expect(throws: SparkProblem.malformedAddress(part)) { try SparkAddress(text) }
  }
}

struct SparkCredentialsTests {
  private func credentials(
    _ text: String, _ environment: [String: String] = [:]
  ) throws(SparkProblem) -> SparkCredentials {
    try SparkCredentials(trialFile: text, environment: environment)
  }

  @Test func aTrialFileHoldsNoSecret() throws {
    #expect(throws: SparkProblem.secretInTrialFile(parameter: "token")) {
      try credentials("sc://h/;use_ssl=true;token=dapi123")
    }
    #expect(throws: SparkProblem.secretInTrialFile(parameter: "x-key")) {
      try credentials("sc://h/;x-key=dapi123")
    }
    let problem = SparkProblem.secretInTrialFile(parameter: "token")
    for text in [problem.message.ja, problem.message.en] {
      #expect(text.contains("SPARK_CONNECT_TOKEN") && !text.contains("dapi123"))
    }
  }

  @Test func theTokenComesFromTheEnvironment() throws {
    let found = try credentials("sc://h/;use_ssl=true", ["SPARK_CONNECT_TOKEN": "t"])
    #expect(found.token == "t" && found.usesTLS && found.address.parameters.isEmpty)
    #expect(try credentials("sc://h", ["SPARK_CONNECT_TOKEN": ""]).token == nil)
  }

  @Test func theWholeAddressMayComeFromTheEnvironment() throws {
    let remote = ["SPARK_REMOTE": "sc://h:443/;use_ssl=true;token=t;x-cluster-id=c;user_id=u"]
    for text in ["sc://", "sc://h:443"] {
      let found = try credentials(text, remote)
      #expect(found.token == "t" && found.usesTLS && found.user == "u")
      #expect(found.headers == ["x-cluster-id": "c"] && found.address.shown == "sc://h:443")
    }
    #expect(throws: SparkProblem.noAddress) { try credentials("sc://") }
  }

  @Test func aSecretGoesToNoOtherServer() throws {
    let remote = ["SPARK_REMOTE": "sc://h:443/;use_ssl=true;token=t"]
    #expect(try credentials("sc://other:443/;use_ssl=true", remote).token == nil)
    #expect(try credentials("sc://h:15002/;use_ssl=true", remote).token == nil)
    #expect(try credentials("sc://h:15002", ["SPARK_REMOTE": "local[2]"]).token == nil)
  }

  @Test func nothingOfSparkRemoteIsRepeated() {
    for text in ["sc://h/;token", "sc://user:pw@h", "h;token=t"] {
      #expect(throws: SparkProblem.malformedRemote) {
        try credentials("sc://", ["SPARK_REMOTE": text])
      }
    }
  }

  @Test func aTokenNeverTravelsInTheClear() throws {
    #expect(throws: SparkProblem.tokenInTheClear) {
      try credentials("sc://h", ["SPARK_CONNECT_TOKEN": "t"])
    }
    #expect(try credentials("sc://127.0.0.1", ["SPARK_CONNECT_TOKEN": "t"]).token == "t")
    #expect(throws: SparkProblem.malformedCredential) {
      try credentials("sc://localhost", ["SPARK_CONNECT_TOKEN": "t\nx: y"])
    }
  }

  @Test func whatTheServerRepeatsIsRedacted() throws {
    let found = try credentials("sc://localhost", ["SPARK_CONNECT_TOKEN": "dapi123"])
    #expect(found.redacted("bad token dapi123") == "bad token …")
  }
}
