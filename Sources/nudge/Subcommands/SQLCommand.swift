import Analysis
public import ArgumentParser
public import DataSources
import Statistics
import Trials
import Vocabulary

extension SQLDialect: ExpressibleByArgument {}

struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "データのある所で合計する問合せを作る / The query that adds rows up where they are.",
    discussion: """
      結果をCSVに保存し、nudge analyze --moments に渡します。行そのものは動きません。 \
      / Save its answer as CSV for nudge analyze --moments: no row leaves the database.
      共変量で調整する成果指標があるときは、その結果を --moments に渡すと二度目の問合せを作ります。 \
      / With covariates, --moments FILE (the first answer) prints the second query.
      """)

  @Argument(help: "trial.yml かそのフォルダ / the trial file or its folder")
  var trial: String

  @Option(help: "postgres | spark | duckdb | bigquery | snowflake | sqlite")
  var dialect: SQLDialect

  @Option(help: "表かビュー（既定は data.table）/ the table or view; data.table by default")
  var table: String?

  @Option(
    name: .customLong("boolean"),
    help: "真偽型の列（繰り返せます） / a column of type boolean; may be repeated")
  var booleans: [String] = []

  @Option(help: "一度目の問合せの結果（CSV） / the answer to the first query")
  var moments: String?

  @OptionGroup var words: LanguageOption

  func run() throws {
    let sql = try words.wordingFaults {
      let file = try TrialFile.load(contentsOf: trial)
      let relation = SQLRelation(
        try tableName(file), dialect: dialect, booleans: Set(booleans),
        missing: file.trial.data.missing)
      return try query(of: file, from: relation)
    }
    guard let sql else {
      StandardError.write(
        words.language == .japanese
          ? "二度目の問合せは必要ありません。nudge analyze --moments で分析できます。"
          : "No second query is needed: nudge analyze --moments has all it needs.")
      return
    }
    try StandardOutput.write(sql + ";\n")
    StandardError.write(SavingWords.words(dialect, isSecond: moments != nil)[words.language])
  }

  private func tableName(_ file: TrialFile) throws -> TableName {
    guard let written = table ?? file.trial.data.table else {
      throw Fault(
        at: file.location(of: "data"),
        BilingualText(
          ja: "表の名前が分かりません。--table で指定してください",
          en: "there is no name of a table; give it with --table"))
    }
    guard let name = TableName(written) else {
      throw Fault(
        at: SourceLocation(file: "--table"),
        BilingualText(
          ja: "「\(written)」は表の名前として読めません", en: "'\(written)' is no name of a table"))
    }
    return name
  }

  /// What the trial's own analysis asks first and has no answer to; nil where it asks nothing.
  private func query(of file: TrialFile, from relation: SQLRelation) throws -> String? {
    let saved = moments.map { SavedAnswer(moments: $0, columns: file.columns) }
    let recorder = QuestionRecorder(columns: file.columns, saved: saved)
    do {
      guard file.trial.assignment.crossed.isEmpty else { throw Self.needsRows(file) }
      _ = try TrialResult.analyzing(file, from: recorder, engineVersion: Nudge.version)
    } catch let error where recorder.question == nil {
      throw error
    } catch {
      // Reading ended where an answer was wanted.
    }
    switch recorder.question {
    case nil: return nil
    case .tally(let request)?: return TallyQuery(request, from: relation).sql
    case .leverages(let request)?:
      guard let query = LeverageQuery(request, from: relation) else { throw Self.needsRows(file) }
      return query.sql
    case .rows?: throw Self.needsRows(file)
    }
  }

  private static func needsRows(_ file: TrialFile) -> Fault {
    Fault(
      at: file.location(of: "analysis"),
      BilingualText(
        ja: "この試験の分析には一人一人の行が必要です（層の中や調整を伴う集団ごとの割付け、割付けのやり直し、生存時間、分位点、受講の影響、"
          + "層の中での調整、秘匿、要因試験、割付け台帳など）。合計する問合せは作れません",
        en:
          "this trial's analysis looks at units (clusters within blocks or adjusted, re-drawn arms, times, quantiles, take-up, "
          + "disclosure, adjustment within blocks, factors, a drawn list), so no query of sums serves it"
      ))
  }
}

/// How the answer to a query becomes a CSV file.
enum SavingWords {
  static func words(_ dialect: SQLDialect, isSecond: Bool) -> BilingualText {
    let file = isSecond ? "leverages.csv" : "moments.csv"
    let options = isSecond ? "--moments moments.csv --leverages \(file)" : "--moments \(file)"
    return BilingualText(
      ja: "結果を見出し付きのCSVに保存し（例 \(command(dialect, file))）、nudge analyze TRIAL \(options) に渡してください。",
      en: "Save the answer as CSV with a header (such as: \(command(dialect, file))), "
        + "then: nudge analyze TRIAL \(options)")
  }

  private static func command(_ dialect: SQLDialect, _ file: String) -> String {
    switch dialect {
    case .postgres: "psql -X --csv -f query.sql > \(file)"
    case .sqlite: "sqlite3 -csv -header study.db < query.sql > \(file)"
    case .duckdb: "duckdb -csv study.duckdb < query.sql > \(file)"
    case .spark: "spark.sql(query).toPandas().to_csv('\(file)', index=False)"
    case .bigquery:
      "bq query --use_legacy_sql=false --format=csv --max_rows=1000000 < query.sql > \(file)"
    case .snowflake:
      "snowsql -o output_format=csv -o header=true -o timing=false -o friendly=false "
        + "-f query.sql > \(file)"
    }
  }
}
