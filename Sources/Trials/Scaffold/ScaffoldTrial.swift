extension Scaffold {
  static func trialFile(id: String, title: String) -> String {
    // In single quotation marks nothing has a meaning of its own but the mark itself.
    let quoted =
      "'"
      + title.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''") + "'"
    return """
      # 試験の定義ファイルです。「#」から行末までは説明で、消しても構いません。
      # 字下げには半角の空白を使い、「:」の後には半角の空白を一つ入れてください。
      # 書き換えたら「nudge check .」で確かめ、「nudge analyze .」で結果を出します。

      nudge: 1                      # 書式の版。このままにします。
      trial: \(id)
      title: \(quoted)
      owner: ○○県△△課             # 試験に責任を持つ部署
      period: {from: 令和3年6月1日, to: 令和3年9月30日}   # 2021-06-01 や 2021/6/1 とも書けます。

      # 面接調査やワークショップで分かった、行動を妨げているもの
      insights:
        - {id: not-for-me, source: interview, barrier: 自分は対象ではないと思っている}
        - {id: too-long, source: workshop, barrier: 案内文が長く、申込方法が分からない}

      # 比べる文面。現行の文面を対照群（control: true）にします。
      # id はデータの「arm」列に入っている値と同じにします。
      # east はEASTの要素（easy 簡単、attractive 印象的、social 社会的、timely 時宜）です。
      # addresses は応えようとする知見の id、cost は一人当たりの費用（円）です。
      arms:
        - {id: control, name: 現行の文面, control: true, channel: mail, cost: 84}
        - id: simple
          name: 簡潔な文面
          east: [easy]
          addresses: [too-long]
          channel: mail
          cost: 84
          message: |
            相談は無料です。下の電話番号に「相談したい」とお伝えください。
        - id: social
          name: 同世代の声
          east: [social]
          addresses: [not-for-me]
          channel: mail
          cost: 84
          message: |
            同じ世代の方も、ここから相談を始めています。

      # 対象者の条件。当てはまらない行は除き、その数を報告します。
      population: {where: {age: {from: 34, to: 49}}}

      # 結果を分けて見たい集団（なければ消します）
      cohorts:
        - {id: forties, name: 40代, where: {age: {from: 40, to: 49}}}

      unit: participant_id          # 一人を表す列。一行が一人で番号がなければ row と書きます。

      # 割付の方法。blocks の組合せごとに、文面を無作為に割り付けました。
      # 層に分けていなければ method: complete と書き、blocks を消します。
      assignment:
        method: blocked
        blocks: [subprefecture, sex]
        shares: {control: 1, simple: 1, social: 1}   # 割付の比
        column: arm

      # 成果指標。結論を決める指標を一つ、role: primary とします。
      # kind は、起きたかどうか（0と1）なら binary、金額や日数なら continuous です。
      # worthwhile は意味があると考える最小の差で、0.03 は3ポイントです。
      outcomes:
        - {id: visited, name: 来所, role: primary, kind: binary, column: visited,
           better: more, worthwhile: 0.03}
        - {id: opened, name: 開封, role: secondary, kind: binary, column: opened}

      # 最初の段階から最後の段階まで（0と1の列）
      funnel:
        - {column: sent, name: 発送}
        - {column: opened, name: 開封}
        - {column: visited, name: 来所}

      analysis:
        estimator: difference_in_means   # 群ごとの平均の差
        level: 0.95                      # 信頼区間の水準
        multiplicity: holm               # 文面が二つ以上あるときの調整

      # 「nudge plan .」が必要な人数や見つけられる差を計算するときの前提
      planning:
        units: 600                  # 全部で何人か
        power: 0.8                  # 意味のある差を見つけたい確率
        attrition: 0.05             # 結果が分からなくなる人の割合

      # 「nudge monitor .」が、群を伏せたまま件数と欠測を数える列
      monitoring:
        by: [subprefecture]

      # データ。ExcelのCSV（Shift_JIS）も、そのまま読めます。データベースの表の書き方は docs/sources.md にあります。
      data:
        file: data.csv
        shape: units                # 一行が一人。集計表（群ごとの人数と件数）なら counts
        encoding: auto
        missing: ['', '-']          # 欠測を表す値
        simulated: true             # 模擬データです。実際のデータに替えたら消します。
        source: 説明のために作った模擬データ

      # 「nudge rollout .」が作る、市町村ごとの見込みの表
      rollout:
        municipalities: towns.csv   # 列は code（団体コード）、name、population（対象人口）
        code: code
        cost: 84                    # 一人当たりの費用（円）
        tau: 0.01                   # 町による効果の違い（標準偏差。0.01 は1ポイント）

      # 公表するとき、これより少ない人数と、そこから分かる数値を隠します（秘匿）。
      # 小さい区分を隠す代わりに合算するなら small_groups: merge とします。
      disclosure:
        minimum_cell: 10
        symbol: X
        small_groups: hide

      # 「nudge simulate .」が模擬データを作るときの仮定。要らなければ消します。
      # baseline は現行の文面での確率、effects は各文面が加える確率、missing は欠測の割合です。
      simulation:
        seed: 20210601
        units: 600
        columns:
          subprefecture: {石狩: 45, 上川: 20, 渡島: 18, 十勝: 17}
          sex: {女: 50, 男: 50}
          age: {from: 34, to: 49}
        steps:
          - {column: sent, baseline: 1}
          - {column: opened, given: sent, baseline: 0.4, effects: {simple: 0.05, social: 0.1}}
          - {column: visited, given: opened, baseline: 0.15, effects: {simple: 0.05, social: 0.11}}

      """
  }

  static func readme(title: String) -> String {
    """
    # \(title)

    | ファイル | 内容 |
    |---|---|
    | `trial.yml` | 試験の定義（文面、割付、成果指標、分析方法） |
    | `data.csv` | データ。今は模擬データ600人分が入っています |
    | `towns.csv` | 横展開の見込みを作る市町村の一覧（人口は架空） |

    ## 使い方

    1. `trial.yml` を、自分の試験に合わせて書き換えます。
    2. `data.csv` を、実際のデータに置き換えます。列の名前は `trial.yml` に書いたものと同じにします。
    3. `nudge check .` で、定義とデータに誤りがないかを確かめます。
    4. `nudge plan .` で、この人数で確かめられることを調べます。
    5. `nudge lock .` で計画を確定し、`nudge assign . --frame 名簿.csv` で割り付けます。
    6. `nudge monitor .` で、実施中の件数と欠測を、群を伏せたまま点検します。
    7. `nudge analyze .` で、結果を出します。`nudge verify .` で、記録と一致することを確かめます。

    `data.csv` は説明のための模擬データで、実在の人のものではありません。そのまま結果として公表しないでください。

    """
  }
}
