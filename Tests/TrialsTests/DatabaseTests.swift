import Testing
import Vocabulary

@testable import Trials

/// A trial whose data are a table of a database.
@Suite struct DatabaseTests {
  private func data(_ written: String) -> String {
    changed(
      "data: {file: data.csv, shape: units, encoding: auto, missing: [\"\", \"-\", 99]}",
      "data: {\(written)}")
  }

  @Test(arguments: [
    ("file: 'sqlite:study.db', table: participants", "sqlite:study.db"),
    ("file: 'postgres://host/db', table: trials.participants", "postgres://host/db"),
    (
      "file: 'postgresql://anna@host:5433/db?sslmode=verify-full', table: '\"a.b\"'",
      "postgresql://anna@host:5433/db?sslmode=verify-full"
    ),
    ("file: 'postgres://?service=trials', table: 参加者", "postgres://?service=trials"),
  ])
  func isRead(written: String, file: String) throws {
    let trial = try Trial.decode(yaml: data(written), file: "trial.yml")
    #expect(trial.data.file == file)
    #expect(trial.data.isDatabase && trial.data.table != nil)
  }

  @Test("what is shown of an address is neither place nor person")
  func shownNames() throws {
    func shown(_ written: String) throws -> String {
      try TrialFile.decode(yaml: data(written), file: "a/trial.yml").dataPath
    }
    #expect(try shown("file: 'postgres://anna@host/db', table: t") == "postgres#t")
    #expect(try shown("file: 'sqlite:b/c.db', table: t") == "a/b/c.db")
    #expect(try shown("file: 'sqlite:/b/c.db', table: t") == "/b/c.db")
    #expect(try shown("file: b.csv") == "a/b.csv")
  }

  @Test(
    "a password is refused and not repeated",
    arguments: [
      "postgres://anna:geheim@host/db", "postgresql://anna:geheim@host:5432/db",
      "postgres://anna:@host/db", "postgres://anna:ge/he:im@host/db",
      "postgres://host/db?password=geheim", "postgres://host/db?user=anna&%70assword=geheim",
      "POSTGRES://anna:geheim@host/db", "postgres://host/db?sslpassword=geheim",
    ])
  func passwords(address: String) {
    for language in Language.allCases {
      let lines = faultLines(data("file: '\(address)', table: t"), language)
      #expect(lines.count == 1)
      #expect(lines.allSatisfy { $0.hasPrefix("trial.yml:32:14: ") && $0.contains("PGPASSFILE") })
      #expect(lines.allSatisfy { !$0.contains("geheim") && !$0.contains("anna") })
    }
  }

  @Test(
    "no password",
    arguments: [
      "postgres://host:5432/db", "postgres:///db?options=a:b@c", "postgres://an%3Ana@host/db",
    ])
  func noPasswords(address: String) {
    #expect(faultLines(data("file: '\(address)', table: t")).isEmpty)
  }

  @Test(arguments: [
    ("file: 'sqlite:a.db'", "32:14: A database needs 'table'"),
    ("file: 'sqlite:', table: t", "32:14: Write the place of a database"),
    ("file: 'postgres:host', table: t", "32:14: Write the place of a database"),
    ("file: a.csv, table: t", "32:28: 'table' names a table of a database"),
    ("file: 'sqlite:a.db', table: 'a.'", "32:36: 'a.' is no name of a table"),
    ("file: 'sqlite:a.db', table: t, encoding: cp932", "32:49: 'encoding' is of files"),
    ("file: 'sqlite:a.db', tabel: t", "32:29: "),
  ])
  func faults(written: String, line: String) {
    let lines = faultLines(data(written))
    #expect(lines.contains { $0.hasPrefix("trial.yml:\(line)") }, "\(lines)")
    #expect(faultLines(data(written), .japanese).count == lines.count)
  }

  @Test("where the data are is no part of the protocol")
  func lock() throws {
    let file = CanonicalTrial(try Trial.decode(yaml: data("file: data.csv"), file: "trial.yml"))
    let table = CanonicalTrial(
      try Trial.decode(yaml: data("file: 'sqlite:a.db', table: t"), file: "trial.yml"))
    #expect(file == table)
    #expect(!file.text.contains("table"))
  }
}
