import Vocabulary

/// The only place where faults of trial files are put into words.
///
/// Each says what is wrong, quotes what was written, and says what is accepted. 項目 is a key, 値 its
/// value; the texts follow 公用文 style.
extension TrialFault {
  var words: BilingualText {
    switch self {
    case .noSuchFile, .folderWithout, .notAFile, .notPermitted, .unreadable, .tooLarge,
      .otherEncoding, .notUTF8, .controlCharacter, .emptyFile:
      fileWords
    case .severalDocuments, .alias, .duplicateKey, .keyIsNotText, .tag:
      yamlWords
    case .syntax(let problem):
      problem.words
    case .unknownKey, .missingKey, .wrongShape, .nothingWritten, .notANumber, .outOfRange,
      .notYesOrNo, .notADate, .unknownName, .badIdentifier, .unknownFormatVersion,
      .notInThisVersion, .rangeWithoutBounds, .boundsReversed:
      valueWords
    default:
      trialWords
    }
  }

  // MARK: - The file

  private var fileWords: BilingualText {
    switch self {
    case .noSuchFile:
      both("このファイルやフォルダはありません。", "There is no such file or folder.")
    case .folderWithout(let name, let others) where others.isEmpty:
      name == "trial.yml"
        ? both(
          "このフォルダには \(name) がありません。「nudge new フォルダ名」でひな形を作れます。",
          "This folder has no \(name). 'nudge new FOLDER' makes one from a template.")
        : both("このフォルダには \(name) がありません。", "This folder has no \(name).")
    case .folderWithout(let name, let others):
      both(
        "このフォルダには \(name) がありません。\(list(others, .japanese))であれば、ファイル名まで指定してください。",
        "This folder has no \(name). If you mean \(list(others, .english)), name the file itself."
      )
    case .notAFile:
      both("通常のファイルではないため、読み込めません。", "This is not a regular file.")
    case .notPermitted:
      both("このファイルを読む権限がありません。", "You are not permitted to read this file.")
    case .tooLarge:
      both(
        "ファイルが大きすぎます（上限は1MiB）。データのファイルを指定していないか確かめてください。",
        "The file is larger than 1 MiB. Is it the data rather than the trial file?")
    case .otherEncoding(let name):
      both(
        "文字コードが\(name)のようです。エディタで「UTF-8」を選んで保存し直してください。",
        "The file seems to be in \(name). Save it as UTF-8.")
    case .notUTF8:
      both(
        "UTF-8として読めない文字があります。文字コードに「UTF-8」を選んで保存し直してください。",
        "There are bytes here that are not UTF-8. Save the file as UTF-8.")
    case .controlCharacter(let value):
      both(
        "目に見えない制御文字（U+\(hexadecimal(value))）が入っています。この文字を消してください。",
        "There is an invisible control character (U+\(hexadecimal(value))). Delete it.")
    case .emptyFile:
      both(
        "ファイルに何も書かれていません。「nudge new フォルダ名」でひな形を作れます。",
        "The file is empty. 'nudge new FOLDER' makes one from a template.")
    default:
      both("ファイルを読み込めませんでした。", "The file could not be read.")
    }
  }

  private var yamlWords: BilingualText {
    switch self {
    case .severalDocuments:
      both(
        "「---」で区切られた二つ目の文書があります。一つのファイルには、試験を一つだけ書いてください。",
        "A second document begins here ('---'). Write one trial in one file.")
    case .alias(let name):
      both(
        "別名「*\(name)」（YAMLのアンカーとエイリアス）は使えません。同じ内容をそのまま書いてください。",
        "The alias '*\(name)' cannot be used here: anchors and aliases are not accepted. "
          + "Write the value out in full.")
    case .duplicateKey(let key):
      both(
        "項目「\(key)」が二度書かれています。一つにまとめてください。",
        "The key '\(key)' is written twice. Keep one.")
    case .keyIsNotText:
      both("項目名は文字列で書いてください。", "A key must be a text.")
    case .tag(let tag):
      both(
        "YAMLのタグ「\(tag)」は使えません。タグを消してください。",
        "The YAML tag '\(tag)' is not accepted. Delete it.")
    default:
      fileWords
    }
  }

  // MARK: - Keys and values

  private var valueWords: BilingualText {
    switch self {
    case .unknownKey(let key, let section, let accepted):
      both(
        "「\(section)」に「\(key)」という項目はありません。\(guess(key, accepted, .japanese))"
          + "書ける項目は、\(list(accepted, .japanese))です。",
        "unknown key '\(key)' in '\(section)'.\(guess(key, accepted, .english)) "
          + "Accepted: \(list(accepted, .english)).")
    case .missingKey(let key, let section):
      both(
        "「\(section)」に、必要な項目「\(key)」がありません。",
        "'\(section)' lacks the key '\(key)', which is required.")
    case .wrongShape(let wanted):
      wanted.words
    case .nothingWritten(let path):
      both(
        "「\(path)」に値が書かれていません。値を書くか、項目ごと消してください。",
        "'\(path)' has no value. Write one or delete the line.")
    case .notANumber(let text):
      both(
        "「\(text)」は数として読み取れません。「0.01」や「1234」のように書いてください。",
        "'\(text)' is not a number. Write it like 0.01 or 1234.")
    case .outOfRange(let text, let range):
      both(
        "「\(text)」は範囲の外です。\(range.words.ja)を書いてください。",
        "\(text) is out of range. Accepted: \(range.words.en).")
    case .notYesOrNo(let text):
      both(
        "「\(text)」は使えません。「true」（はい）か「false」（いいえ）を書いてください。",
        "'\(text)' is neither true nor false. Accepted: true, false, yes, no.")
    case .notADate(let error):
      error.words
    case .unknownName(let vocable, let text, let accepted):
      both(
        "\(vocable.words.ja)「\(text)」はありません。\(guess(text, accepted, .japanese))"
          + choices(accepted, .japanese),
        "unknown \(vocable.words.en) '\(text)'.\(guess(text, accepted, .english)) "
          + choices(accepted, .english))
    case .badIdentifier(let text, .trial):
      both(
        "「\(text)」は試験の識別名として使えません。半角の英小文字、数字、「-」だけで書いてください（先頭は英数字）。",
        "'\(text)' cannot be the trial's id. Use a–z, 0–9 and '-', a letter or digit first.")
    case .badIdentifier(let text, .part):
      both(
        "「\(text)」は識別名として使えません。半角の英数字、「-」、「_」だけで書き（先頭は英数字）、"
          + "日本語の名称は「name」に書いてください。",
        "'\(text)' cannot be an id. Use a–z, A–Z, 0–9, '-' and '_', a letter or digit first; "
          + "'name' may be any text.")
    case .unknownFormatVersion(let text):
      both(
        "書式の版「\(text)」には対応していません。この版のnudgeが読めるのは「nudge: 1」です。",
        "format version '\(text)' is not known. This nudge reads 'nudge: 1'.")
    case .notInThisVersion(let feature):
      feature.words
    case .rangeWithoutBounds:
      both(
        "範囲が書かれていません。「{from: 40, to: 49}」のように、少なくとも一方を書いてください。",
        "The range has no bounds. Write {from: 40, to: 49}, or one of the two.")
    case .boundsReversed(let from, let to):
      both(
        "「to」の\(to)が「from」の\(from)より小さくなっています。",
        "'to' (\(to)) is less than 'from' (\(from)).")
    default:
      fileWords
    }
  }

  private func choices(_ accepted: [String], _ language: Language) -> String {
    switch (language, accepted.isEmpty) {
    case (.japanese, true): "選べるものが、まだ一つもありません。"
    case (.english, true): "There is none to choose from."
    case (.japanese, false): "選べるのは、\(list(accepted, .japanese))です。"
    case (.english, false): "Accepted: \(list(accepted, .english))."
    }
  }

  // MARK: - The trial as a whole

  private var trialWords: BilingualText {
    switch self {
    case .tooFewArms(let count):
      both(
        "群が\(count == 0 ? "一つもありません" : "一つしかありません")。"
          + "現行の文面（対照群）と、比べたい文面を一つ以上書いてください。",
        "There is \(count == 0 ? "no arm" : "only one arm"). "
          + "Write the control and at least one message to compare with it.")
    case .noControl:
      both(
        "対照群がありません。比較の基準とする群に「control: true」と書いてください。",
        "No arm is the control. Write 'control: true' in the arm that the others are compared with."
      )
    case .severalControls(let names):
      both(
        "対照群が二つ以上あります（\(list(names, .japanese))）。「control: true」は一つの群だけに書いてください。",
        "More than one arm is the control (\(list(names, .english))). "
          + "Write 'control: true' in one arm only.")
    case .duplicateID(let vocable, let name):
      both(
        "\(vocable.words.ja)「\(name)」が重複しています。",
        "The \(vocable.words.en) '\(name)' is written more than once.")
    case .reservedCohort:
      both(
        "「all」は対象者全員を表すため、集団の識別名には使えません。",
        "'all' stands for everyone and cannot be the id of a cohort.")
    case .periodReversed(let from, let to):
      both(
        "終わりの日（\(to.eraText)）が、始まりの日（\(from.eraText)）より前になっています。",
        "The period ends on \(to), before it starts on \(from).")
    case .noPrimaryOutcome:
      both(
        "主要な成果指標がありません。この試験の結論を決める指標に「role: primary」と書いてください。",
        "No outcome is primary. Write 'role: primary' in the one that decides the trial.")
    case .blockedWithoutBlocks:
      both(
        "「method: blocked」には、層に使う列名の「blocks」が必要です（例 blocks: [subprefecture]）。",
        "'method: blocked' needs 'blocks', the columns that make the blocks.")
    case .blocksUnused(let method):
      both(
        "「method: \(method)」では「blocks」は使われません。層別に割り付けたのであれば「method: blocked」と書き、"
          + "そうでなければ「blocks」を消してください。",
        "'method: \(method)' does not use 'blocks'. Write 'method: blocked' if arms were drawn "
          + "within blocks; otherwise delete 'blocks'.")
    case .keyNeeded(let key, let method):
      both(
        "「method: \(method)」には、列名を並べた「\(key)」が必要です（例 \(key): [age]）。",
        "'method: \(method)' needs '\(key)', a list of columns (such as \(key): [age]).")
    case .keyUnused(let key, let method, let users):
      both(
        "「method: \(method)」では「\(key)」は使われません。使うのは\(list(users, .japanese))です。"
          + "「\(key)」を消すか、割付方法を改めてください。",
        "'method: \(method)' does not use '\(key)'; \(list(users, .english)) use it. "
          + "Delete '\(key)' or change the method.")
    case .clusteredWithoutClusters(let method):
      both(
        "「method: \(method)」には、まとまりを表す列名の「clusters」が必要です（例 clusters: household_id）。",
        "'method: \(method)' needs 'clusters', the column that names the cluster.")
    case .tooFewPeriods(let count):
      both(
        "ステップウェッジ試験には、三つ以上の時期が必要です（今は\(count)）。最初の時期には、どの地区もまだ始めません。",
        "A stepped wedge needs three or more periods (there are \(count)): in the first, nobody has begun."
      )
    case .wedgeOfArms(let count):
      both(
        "ステップウェッジ試験の群は、従来（control: true）と新しい取組の二つです（今は\(count)）。",
        "A stepped wedge has two arms, the control and the offer (there are \(count)).")
    case .wedgeOfOutcome(let id):
      both(
        "ステップウェッジ試験で分析できるのは、率（binary）、平均（continuous）と件数（count、exposure なし）です。"
          + "「\(id)」は、率や人口当たりの値の列にしてください。",
        "A stepped wedge is analysed for rates (binary), means (continuous) and counts without exposure. "
          + "Make '\(id)' a column of such values.")
    case .wedgeBeside(let name):
      both(
        "ステップウェッジ試験と「\(name)」は、この版では併せて使えません。推定方法は「two_way」に決まっています。",
        "A stepped wedge and '\(name)' cannot be combined in this version; its estimator is 'two_way'."
      )
    case .clustersUnused(let method):
      both(
        "「method: \(method)」では「clusters」は使われません。まとまりごとに割り付けたのであれば"
          + "「method: clustered」と書き、そうでなければ「clusters」を消してください。",
        "'method: \(method)' does not use 'clusters'. Write 'method: clustered' if whole clusters "
          + "were drawn; otherwise delete 'clusters'.")
    case .covariatesBesideEstimator:
      both(
        "「covariates」は、推定方法を「lin」とする書き方です。「estimator」とはどちらか一方だけを書いてください。",
        "'covariates' means the estimator 'lin'. Write either it or 'estimator'.")
    case .countsAreNotUnits(let what):
      both(
        "「\(what)」には、一行が一単位の個票データ（shape: units）が必要です。集計データ（shape: counts）では計算できません。",
        "'\(what)' needs one row a unit ('shape: units'); it cannot be computed from counts.")
    case .countColumnUnused:
      both(
        "「n」は集計データ（shape: counts）の人数の列です。個票データ（shape: units）では消してください。",
        "'n' is the column of units in data of 'shape: counts'. With 'shape: units', delete it.")
    case .worthwhileOverOne(let text):
      both(
        "割合の差「\(text)」は1以上になっています。1ポイントは「0.01」と書いてください。",
        "A difference of \(text) between two shares is not possible. One point is written 0.01.")
    case .columnIsNotBinary(let name):
      both(
        "列「\(name)」は0か1の列ではありません。段階（funnel）には、起きたかどうかを表す列だけを書いてください。",
        "The column '\(name)' is not binary. A funnel consists of columns that say yes or no.")
    case .columnHasOtherRole(let name):
      both(
        "列「\(name)」は、群、単位又は人数の列として使われているため、成果指標にはできません。",
        "The column '\(name)' already holds the arm, the unit or the count; "
          + "it cannot be an outcome as well.")
    case .probabilityOutOfRange(let baseline, let effect, let arm):
      both(
        "群「\(arm)」の確率が、\(plain(baseline))に\(plain(effect))を加えて0から1までの範囲を外れます。",
        "The probability in arm '\(arm)', \(plain(baseline)) plus \(plain(effect)), is not between 0 and 1."
      )
    case .effectOfControl(let arm):
      both(
        "対照群「\(arm)」の確率は「baseline」そのものです。効果は書けません。",
        "The control '\(arm)' has the probability of 'baseline' itself; it cannot have an effect.")
    case .notOfKind(let key, let kinds):
      both(
        "「\(key)」は、kind が\(kinds.joined(separator: "・"))の段階にだけ書けます。",
        "'\(key)' is for steps of kind \(kinds.joined(separator: ", ")).")
    case .twoScalesOfICC:
      both(
        "「icc」と「icc_latent」は一緒に書けません。どちらか一方にしてください。",
        "'icc' and 'icc_latent' say the same on two scales. Write one of them.")
    case .valuesMissing(let names):
      both(
        "「values」に次の値がありません：\(names.joined(separator: "、"))。",
        "'values' lacks \(names.joined(separator: ", ")).")
    case .orderOfOne:
      both(
        "「order」には、値を低い方から順に二つ以上書きます（例: order: [30代, 40代, 50代]）。",
        "'order' lists two or more values from the lowest to the highest, such as [30s, 40s, 50s].")
    case .oneCorrelation:
      both(
        "「correlates」には、前の段階を一つだけ書きます（例: correlates: {visited: 0.4}）。",
        "'correlates' names one earlier step, such as correlates: {visited: 0.4}.")
    case .unknownPreviousStep(let name, let accepted):
      both(
        "「\(name)」は、これより前の段階にありません。\(guess(name, accepted, .japanese))"
          + choices(accepted, .japanese),
        "'\(name)' is not an earlier step.\(guess(name, accepted, .english)) "
          + choices(accepted, .english))
    case .settingsNotAccepted(let estimator):
      both(
        "推定方法「\(estimator)」が受け付けない設定の値があります。",
        "The estimator '\(estimator)' does not accept the value of a setting.")
    case .marginMissing(let framework):
      both(
        "「framework: \(framework)」には、差の限度を表す「worthwhile」が必要です。",
        "'framework: \(framework)' needs 'worthwhile', the margin.")
    case .looksDoNotRise:
      both(
        "「at」には、計画した情報量に対する割合を小さい順に書き、最後を1としてください（例 [0.5, 1]、200回まで）。",
        "'at' lists shares of the planned information in rising order, the last being 1, "
          + "such as [0.5, 1]; at most 200 looks.")
    case .looksBesideJointAdjustment(let name):
      both(
        "途中の分析（looks）と「multiplicity: \(name)」は併せて使えません。「holm」や「serial」などを選んでください。",
        "'looks' and 'multiplicity: \(name)' cannot be combined. Choose 'holm', 'serial' or the like."
      )
    case .redrawsUnknown(let method):
      both(
        "「method: \(method)」で三つ以上の群に割り付けた試験では、二つの群だけを引き直すことができません。"
          + "randomization を消すか、全部の群を一度に引き直す「multiplicity: max_t」を使ってください。",
        "With 'method: \(method)' and three or more arms, two arms alone cannot be drawn again. "
          + "Delete 'randomization', or use 'multiplicity: max_t', which draws all arms at once.")
    case .nothingToRedraw:
      both(
        "くじで分けていない比較（method: none）は、引き直せません。inference の randomization を消してください。",
        "Where nobody was drawn (method: none) nothing can be drawn again. Delete 'randomization'.")
    case .factorsMissing:
      both(
        "「method: factorial」には、二つ以上の因子が必要です"
          + "（例 factors: [{id: frame, levels: [gain, loss]}, {id: voice, levels: [anonymous, named]}]）。",
        "'method: factorial' needs two or more factors "
          + "(such as factors: [{id: frame, levels: [gain, loss]}, {id: voice, levels: [anonymous, named]}])."
      )
    case .levelsMissing:
      both("因子には、二つ以上の水準を書いてください。", "A factor needs two or more levels.")
    case .levelsOfArmMissing(let arm, let factors):
      both(
        "群「\(arm)」に、どの水準の組合せかを「levels」で書いてください（因子は\(list(factors, .japanese))）。",
        "Write with 'levels' which combination the arm '\(arm)' is (the factors are \(list(factors, .english)))."
      )
    case .levelsWithoutFactors:
      both(
        "「levels」は「method: factorial」の因子（assignment.factors）があるときに使います。",
        "'levels' belongs to 'method: factorial' with its factors (assignment.factors).")
    case .combinationsMissing(let names):
      both(
        "要因試験の群には、水準のすべての組合せが必要です。ないのは\(list(names, .japanese))です。",
        "A factorial trial has an arm for every combination of levels. Missing: \(list(names, .english))."
      )
    case .combinationsTwice(let names):
      both(
        "同じ水準の組合せの群が二つ以上あります（\(list(names, .japanese))）。",
        "Several arms are the same combination of levels: \(list(names, .english)).")
    case .controlIsNotReference(let arm):
      both(
        "比較の基準の群「\(arm)」は、各因子の最初の水準の組合せでなければなりません。levels の順序か control を改めてください。",
        "The control arm '\(arm)' must combine the first level of every factor. Change the order of levels, or 'control'."
      )
    case .factorialBeside(let name):
      both(
        "「method: factorial」と「\(name)」は、この版では併せて使えません。「multiplicity: holm」などを選び、分析は一度だけにしてください。",
        "'method: factorial' and '\(name)' cannot be combined in this version. "
          + "Choose 'multiplicity: holm' or the like, and analyse once.")
    case .passwordInAddress:
      both(
        "パスワードを試験の定義に書かないでください。環境変数 PGPASSWORD、パスワードファイル（~/.pgpass、PGPASSFILE）、"
          + "接続サービス（PGSERVICE）のいずれかに置き、ここからは消してください。",
        "A password has no place in a trial file. Keep it in PGPASSWORD, in a password file (~/.pgpass, PGPASSFILE) "
          + "or in a service file (PGSERVICE), and delete it here.")
    case .secretInAddress(let parameter):
      both(
        "Spark の接続先に書けるのは use_ssl と user_id だけです\(parameter.map { "（「\($0)」は書けません）" } ?? "")。"
          + "トークンは環境変数 SPARK_CONNECT_TOKEN、ほかは SPARK_REMOTE に置き、ここからは消してください。",
        "Only use_ssl and user_id may stand in Spark's address\(parameter.map { ", not '\($0)'" } ?? ""). "
          + "Keep a token in SPARK_CONNECT_TOKEN, anything else in SPARK_REMOTE, and delete it here."
      )
    case .noDatabaseAddress:
      both(
        "データベースの場所は「sqlite:ファイル名」「postgres://ホスト名/データベース名」「sc://ホスト名:15002」のように書いてください。",
        "Write the place of a database as sqlite:FILE, postgres://HOST/DATABASE or sc://HOST:15002."
      )
    case .tableMissing:
      both(
        "データベースには、表かビューの名前が必要です（例 table: participants）。",
        "A database needs 'table', the name of a table or view (such as table: participants).")
    case .tableWithoutDatabase:
      both(
        "「table」はデータベースの表の名前です。データがファイルのときは消してください。",
        "'table' names a table of a database. Where the data are a file, delete it.")
    case .badTableName(let name):
      both(
        "「\(name)」は表の名前として読めません。「participants」「trials.participants」のように書き、"
          + "点を含む名前は二重引用符で囲んでください。",
        "'\(name)' is no name of a table. Write participants or trials.participants; "
          + "a name that holds a dot stands in double quotes.")
    case .encodingOfDatabase:
      both(
        "「encoding」はファイルの文字コードです。データベースのときは消してください。",
        "'encoding' is of files. Where the data are in a database, delete it.")
    case .sheetWithoutWorkbook:
      both(
        "「sheet」は Excel ファイル（.xlsx）のシート名です。このデータには使われません。",
        "'sheet' names a sheet of a workbook (.xlsx); these data have none.")
    case .badMunicipalityCode(let text):
      both(
        "「\(text)」は団体コードではありません。5桁、又は検査数字を付けた6桁を引用符で囲んで書いてください（例 \"010006\"）。",
        "'\(text)' is no code of a municipality. Write five digits, or six with the check digit, in quotation marks (such as \"010006\")."
      )
    case .badFiscalYear(let text):
      both(
        "「\(text)」は年度として読めません。「令和2年度」「R2」「2020年度」のように書いてください。",
        "'\(text)' is no fiscal year. Write 令和2年度, R2 or 2020.")
    case .yearsDoNotRise:
      both("年度は、早い順に一度ずつ書いてください。", "Write each year once, the earliest first.")
    case .otherNumberOfYears(let count, let years):
      both(
        "値が\(count)個ありますが、年度は\(years)個です。分からない年には「'-'」と書いてください。",
        "There are \(count) values for \(years) years. Write '-' for a year without one.")
    case .besideNudgeUnits(let key):
      both(
        "「nudge_units」は平均を公表値（+1.4ポイント）とする書き方です。「\(key)」とはどちらか一方だけを書いてください。",
        "'nudge_units' stands for the published mean (+1.4 points). Write either it or '\(key)'.")
    case .gatesWithoutOrder(let name):
      both(
        "「\(name)」には、主要な成果指標の順序が必要です（例 {\(name): [[visited], [placed]]}）。",
        "'\(name)' needs the order of the primary outcomes: {\(name): [[visited], [placed]]}.")
    case .primaryOutsideGates(let names):
      both(
        "主要な成果指標\(list(names, .japanese))が順序の中にありません。主要な成果指標は、すべて一度ずつ書いてください。",
        "The primary outcome \(list(names, .english)) is not in the order. "
          + "Each primary outcome must stand there once.")
    case .sequenceOfFamilies:
      both(
        "「fixed_sequence」では、一段に成果指標を一つだけ書いてください。複数を同時に検定するときは「serial」か「parallel」とします。",
        "'fixed_sequence' takes one outcome a step; for several at once write 'serial' or 'parallel'."
      )
    case .columnNotInData(let name, let file, let accepted):
      both(
        "データ「\(file)」に列「\(name)」がありません。\(guess(name, accepted, .japanese))"
          + "データの列は、\(list(accepted, .japanese))です。",
        "the data '\(file)' have no column '\(name)'.\(guess(name, accepted, .english)) "
          + "Columns: \(list(accepted, .english)).")
    default:
      fileWords
    }
  }
}
