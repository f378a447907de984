import Vocabulary

extension MethodWording {
  /// How the confirmatory tests were adjusted for their number, and on which paper that rests.
  static func multiplicity(_ name: String, _ language: Language) -> (String, Reference?) {
    switch name {
    case "none":
      (
        language.say(
          ja: "補正していません。比較の数が多いほど、偶然に「差がある」と出やすくなります。",
          en: "Not adjusted: the more comparisons, the more of them look different by chance."), nil
      )
    case "bonferroni":
      (
        language.say(
          ja: "ボンフェローニ法（p値に比較の数を掛ける）。主要な成果指標に適用。",
          en: "Bonferroni (p-values times the number of comparisons), over the primary outcomes."),
        nil
      )
    case "holm":
      (
        language.say(
          ja: "ホルム法。主要な成果指標の比較全体で、一つでも誤って「差がある」とする確率を抑えます。",
          en: "Holm, over the primary outcomes: it limits the probability of even one false claim."),
        .holm
      )
    case "hochberg":
      (
        language.say(
          ja: "ホッホバーグ法。主要な成果指標の比較全体で、一つでも誤って「差がある」とする確率を抑えます。",
          en:
            "Hochberg, over the primary outcomes: it limits the probability of even one false claim "
            + "where the tests are not negatively dependent."), .hochberg
      )
    case "hommel":
      (
        language.say(
          ja: "ホンメル法。主要な成果指標の比較全体で、一つでも誤って「差がある」とする確率を抑えます。",
          en:
            "Hommel, over the primary outcomes: it limits the probability of even one false claim "
            + "where the tests are not negatively dependent."), nil
      )
    case "by":
      (
        language.say(
          ja: "ベンジャミニ・イェクティエリ法。検定どうしの関係によらず、「差がある」としたもののうち誤りが占める割合の期待値を抑えます。",
          en:
            "Benjamini–Yekutieli: it limits the expected share of false claims among the claims, "
            + "however the tests depend on each other."), nil
      )
    case "dunnett":
      (
        language.say(
          ja: "ダネット法。複数の文面を一つの対照と比べることによる関連を織り込んで、一つでも誤って「差がある」とする確率を抑えます"
            + "（成果指標が複数あるときは、さらにボンフェローニ法）。",
          en:
            "Dunnett: several messages against one control, with their correlation; it limits the "
            + "probability of even one false claim (Bonferroni over several outcomes)."), .dunnett
      )
    case "max_t":
      (
        language.say(
          ja: "最大統計量法（割り付けのやり直しによる段階的な補正）。比較どうしの関連を織り込んで、一つでも誤って「差がある」とする確率を抑えます。",
          en:
            "Step-down maximum statistics over re-drawn assignments: the dependence between the "
            + "comparisons is in them; it limits the probability of even one false claim."),
        .westfallYoung
      )
    case "fixed_sequence":
      (
        language.say(
          ja: "順序を決めた検定。主要な成果指標を計画の順に検定し、一つでも基準に届かなければ、その後の指標では「差がある」としません。",
          en:
            "A fixed sequence: outcomes are tested in the planned order, and none after the first that "
            + "fails."), .bretz
      )
    case "serial":
      (
        language.say(
          ja: "関門方式（直列）。先の段の比較がすべて基準に届いたときに限り、次の段を検定します。",
          en: "Serial gates: a family is tested only once every test of the one before succeeded."),
        .bretz
      )
    case "parallel":
      (
        language.say(
          ja: "関門方式（並列）。先の段の比較が一つでも基準に届けば、その分の有意水準を次の段に回します。",
          en:
            "Parallel gates: each test that succeeds passes its share of the error on to the next "
            + "family."), .bretz
      )
    case "bh":
      (
        language.say(
          ja: "ベンジャミニ・ホッホバーグ法。「差がある」としたもののうち誤りが占める割合の期待値を抑えます。",
          en: "Benjamini–Hochberg: it limits the expected share of false claims among the claims."),
        .benjaminiHochberg
      )
    default: (name, nil)
    }
  }
}
