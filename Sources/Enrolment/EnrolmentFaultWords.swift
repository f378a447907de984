import RandomAssignment
import Vocabulary

extension EnrolmentFault {
  var words: BilingualText {
    switch self {
    case .alreadyLocked:
      BilingualText(
        ja: "計画はすでに確定しています。変えるには nudge amend で理由を記録してください",
        en: "the protocol is locked already; to change it, record the reason with nudge amend")
    case .notLocked:
      BilingualText(
        ja: "計画がまだ確定していません。先に nudge lock を実行してください",
        en: "the protocol is not locked yet; run nudge lock first")
    case .nothingToAmend:
      BilingualText(
        ja: "確定した計画から変わったところがありません",
        en: "nothing differs from the locked protocol")
    case .protocolChanged(let paths):
      BilingualText(
        ja: "計画が変更されています（\(Self.shown(paths, separator: "、"))）。"
          + "元に戻すか、nudge amend で理由を記録してください",
        en: "the protocol was changed (\(Self.shown(paths, separator: ", "))); "
          + "undo it, or record the reason with nudge amend")
    case .lockedTextUnreadable:
      BilingualText(
        ja: "確定した計画を、この版の nudge では読めません。確定したときの版を使ってください",
        en: "this version of nudge cannot read the locked protocol; use the version that locked it")
    case .noSecret:
      BilingualText(
        ja: "乱数の種のファイルがありません。計画を確定した人から受け取り、ここに置いてください",
        en: "the file with the seed is not here; get it from whoever locked the protocol")
    case .brokenSecret:
      BilingualText(
        ja: "乱数の種のファイルを読めません。計画を確定したときのものに戻してください",
        en: "the file with the seed cannot be read; restore the one that the lock made")
    case .otherSecret:
      BilingualText(
        ja: "乱数の種が、計画の確定時に約束したものと違います。元のファイルに戻してください",
        en: "this is not the seed that the lock committed to; restore the original file")
    case .notDrawn:
      BilingualText(ja: "まだ割付けをしていません", en: "nobody was drawn yet")
    case .noFrame:
      BilingualText(
        ja: "割り付ける人の名簿が分かりません。--frame か assignment.frame で CSV を指定してください",
        en: "which list is to be drawn? Name a CSV file with --frame or assignment.frame")
    case .unitIsRow:
      BilingualText(
        ja: "「unit: row」では、だれを割り付けたか記録できません。識別番号の列を unit に書いてください",
        en: "with 'unit: row' nobody can be recorded; give the column of identifiers as the unit")
    case .missingIdentifier:
      BilingualText(ja: "識別番号が空です", en: "the identifier is empty")
    case .duplicateUnit(let unit, let line):
      BilingualText(
        ja: "「\(unit)」は\(line.map { "\($0)行目" } ?? "前の行")にもあります。一人一行にしてください",
        en: "'\(unit)' stands in \(line.map { "line \($0)" } ?? "an earlier line") as well; "
          + "one row a unit")
    case .alikeUnits(let unit, let other, let line):
      BilingualText(
        ja: "「\(unit)」は\(line.map { "\($0)行目" } ?? "前の行")の「\(other)」と、全角・半角などの違いしか"
          + "ありません。同じ人なら一行にし、別の人なら番号を改めてください",
        en:
          "'\(unit)' differs from '\(other)' in \(line.map { "line \($0)" } ?? "an earlier line") "
          + "only in width or form; give one row if they are one person, else other identifiers")
    case .missingGroup(let column):
      BilingualText(
        ja: "列「\(column)」が空です。割付けに使うため、全員に必要です",
        en: "the column '\(column)' is empty; the draw needs it for everyone")
    case .nobodyEligible:
      BilingualText(
        ja: "対象者がいません（空の名簿か、全員が対象外です）",
        en: "nobody is eligible (the list is empty, or everyone is outside the population)")
    case .smallBlocks(let blocks, let arms):
      BilingualText(
        ja: "群の数（\(arms)）より人数の少ない層があります："
          + Self.shown(blocks.map { "\($0.name)（\($0.count)）" }, separator: "、")
          + "。「small_blocks: merge」で一つの層にまとめるか、層を粗くしてください",
        en: "blocks with fewer units than there are arms (\(arms)): "
          + Self.shown(blocks.map { "\($0.name) (\($0.count))" }, separator: ", ")
          + "; join them with 'small_blocks: merge', or use coarser blocks")
    case .nothingToDraw:
      BilingualText(
        ja: "割付方法が none（無作為ではない比較）の試験では、誰もくじ引きされません。method を変えてください。",
        en: "with 'method: none' nobody is drawn. Name another method to draw by lot.")
    case .drawnAlready(let method, let new):
      BilingualText(
        ja: "割付けは済んでいます。「\(method)」は全員を一度に割り付ける方法なので、名簿にある新しい"
          + "\(new)人は加えられません。後から加わる人がいる試験では permuted_blocks などを使います",
        en: "the draw is done. '\(method)' draws everyone at once, so the \(new) new units of this "
          + "list cannot be added; use permuted_blocks or the like where units keep arriving")
    case .designRefused(let error):
      BilingualText(
        ja: "この名簿と割付方法では割り付けられません（\(error.words.ja)）",
        en: "this list cannot be drawn by this method (\(error.words.en))")
    case .notReproduced(let unit):
      BilingualText(
        ja: "台帳にある割付けを、種と計画から再現できません（最初の違い：\(unit)）。何も割り付けていません",
        en: "the seed and the protocol do not give the arms in the ledger (first: \(unit)); "
          + "nothing was drawn")
    case .foreignFile:
      BilingualText(
        ja: "nudge が書いたものではないか、書き換えられています。置き換えるには --force を付けてください",
        en: "was not written by nudge, or was changed; add --force to replace it")
    case .notConcealed:
      BilingualText(
        ja: "この試験の割付けは隠されていないので、開示の手続は要りません",
        en: "arms are not concealed in this trial, so there is nothing to release")
    case .unknownUnit(let unit):
      BilingualText(ja: "「\(unit)」は割り付けられていません", en: "'\(unit)' was not drawn")
    case .emptyReason:
      BilingualText(
        ja: "理由を書いてください（--reason \"…\"）", en: "give a reason: --reason \"…\"")
    }
  }

  private static func shown(_ names: [String], separator: String) -> String {
    let limit = 10
    let rest = names.count - limit
    return names.prefix(limit).joined(separator: separator)
      + (rest > 0 ? "\(separator)… (+\(rest))" : "")
  }
}

extension DesignError {
  /// In words.
  var words: BilingualText {
    switch self {
    case .noArms: BilingualText(ja: "群がありません", en: "there are no arms")
    case .duplicateArm(let arm):
      BilingualText(ja: "群「\(arm)」が二つあります", en: "there are two arms '\(arm)'")
    case .shareOutOfRange(let arm, let share):
      BilingualText(
        ja: "群「\(arm)」の割合\(share)は使えません", en: "the share \(share) of arm '\(arm)' is out of range")
    case .noUnits: BilingualText(ja: "対象者がいません", en: "there are no units")
    case .missingBlock(let unit):
      BilingualText(ja: "「\(unit)」の層が分かりません", en: "'\(unit)' has no block")
    case .missingCluster(let unit):
      BilingualText(ja: "「\(unit)」のまとまりが分かりません", en: "'\(unit)' has no cluster")
    case .clusterInSeveralBlocks(let cluster):
      BilingualText(
        ja: "まとまり「\(cluster)」が複数の層にまたがっています",
        en: "the cluster '\(cluster)' lies in several blocks")
    case .unequalMeasurements(let unit):
      BilingualText(ja: "「\(unit)」の共変量がそろっていません", en: "'\(unit)' lacks a covariate")
    case .noVariation:
      BilingualText(ja: "共変量が全員同じです", en: "no covariate varies")
    case .oddNumber(let block, let count):
      BilingualText(
        ja: "二つずつの組にできません（\(block.map { "層\($0)は" } ?? "")\(count)で奇数です）",
        en: "\(count) cannot be paired\(block.map { " in block \($0)" } ?? "")")
    case .tooManyToPair(let count, let limit):
      BilingualText(
        ja: "組にできるのは一つの層で\(limit)までです（\(count)あります）。blocks で分けてください",
        en: "at most \(limit) in a block can be paired (here \(count)); divide them by blocks")
    case .notTwoArms(let count):
      BilingualText(ja: "この方法は2群の試験に使います（\(count)群あります）", en: "it needs two arms, not \(count)")
    case .unequalShares:
      BilingualText(ja: "この方法では群の割合を等しくします", en: "it needs equal shares")
    case .parameterOutOfRange(let name, let value):
      BilingualText(ja: "\(name)の値\(value)は使えません", en: "\(name) \(value) is out of range")
    case .noneAccepted(let tries):
      BilingualText(
        ja: "\(tries)回引いても、そろった割付けになりませんでした。acceptance を大きくしてください",
        en: "none of \(tries) draws was balanced enough; raise acceptance")
    case .unequalFactors(let unit):
      BilingualText(ja: "「\(unit)」の要因がそろっていません", en: "'\(unit)' lacks a factor")
    case .multipleOutOfRange, .foreignState: BilingualText(ja: "\(self)", en: "\(self)")
    }
  }
}
