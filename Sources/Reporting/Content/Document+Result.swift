import Analysis
import Vocabulary

extension Document {
  /// Everything that a report of one result says.
  init(_ result: TrialResult, in language: Language) {
    let index = ResultIndex(result: result, language: language)
    let views = index.views
    title = result.trial.title[language]
    facts = Document.facts(index)
    warnings = Document.warnings(index)
    sections = [
      Document.verdict(views),
      Document.certainty(views),
      Document.comparison(views),
      Document.flow(index),
      Document.funnel(index),
      Document.messages(index),
      Document.checks(index),
      BalanceSection(index: index).section,
      Document.effects(views),
      index.result.factors.isEmpty ? nil : Document.combinations(index),
      Document.supplements(views),
      Document.scales(views),
      Document.cohorts(views),
      Document.subgroups(views),
      MethodSection(index: index).section,
      Document.questions(views),
      Document.record(index),
    ].compactMap { $0 }
  }

  private static func facts(_ index: ResultIndex) -> [(String, String)] {
    let language = index.language
    let trial = index.trial
    return [
      (language.say(ja: "実施主体", en: "Owner"), trial.owner?[language]),
      (language.say(ja: "実施期間", en: "Period"), index.period),
      (
        language.say(ja: trial.counted == nil ? "対象者" : "対象", en: "Units"),
        index.units.counted(index.result.input.units)
      ),
      (language.say(ja: "試験番号", en: "Trial"), trial.id),
    ].compactMap { name, value in value.map { (name, $0) } }
  }

  private static func warnings(_ index: ResultIndex) -> [String] {
    let language = index.language
    var warnings: [String] = []
    if index.trial.simulated {
      warnings.append(
        language.say(
          ja: "この報告書の数値は模擬データ（乱数で作ったデータ）によるものです。実際の試験の結果ではありません。",
          en: "The figures in this report come from simulated data. "
            + "They are not the result of a real trial."))
    }
    if let disclosure = index.result.disclosure {
      let minimum = NumberStyle.text(count: disclosure.minimumCell)
      warnings.append(
        disclosure.hidden == nil
          ? language.say(
            ja:
              "庁内限り：\(minimum)人未満の人数を隠していません。公表には、公表用の報告書（publish フォルダ、又は nudge report --publish）を使ってください。",
            en:
              "For the office only: numbers below \(minimum) are not hidden. Publish the version in the folder 'publish' "
              + "(or nudge report --publish).")
          : language.say(
            ja: "公表用：\(minimum)人未満の人数（0人を含む）と、それが計算できてしまう数値は「\(disclosure.symbol)」としています（秘匿）。",
            en:
              "For publication: numbers of people below \(minimum), zero among them, and what they could be computed from are shown "
              + "as “\(disclosure.symbol)”."))
    }
    warnings += index.result.checks.compactMap { check in
      switch check.kind {
      case .clustersIgnored, .notRandomised: check.line(in: index).detail
      default: nil
      }
    }
    let failed = index.result.checks.filter { $0.status == .fail && $0.kind != .notRandomised }.map
    { $0.line(in: index).title }
    if !failed.isEmpty {
      warnings.append(
        language.say(
          ja: "データの確認で不合格の項目があります（\(failed.joined(separator: "、"))）。"
            + "原因が分かるまで、以下の結果を判断に用いないでください。",
          en: "The data failed a check (\(failed.joined(separator: ", "))). "
            + "Do not act on these results until you know why."))
    }
    return warnings
  }

  // MARK: - Sections

  private static func verdict(_ views: [ResultIndex]) -> Section {
    var cards = views.flatMap { view in view.result.verdicts.map { $0.card(in: view) } }
    var leads = views.flatMap(\.headlines)
    if cards.count == 1, let only = cards.first?.sentence {
      // A single conclusion is its own headline; the card need not repeat it.
      leads = [only]
      cards[0].sentence = nil
    }
    let blocks = leads.map(Block.lead) + [.verdicts(cards)]
    return Section(
      topic: .verdict, title: views[0].language.say(ja: "結論", en: "Conclusion"), blocks: blocks)
  }

  private static func comparison(_ views: [ResultIndex]) -> Section? {
    let figures = views.flatMap { view in
      view.chartedOutcomes.flatMap { outcome in
        // What a hundred people would do if they were sent a message is a claim of effect.
        [view.trial.isRandomised ? IconArray(outcome, in: view)?.chart : nil].compactMap(\.self)
          + [RateChart(outcome, in: view).chart, ForestPlot(outcome, in: view).chart]
      }
    }
    let curves = views.flatMap { view in
      view.trial.outcomes.compactMap { SurvivalChart($0, in: view)?.chart }
    }
    let sizes = views.flatMap { view in
      view.chartedOutcomes.compactMap { PowerBySizeChart($0, in: view)?.chart }
    }
    let looks = [BoundaryChart(of: views[0])?.chart].compactMap(\.self)
    guard !(figures + curves).isEmpty else { return nil }
    return Section(
      topic: .comparison,
      title: views[0].language.say(ja: "文面ごとの比較", en: "The messages compared"),
      blocks: (figures + curves + looks + sizes).map { .figure($0) })
  }

  private static func certainty(_ views: [ResultIndex]) -> Section? {
    let blocks = CertaintySection(views: views).blocks
    guard !blocks.isEmpty else { return nil }
    return Section(
      topic: .certainty,
      title: views[0].language.say(ja: "どのくらい確かか", en: "How sure is it?"), blocks: blocks)
  }

  private static func questions(_ views: [ResultIndex]) -> Section? {
    let questions = CertaintySection(views: views).questions
    guard !questions.isEmpty else { return nil }
    return Section(
      topic: .questions, title: views[0].language.say(ja: "想定問答", en: "Questions and answers"),
      blocks: [.definitions(questions)])
  }

  private static func flow(_ index: ResultIndex) -> Section? {
    FlowDiagram(index).map { diagram in
      Section(
        topic: .flow, title: index.language.say(ja: "対象者の流れ", en: "Participants"),
        blocks: [.figure(diagram.chart)])
    }
  }

  private static func funnel(_ index: ResultIndex) -> Section? {
    guard !index.result.funnel.isEmpty else { return nil }
    let tables = FunnelTables(index: index)
    return Section(
      topic: .funnel, title: index.language.say(ja: "行動の段階", en: "The funnel"),
      blocks: [.figure(FunnelChart(index).chart)]
        + [FunnelDoseChart(index)].compactMap(\.self).map { .figure($0.chart) }
        + tables.tables.map(Block.table))
  }

  private static func messages(_ index: ResultIndex) -> Section? {
    let cards = index.messageCards
    guard !cards.isEmpty else { return nil }
    return Section(
      topic: .messages, title: index.language.say(ja: "文面とねらい", en: "Messages and reasons"),
      blocks: [.messages(cards)])
  }

  private static func checks(_ index: ResultIndex) -> Section? {
    let lines = index.result.checks.map { $0.line(in: index) }
    guard !lines.isEmpty else { return nil }
    return Section(
      topic: .checks, title: index.language.say(ja: "データの確認", en: "Checks of the data"),
      blocks: [.checks(lines)])
  }

  private static func effects(_ views: [ResultIndex]) -> Section? {
    let blocks = views.flatMap(effectBlocks)
    guard !blocks.isEmpty else { return nil }
    return Section(
      topic: .effects, title: views[0].language.say(ja: "結果の表", en: "Results"), blocks: blocks)
  }

  private static func effectBlocks(_ index: ResultIndex) -> [Block] {
    let tables = EffectTables(index: index)
    return index.trial.outcomes.flatMap { outcome in
      [tables.effects(on: outcome), tables.estimators(of: outcome), tables.compliers(of: outcome)]
        .compactMap { $0 }.map(Block.table)
    }
  }

  /// The combinations of a factorial trial, each against the control: no question that the trial was made for.
  private static func combinations(_ index: ResultIndex) -> Section {
    let language = index.language
    return Section(
      topic: .combinations, title: language.say(ja: "組合せごとの結果", en: "The combinations"),
      blocks: [
        .paragraph(
          language.say(
            ja: "要因試験の検証の対象は、因子ごとの効果です。組合せごとの差は人数が少なく、補正もしていないため、参考として示します。",
            en:
              "A factorial trial asks about its factors. Single combinations have fewer units, and their "
              + "p-values are not adjusted: they are for orientation."))
      ] + effectBlocks(index))
  }

  private static func scales(_ views: [ResultIndex]) -> Section? {
    let blocks = views.flatMap { view in
      view.trial.outcomes.compactMap(EffectTables(index: view).scales(of:)).map(Block.table)
    }
    guard !blocks.isEmpty else { return nil }
    let index = views[0]
    let title = index.language.say(
      ja: "別の尺度による表示（括弧内は\(index.intervalName)）",
      en: "Other scales (with \(index.intervalName))")
    return Section(topic: .scales, title: title, blocks: blocks)
  }

  private static func cohorts(_ views: [ResultIndex]) -> Section? {
    let blocks = views.flatMap { view in
      view.chartedOutcomes.compactMap(EffectTables(index: view).cohorts(of:)).map(Block.table)
    }
    guard !blocks.isEmpty else { return nil }
    let index = views[0]
    let caution = index.language.say(
      ja: "区分別の結果は探索的なものです。人数が少なく偶然に左右されやすいため、これだけで判断しないでください。",
      en: "Results by group are exploratory: the groups are smaller, and chance weighs more.")
    return Section(
      topic: .cohorts, title: index.language.say(ja: "対象者の区分別の結果", en: "Results by group"),
      blocks: [.paragraph(caution)] + blocks)
  }

  private static func supplements(_ views: [ResultIndex]) -> Section? {
    let blocks = views.flatMap { view in
      view.trial.outcomes.compactMap(SupplementTables(index: view).table(of:)).map(Block.table)
    }
    guard !blocks.isEmpty else { return nil }
    let index = views[0]
    return Section(
      topic: .supplements,
      title: index.language.say(ja: "別の方法による確認", en: "The same by other methods"),
      blocks: blocks)
  }

  private static func subgroups(_ views: [ResultIndex]) -> Section? {
    let blocks = views.flatMap { view in
      view.result.subgroups.flatMap(SubgroupTables(index: view).blocks)
    }
    guard !blocks.isEmpty else { return nil }
    let index = views[0]
    let caution = index.language.say(
      ja: "「縮約後」は、区分ごとの効果のばらつきのうち偶然で説明できる分を差し引き、全体の平均に近づけた値です。"
        + "最も大きく見える区分をそのまま信じないために示します。",
      en:
        "“Shrunken” effects are drawn towards the average by how much of the spread is chance, so "
        + "that the most striking group is not taken at its word.")
    return Section(
      topic: .subgroups,
      title: index.language.say(ja: "効果は区分によって違うか", en: "Do effects differ between groups?"),
      blocks: [.paragraph(caution)] + blocks)
  }

  private static func record(_ index: ResultIndex) -> Section {
    let language = index.language
    let input = index.result.input
    let shape =
      input.shape == "counts"
      ? language.say(ja: "集計表", en: "table of counts")
      : language.say(ja: "1行1対象者", en: "one row a unit")
    let entries: [(String, String?)] = [
      (
        language.say(ja: "入力ファイル", en: "Input file"),
        "\(input.file)\(language.say(ja: "（\(shape)、", en: " (\(shape), "))\(input.encoding)"
          + language.say(
            ja: "、\(NumberStyle.text(count: input.rows))行）",
            en: ", \(NumberStyle.text(count: input.rows)) rows)")
      ),
      (
        language.say(ja: "SHA-256", en: "SHA-256"),
        input.sha256.isEmpty
          ? language.say(
            ja: "なし（データはデータベースにあり、照合できるファイルがありません）",
            en: "none (a database has the data; there is no file to compare)") : input.sha256
      ),
      (
        language.say(ja: "計画の固定（ロック）", en: "Locked protocol"),
        index.result.lock ?? language.say(ja: "なし", en: "none")
      ),
      (language.say(ja: "出典", en: "Source"), index.trial.source?[language]),
      (language.say(ja: "プログラム", en: "Program"), "nudge \(index.result.engineVersion)"),
    ]
    return Section(
      topic: .record, title: language.say(ja: "記録", en: "Record"),
      blocks: [
        .definitions(entries.compactMap { name, value in value.map { (term: name, text: $0) } })
      ])
  }
}

extension ResultIndex {
  /// First and last day, in both calendars for Japanese readers.
  fileprivate var period: String? {
    switch (trial.from, trial.to) {
    case (let from?, let to?):
      language.say(
        ja: "\(from.eraText)～\(to.eraText)（\(from)～\(to)）", en: "\(from) to \(to)")
    case (let from?, nil): language.say(ja: "\(from.bothTexts)～", en: "from \(from)")
    case (nil, let to?): language.say(ja: "～\(to.bothTexts)", en: "until \(to)")
    case (nil, nil): nil
    }
  }
}
