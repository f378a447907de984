// swift-tools-version: 6.2
import PackageDescription

// Arrows point down. Each target may import only what stands in its own list:
//
//   nudge → Reporting → Analysis → Enrolment → Ledger ──────→ Vocabulary
//                │             │        └────→ Trials, DataSources ─┘
//                │             ├──→ Statistics → RandomAssignment, GSL → CGSL
//                │             └──→ GSL (simulated liabilities)
//                ├──→ SelfTest ─────┘      (DataSources → CScan: where commas stand; CZlib)
//                └──→ Spreadsheet → CXLSXWriter
//   nudge → SQLiteSource, PostgresSource, SparkSource → DataSources (one adapter a target; nothing else knows them)
//                               └→ CPQ
//

// MARK: - Libraries that others keep

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

// Spark Connect speaks gRPC, which takes longer to build than all the rest: only with --traits Spark.
let ifSpark = TargetDependencyCondition.when(traits: ["Spark"])
let grpc: [Target.Dependency] = [
  .product(name: "GRPCCore", package: "grpc-swift-2", condition: ifSpark),
  .product(
    name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport", condition: ifSpark),
  .product(name: "NIOCore", package: "swift-nio", condition: ifSpark),
  .product(name: "NIOPosix", package: "swift-nio", condition: ifSpark),
  .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf", condition: ifSpark),
  .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: ifSpark),
]

// MARK: - Settings

// The Makefile asks for warnings as errors; a newer compiler's new warning must not stop a newcomer.
let strict: [SwiftSetting] =
  Context.environment["NUDGE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

// A newcomer's build needs no server's library: `swift build --traits Postgres` adds the adapter.
let ifPostgres = TargetDependencyCondition.when(traits: ["Postgres"])

let settings: [SwiftSetting] =
  strict + [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

func layer(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, also: [Target.Dependency] = [], data: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "TestSupport"] + also,
    resources: data,
    swiftSettings: settings)
}

// MARK: - The package

let package = Package(
  name: "nudge",
  products: [
    .executable(name: "nudge", targets: ["nudge"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Trials", targets: ["Trials"]),
    .library(name: "DataSources", targets: ["DataSources"]),
    .library(name: "Analysis", targets: ["Analysis"]),
    .library(name: "Reporting", targets: ["Reporting"]),
  ],
  traits: [
    .trait(name: "Postgres", description: "Reads tables of PostgreSQL (needs libpq)."),
    .trait(name: "Spark", description: "Reads tables of Spark by Spark Connect (builds gRPC)."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // MARK: Numbers
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    layer("GSL", on: ["CGSL"]),
    layer("RandomAssignment", on: [crypto]),
    layer("Statistics", on: ["GSL", "RandomAssignment"]),

    // MARK: Trials and data
    layer("Vocabulary"),
    layer("Trials", on: ["Vocabulary", "Statistics", "RandomAssignment", yams]),
    .systemLibrary(name: "CScan"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    layer("DataSources", on: ["Vocabulary", "Statistics", "CScan", "CZlib", crypto]),
    layer("SQLiteSource", on: ["DataSources", "Vocabulary", grdb, crypto]),
    .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    layer(
      "PostgresSource",
      on: ["DataSources", "Vocabulary", .target(name: "CPQ", condition: ifPostgres)]),

    layer("SparkSource", on: ["DataSources", "Vocabulary"] + grpc),

    // MARK: Before the outcome
    layer("Ledger", on: ["Vocabulary", grdb, crypto]),
    layer(
      "Enrolment",
      on: ["Ledger", "Trials", "DataSources", "Statistics", "RandomAssignment", "Vocabulary"]),

    // MARK: From data to report
    layer(
      "Analysis",
      on: [
        "Enrolment", "Ledger", "Trials", "DataSources", "Statistics", "RandomAssignment", "GSL",
        "Vocabulary",
      ]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    layer("Spreadsheet", on: ["CXLSXWriter"]),
    layer("SelfTest", on: ["Statistics", "RandomAssignment", "Vocabulary"]),
    layer(
      "Reporting",
      on: [
        "Analysis", "Enrolment", "Ledger", "SelfTest", "Spreadsheet", "Trials", "Vocabulary",
      ]),
    .executableTarget(
      name: "nudge",
      dependencies: [
        "Reporting", "SelfTest", "Analysis", "Enrolment", "Ledger", "Trials", "DataSources",
        "SQLiteSource", .target(name: "PostgresSource", condition: ifPostgres),
        "Statistics",
        "RandomAssignment", "Vocabulary", argumentParser,
        .target(name: "SparkSource", condition: ifSpark),
      ],
      swiftSettings: settings),

    // MARK: Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests(of: "GSL"),
    tests(of: "RandomAssignment", also: [crypto], data: [.copy("Reference")]),
    tests(of: "Statistics", also: ["GSL", "RandomAssignment"], data: [.copy("Reference")]),
    tests(of: "Vocabulary"),
    tests(of: "Trials", also: ["Vocabulary", "Statistics", "RandomAssignment"]),
    tests(of: "Ledger", also: [grdb]),
    tests(
      of: "Enrolment",
      also: ["Ledger", "Trials", "DataSources", "Statistics", "RandomAssignment", "Vocabulary"]),
    tests(
      of: "DataSources", also: ["Spreadsheet", "Vocabulary", "Statistics"], data: [.copy("SQL")]),
    .target(
      name: "SourceConformance",
      dependencies: ["DataSources", "Statistics", "Vocabulary", "TestSupport"],
      path: "Tests/SourceConformance", swiftSettings: settings),
    tests(
      of: "SQLiteSource",
      also: ["DataSources", "Statistics", "Vocabulary", "SourceConformance", grdb]),
    tests(
      of: "Analysis",
      also: ["Ledger", "Trials", "DataSources", "Statistics", "RandomAssignment", "Vocabulary"],
      data: [.copy("Reference")]),
    tests(
      of: "SparkSource", also: ["DataSources", "SourceConformance", "Vocabulary"],
      data: [.copy("Reference")]),
    tests(of: "Spreadsheet"),
    tests(of: "SelfTest", also: ["Vocabulary"]),
    tests(
      of: "Reporting", also: ["Spreadsheet", "Analysis", "SelfTest", "Statistics", "Vocabulary"]),
    // With the trait only, beside a server: `make test-adapters`.
    .testTarget(
      name: "AdapterTests",
      dependencies: [
        "DataSources", "Statistics", "Vocabulary", "TestSupport", "SourceConformance",
        .target(name: "PostgresSource", condition: ifPostgres), "nudge",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "nudge", "Analysis", "Enrolment", "Ledger", "Trials", "Vocabulary", "TestSupport",
      ],
      swiftSettings: settings),
  ]
)
