#if Postgres
  import CPQ
  import DataSources
  import Vocabulary

  /// What can go wrong with a server, in words that hold no address and no password.
  enum PostgresWords {
    static let noMemory = BilingualText(
      ja: "メモリーが足りません。", en: "there is not enough memory")

    static let zeroByte = BilingualText(
      ja: "名前に値が 0 の文字があります。", en: "a name holds a zero character")

    static func notConnected(_ needsPassword: Bool, _ connection: OpaquePointer) -> BilingualText {
      if needsPassword {
        return BilingualText(
          ja: "サーバーがパスワードを求めています。環境変数 PGPASSWORD、パスワードファイル（~/.pgpass、PGPASSFILE）、"
            + "接続サービス（PGSERVICE）のいずれかに置いてください。",
          en:
            "the server wants a password: keep it in PGPASSWORD, in a password file (~/.pgpass, PGPASSFILE) "
            + "or in a service file (PGSERVICE)")
      }
      let said = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
      let reason = reasons.first { said.contains($0.sign) }?.words ?? unknownReason
      return BilingualText(
        ja: "サーバーに接続できません。\(reason.ja)", en: "no connection to the server: \(reason.en)")
    }

    private static let unknownReason = BilingualText(
      ja: "場所、利用者名、証明書を、psql で同じように接続して確かめてください。",
      en: "try the same place, user and certificates with psql")

    /// Signs in what libpq says in English, by which the usual reasons are told without repeating it.
    private static let reasons: [(sign: String, words: BilingualText)] = [
      (
        "certificate",
        BilingualText(
          ja: "証明書（sslmode、sslrootcert）を確かめてください。",
          en: "look at the certificates (sslmode, sslrootcert)")
      ),
      (
        "SSL",
        BilingualText(
          ja: "暗号化の設定（sslmode）を確かめてください。", en: "look at the encryption (sslmode)")
      ),
      (
        "password authentication failed",
        BilingualText(
          ja: "利用者名かパスワードが違います。", en: "user or password is wrong")
      ),
      (
        "could not translate host name",
        BilingualText(
          ja: "ホスト名が見つかりません。", en: "the host's name is not known")
      ),
      (
        "Connection refused",
        BilingualText(
          ja: "サーバーが動いていないか、ポートが違います。", en: "no server listens at that port")
      ),
      (
        "No such file or directory",
        BilingualText(
          ja: "このコンピューターではサーバーが動いていません。", en: "no server runs on this computer")
      ),
      (
        "does not exist",
        BilingualText(
          ja: "データベースか利用者がありません。", en: "there is no such database or user")
      ),
      (
        "no pg_hba.conf entry",
        BilingualText(
          ja: "サーバーがこの利用者か場所からの接続を許していません。",
          en: "the server does not let this user in from here")
      ),
      (
        "definition of service",
        BilingualText(
          ja: "接続サービス（PGSERVICE）の定義がありません。", en: "the service (PGSERVICE) is not defined")
      ),
      (
        "timeout expired",
        BilingualText(
          ja: "時間内に返事がありません。", en: "it does not answer in time")
      ),
    ]

    static let lostConnection = SQLProblem.said(
      BilingualText(ja: "サーバーとの接続が切れました。", en: "the connection to the server was lost"))

    /// What the server answered instead of rows.
    static func problem(_ code: String, _ said: String) -> SQLProblem {
      switch code {
      // Numeric value out of range; division by zero cannot be, but would be no number either.
      case "22003", "22012": .outOfRange
      case "57014":
        .said(
          BilingualText(
            ja: "問合せが取り消されたか、サーバーの制限時間（statement_timeout）を超えました。",
            en: "the query was cancelled or took longer than statement_timeout"))
      case "42501":
        .said(
          BilingualText(
            ja: "表を読む権限がありません。SELECT の権限を付けてもらってください。",
            en: "no permission to read the table; ask for the privilege SELECT"))
      case "42883", "42804", "42846":
        .said(
          BilingualText(
            ja: "列の型が数値として計算できません（\(said)）。",
            en: "a column's type cannot be computed with as a number: \(said)"))
      case "": lostConnection
      default:
        .said(
          BilingualText(
            ja: "サーバーが問合せに答えません（\(said)、\(code)）。",
            en: "the server did not answer the query: \(said) (\(code))"))
      }
    }
  }
#endif
