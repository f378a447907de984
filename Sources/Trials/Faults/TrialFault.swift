import Vocabulary

/// What can be wrong with a trial file: facts only, worded in `TrialFaultWords.swift`.
enum TrialFault: Error, Hashable, Sendable {
  // MARK: The file
  case noSuchFile
  case folderWithout(String, others: [String])
  case notAFile
  case notPermitted
  case unreadable
  case tooLarge
  case otherEncoding(String)
  case notUTF8
  case controlCharacter(UInt32)
  case emptyFile

  // MARK: YAML
  case severalDocuments
  case alias(String)
  case syntax(SyntaxProblem)
  case duplicateKey(String)
  case keyIsNotText
  case tag(String)

  // MARK: Shapes and values
  case unknownKey(String, section: String, accepted: [String])
  case missingKey(String, section: String)
  case wrongShape(wanted: WantedShape)
  case nothingWritten(String)
  case notANumber(String)
  case outOfRange(String, NumberRange)
  case notYesOrNo(String)
  case notADate(CalendarDate.ParsingError)
  case unknownName(Vocable, String, accepted: [String])
  case badMunicipalityCode(String)
  case sheetWithoutWorkbook
  case passwordInAddress
  case secretInAddress(String?)
  case noDatabaseAddress
  case tableMissing
  case tableWithoutDatabase
  case badTableName(String)
  case encodingOfDatabase
  case badFiscalYear(String)
  case yearsDoNotRise
  case otherNumberOfYears(Int, years: Int)
  case badIdentifier(String, IdentifierStyle)
  case unknownFormatVersion(String)
  case notInThisVersion(LaterFeature)

  // MARK: The trial as a whole
  case tooFewArms(Int)
  case noControl
  case severalControls([String])
  case duplicateID(Vocable, String)
  case reservedCohort
  case periodReversed(CalendarDate, CalendarDate)
  case noPrimaryOutcome
  case blockedWithoutBlocks
  case blocksUnused(method: String)
  case clusteredWithoutClusters(method: String)
  case tooFewPeriods(Int)
  case wedgeOfArms(Int)
  case wedgeOfOutcome(String)
  case wedgeBeside(String)
  case clustersUnused(method: String)
  case keyNeeded(String, method: String)
  case keyUnused(String, method: String, users: [String])
  case covariatesBesideEstimator
  case countsAreNotUnits(what: String)
  case countColumnUnused
  case worthwhileOverOne(String)
  case columnIsNotBinary(String)
  case columnHasOtherRole(String)
  case boundsReversed(String, String)
  case rangeWithoutBounds
  case probabilityOutOfRange(baseline: Double, effect: Double, arm: String)
  case effectOfControl(String)
  case notOfKind(String, [String])
  case twoScalesOfICC
  case oneCorrelation
  case orderOfOne
  case valuesMissing([String])
  case unknownPreviousStep(String, accepted: [String])
  case settingsNotAccepted(of: String)
  case marginMissing(String)
  case looksDoNotRise
  case looksBesideJointAdjustment(String)
  case redrawsUnknown(method: String)
  case nothingToRedraw
  case factorsMissing
  case levelsMissing
  case levelsOfArmMissing(String, factors: [String])
  case levelsWithoutFactors
  case combinationsMissing([String])
  case combinationsTwice([String])
  case controlIsNotReference(String)
  case factorialBeside(String)
  case besideNudgeUnits(String)
  case gatesWithoutOrder(String)
  case primaryOutsideGates([String])
  case sequenceOfFamilies

  // MARK: The trial against its data
  case columnNotInData(String, file: String, accepted: [String])
}

/// What a key wants to see written after it.
enum WantedShape: Hashable, Sendable {
  case mapping, list, text, bilingualText, condition, estimator
}

/// The letters that a name of the author's own may have.
enum IdentifierStyle: Hashable, Sendable {
  /// a–z, 0–9 and `-`: names of trials, which become names of folders.
  case trial
  /// Also A–Z and `_`.
  case part

  func accepts(_ text: String) -> Bool {
    text.utf8.enumerated().allSatisfy { offset, letter in
      switch letter {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"): offset > 0
      case UInt8(ascii: "_"): offset > 0 && self == .part
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): self == .part
      default: false
      }
    }
  }
}

/// The kinds of name that a trial file contains.
enum Vocable: Hashable, Sendable {
  case arm, outcome, cohort, insight, funnelStep, simulatedColumn, columnOfDays, columnOfCategories,
    partOfCalendar
  case factor, level, period
  case estimator, method, role, kind, direction, east, shape, encoding, multiplicity
  case inference, subgroup, spending, primaryOutcome, framework, smallGroups
  /// A setting of an estimator, by its name.
  case setting(String)
}

/// The numbers that a key accepts.
enum NumberRange: Hashable, Sendable {
  /// Any number.
  case any
  /// 0 or more.
  case notNegative
  /// More than 0.
  case positive
  /// More than 0.5 and less than 1.
  case confidenceLevel
  /// 0 to 1, both included.
  case probability
  /// More than 0 and less than 1.
  case openProbability
  /// 0 to 100, both included.
  case percentage
  /// More than 0.5 and at most 1.
  case coin
  /// 1 or more.
  case atLeastOne
  /// More than 0 and at most 1.
  case positiveShare
  /// 0 or more and less than 1.
  case lossShare
  /// Between −1 and 1, both excluded.
  case correlation
  /// More than 0 and at most 1.
  case informationShare
  /// Whole numbers between two, both included.
  case whole(from: Int, to: Int)
  /// Whole numbers from 0 to the largest seed.
  case seed

  /// Whether a number is accepted; only whole numbers that are exact are whole.
  func contains(_ value: Double) -> Bool {
    switch self {
    case .any: true
    case .notNegative: value >= 0
    case .positive: value > 0
    case .confidenceLevel: value > 0.5 && value < 1
    case .probability: (0...1).contains(value)
    case .openProbability: value > 0 && value < 1
    case .percentage: (0...100).contains(value)
    case .coin: value > 0.5 && value <= 1
    case .atLeastOne: value >= 1
    case .positiveShare: value > 0 && value <= 1
    case .lossShare: value >= 0 && value < 1
    case .correlation: value > -1 && value < 1
    case .informationShare: value > 0 && value <= 1
    case .whole(let from, let to):
      value == value.rounded() && value >= Double(from) && value <= Double(to)
    case .seed: value == value.rounded() && value >= 0 && value < 0x1p53
    }
  }
}
