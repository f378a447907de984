public import ArgumentParser
import Foundation
public import Vocabulary

extension Language: ExpressibleByArgument {}

/// `--lang`, shared by every command that prints words.
struct LanguageOption: ParsableArguments {
  @Option(
    name: .customLong("lang"), help: "言語 / language: ja | en（既定は LANG から / default from LANG）")
  var chosen: Language?

  /// Japanese, unless the environment asks for English.
  var language: Language {
    if let chosen { return chosen }
    let environment = ProcessInfo.processInfo.environment
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.lowercased().hasPrefix("en") ? .english : .japanese
  }

  /// Runs work whose faults are then worded in this language.
  func wordingFaults<Answer>(_ work: () throws -> Answer) throws -> Answer {
    do {
      return try work()
    } catch let faults as Faults {
      throw CommandFailure(faults, in: language)
    } catch let fault as Fault {
      throw CommandFailure(Faults(fault), in: language)
    }
  }
}
