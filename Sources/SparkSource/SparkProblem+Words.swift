import Vocabulary

extension SparkProblem {
  /// The problem in words.
  var message: BilingualText {
    switch self {
    case .noAddress, .malformedAddress, .malformedRemote, .malformedCredential,
      .secretInTrialFile, .tokenInTheClear:
      addressMessage
    case .unreachable(let reason):
      BilingualText(
        ja: "Spark Connect サーバーに接続できません（\(reason)）。ホスト、ポート、use_ssl を確かめてください。",
        en: "the Spark Connect server cannot be reached: \(reason); check host, port and use_ssl")
    case .refused(let reason):
      BilingualText(
        ja: "Spark が認証を拒否しました（\(reason)）。トークンは環境変数 SPARK_CONNECT_TOKEN に入れてください。",
        en: "Spark refused the credentials: \(reason); set the token in SPARK_CONNECT_TOKEN")
    case .failed(let reason):
      BilingualText(ja: "Spark のエラー：\(reason)", en: "Spark says: \(reason)")
    case .brokenOff:
      BilingualText(
        ja: "Spark の応答が途中で切れました。もう一度実行してください。",
        en: "Spark's answer broke off before its end; run again")
    case .unreadable(let problem): problem.message
    case .interrupted:
      BilingualText(ja: "中断しました。Spark の処理も取り消しました。", en: "interrupted; Spark's work is cancelled")
    }
  }

  private var addressMessage: BilingualText {
    switch self {
    case .noAddress:
      BilingualText(
        ja: "「sc://」だけのときは、環境変数 SPARK_REMOTE に接続先を入れてください（例：sc://host:15002）。",
        en: "'sc://' alone needs the address in SPARK_REMOTE, such as sc://host:15002")
    case .malformedRemote:
      BilingualText(
        ja: "環境変数 SPARK_REMOTE を読めません。sc://host:15002/;use_ssl=true;token=… の形にしてください。",
        en: "SPARK_REMOTE cannot be read; it looks like sc://host:15002/;use_ssl=true;token=…")
    case .malformedCredential:
      BilingualText(
        ja: "トークンかヘッダーに、送れない文字（改行や日本語など）があります。",
        en: "the token or a header holds characters that cannot be sent, such as a line break")
    case .secretInTrialFile(let parameter):
      BilingualText(
        ja: "試験ファイルの接続先に「\(parameter)」は書けません。トークンは環境変数 SPARK_CONNECT_TOKEN、"
          + "ほかは SPARK_REMOTE に入れてください（書けるのは use_ssl と user_id）。",
        en:
          "'\(parameter)' has no place in a trial file's address: put a token into the environment "
          + "variable SPARK_CONNECT_TOKEN, anything else into SPARK_REMOTE (use_ssl and user_id may stay)"
      )
    case .tokenInTheClear:
      BilingualText(
        ja: "トークンを暗号化せずに送ることになります。接続先に「/;use_ssl=true」を付けてください。",
        en: "the token would travel unencrypted; add '/;use_ssl=true' to the address")
    default:
      BilingualText(
        ja: "Spark の接続先を読めません（\(partNames.ja)）。sc://host:15002 の形にしてください。",
        en: "Spark's address cannot be read (\(partNames.en)); it looks like sc://host:15002")
    }
  }

  private var partNames: BilingualText {
    guard case .malformedAddress(let part) = self else { return BilingualText(ja: "", en: "") }
    return switch part {
    case .scheme: BilingualText(ja: "sc:// で始まっていません", en: "no sc:// in front")
    case .host: BilingualText(ja: "ホスト名", en: "host")
    case .port: BilingualText(ja: "ポートは 1 から 65535", en: "a port is 1 to 65535")
    case .path: BilingualText(ja: "「/」の後は「;名前=値」", en: "after '/' comes ';name=value'")
    case .parameter: BilingualText(ja: "「;名前=値」の部分", en: "the part ';name=value'")
    }
  }
}

extension ArrowProblem {
  /// The problem in words.
  var message: BilingualText {
    switch self {
    case .damaged:
      BilingualText(
        ja: "Spark の応答（Arrow 形式）が壊れています。", en: "Spark's answer (Arrow) is damaged")
    case .unsupportedType(let column, let type):
      BilingualText(
        ja: "列「\(column)」の型 \(type) は読めません。文字列か数値に CAST した VIEW を使ってください。",
        en: "column '\(column)' has type \(type), which is not read; use a view that casts it")
    case .unsupportedFeature(let feature):
      BilingualText(
        ja: "Spark の応答（Arrow 形式）の \(feature) には対応していません。",
        en: "\(feature) in Spark's answer (Arrow) is not supported")
    }
  }
}
