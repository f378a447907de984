import Analysis
import Vocabulary

/// One message with the reasons for it.
struct MessageCard: Hashable {
  var arm: String
  var isControl: Bool
  /// What interviews found and the message answers.
  var barriers: [String]
  /// The levers, in words.
  var levers: [String]
  /// Channel and cost.
  var facts: [String]
  var message: String?
}

extension ResultIndex {
  var messageCards: [MessageCard] {
    trial.arms.map { arm in
      MessageCard(
        arm: arm.name[language], isControl: arm.control,
        barriers: arm.addresses.map { id in
          guard let insight = trial.insights.first(where: { $0.id == id }) else { return id }
          let origin =
            insight.source.map {
              language.say(ja: "（\(source($0))）", en: " (\(source($0)))")
            } ?? ""
          return language.quoted(insight.barrier[language]) + origin
        },
        levers: arm.east.map { lever($0) },
        facts: [arm.channel.map(channel), arm.cost.map(cost)].compactMap { $0 },
        message: arm.message?[language])
    }
  }

  /// The four levers of the EAST framework (Behavioural Insights Team).
  private func lever(_ name: String) -> String {
    switch name {
    case "easy": language.say(ja: "簡単に（Easy）", en: "Easy")
    case "attractive": language.say(ja: "魅力的に（Attractive）", en: "Attractive")
    case "social": language.say(ja: "社会性（Social）", en: "Social")
    case "timely": language.say(ja: "時機よく（Timely）", en: "Timely")
    default: name
    }
  }

  private func source(_ name: String) -> String {
    switch name {
    case "interview": language.say(ja: "聞き取り", en: "interview")
    case "expert": language.say(ja: "支援者の話", en: "expert")
    case "data": language.say(ja: "データ", en: "data")
    case "literature": language.say(ja: "文献", en: "literature")
    case "workshop": language.say(ja: "ワークショップ", en: "workshop")
    default: name
    }
  }

  private func channel(_ name: String) -> String {
    switch name {
    case "mail": language.say(ja: "郵送", en: "by post")
    case "email": language.say(ja: "電子メール", en: "by e-mail")
    case "sms": language.say(ja: "SMS", en: "by SMS")
    case "face_to_face": language.say(ja: "対面", en: "face to face")
    case "newspaper": language.say(ja: "広報紙", en: "in the newspaper")
    case "web": language.say(ja: "Web広告", en: "on the web")
    case "line": language.say(ja: "LINE", en: "by LINE")
    default: name
    }
  }

  private func cost(_ yen: Double) -> String {
    let decimals = DecimalDigits(yen)?.decimals ?? 0
    let amount = NumberStyle(decimals: min(decimals, 2)).text(yen)
    return language.say(ja: "1通\(amount)円", en: "\(amount) yen each")
  }
}
