// swift-tools-version: 6.3

import PackageDescription

/// Settings of every Swift target, tests included.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let cSettings: [CSetting] = [
    .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
]

let cxxSettings: [CXXSetting] = [
    .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
]

func library(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        resources: resources, swiftSettings: swiftSettings)
}

/// A library that a search does without: on Linux `CPlatform` loads it when it is first needed, and
/// nothing links it, as pkg-config's flags would.
func lateLibrary(
    _ name: String, path: String, pkgConfig: String, providers: [SystemPackageProvider]
) -> Target {
    #if os(Linux)
        .systemLibrary(name: name, path: path, providers: providers)
    #else
        .systemLibrary(name: name, path: path, pkgConfig: pkgConfig, providers: providers)
    #endif
}

let package = Package(
    name: "gongkai",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gongkai", targets: ["gongkai"]),
        .library(name: "Xapian", targets: ["Xapian"]),
        .library(name: "GramIndex", targets: ["GramIndex"]),
        // What the local page, a package of its own in Serve, answers with; not for others.
        .library(
            name: "ReportAnswers",
            targets: [
                "ReportSearch", "ReportOutput", "PlainXapian", "QueryLanguage", "ReportModel",
                "Platform",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // The C border: the only place that sees libxapian's C++.
        .systemLibrary(
            name: "LibXapian", path: "CXapian/libxapian", pkgConfig: "xapian-core",
            providers: [.apt(["libxapian-dev"]), .brew(["xapian"])]),
        .target(
            name: "CXapian", dependencies: ["LibXapian"], path: "CXapian",
            exclude: ["libxapian"], publicHeadersPath: "include", cxxSettings: cxxSettings,
            // Foundation would bring it; whoever uses the product alone has nothing that does.
            linkerSettings: [.linkedLibrary("m")]),
        .target(
            name: "CGramIndex", path: "CGramIndex", publicHeadersPath: "include",
            cxxSettings: cxxSettings),
        lateLibrary(
            "LibICU", path: "CICU/icu", pkgConfig: "icu-uc",
            providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
        .target(
            name: "CICU", dependencies: ["CPlatform", "LibICU"], path: "CICU", exclude: ["icu"],
            cSettings: cSettings),

        // The C border of document formats: the only place that sees libxml2's and zlib's headers.
        lateLibrary(
            "LibXML2", path: "CDocuments/libxml2", pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(
            name: "LibZ", path: "CDocuments/zlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(
            name: "CDocuments", dependencies: ["CPlatform", "LibXML2", "LibZ"], path: "CDocuments",
            exclude: ["libxml2", "zlib"], publicHeadersPath: "include",
            // Where the headers are on Linux; elsewhere pkg-config says it. No product that others
            // use depends on this target, and so on a flag that SwiftPM calls unsafe.
            cSettings: cSettings + [
                .unsafeFlags(["-I/usr/include/libxml2"], .when(platforms: [.linux]))
            ]),

        lateLibrary(
            "LibNettle", path: "CPlatform/nettle", pkgConfig: "nettle",
            providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
        .target(
            name: "CPlatform", dependencies: ["LibNettle"], path: "CPlatform",
            exclude: ["nettle"], cSettings: cSettings),

        library("Xapian", ["CXapian"], exclude: ["README.md"]),
        library("GramIndex", ["CGramIndex"], exclude: ["README.md"]),
        library("Documents", ["CDocuments"]),
        library(
            "Platform",
            ["CPlatform", .product(name: "SystemPackage", package: "swift-system")]),
        library("ChineseText", ["CICU"]),
        library("ReportModel", []),
        library("ReportParsing", ["ReportModel", "ChineseText", "Documents"]),
        library(
            "SegmentStore", ["Xapian", "GramIndex", "ReportModel", "ChineseText", "Platform"]),
        // Databases for stock programs of Xapian, and the asking of their servers: with SegmentStore
        // the only target that sees an engine.
        library(
            "PlainXapian",
            [
                "Xapian", "SegmentStore", "ReportModel", "ChineseText", "Platform",
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        library(
            "IndexFolder",
            ["Platform", .product(name: "SystemPackage", package: "swift-system")]),
        library("QueryLanguage", []),
        library(
            "ReportIndexing",
            [
                "ReportParsing", "ReportModel", "SegmentStore", "IndexFolder", "Platform",
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        library(
            "ReportSearch",
            [
                "QueryLanguage", "ReportModel", "SegmentStore", "PlainXapian", "IndexFolder",
                "Platform",
            ]),
        library("ReportOutput", ["ReportSearch", "QueryLanguage", "ReportModel", "Platform"]),
        .executableTarget(
            name: "gongkai",
            dependencies: [
                "ReportIndexing", "ReportSearch", "ReportOutput", "PlainXapian", "QueryLanguage",
                "ReportModel", "Platform",
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings,
            // Some 53,000 addresses depend on where the program is loaded: they take 24 bytes each,
            // or packed a bit or so. LLD packs them, gold cannot; glibc reads that since 2.36.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
                    .when(platforms: [.linux]))
            ]),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: swiftSettings),
        .target(
            name: "GeneratedReports", dependencies: ["ReportModel", "ChineseText", "TestSupport"],
            path: "Tests/GeneratedReports", swiftSettings: swiftSettings),
        .executableTarget(
            name: "accuracy",
            dependencies: [
                "GeneratedReports", "ReportParsing", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Accuracy", swiftSettings: swiftSettings),
        .target(
            name: "CXapianTesting", dependencies: ["CXapian", "LibXapian"],
            path: "Tests/CXapianTesting", publicHeadersPath: "include",
            cxxSettings: cxxSettings),
        .target(name: "CExactMapping", path: "Tests/CExactMapping", cSettings: cSettings),
        .executableTarget(
            name: "indexharness",
            dependencies: [
                "CExactMapping", "QueryLanguage", "ReportIndexing", "ReportModel", "ReportSearch",
            ],
            path: "Tests/IndexHarness", swiftSettings: swiftSettings,
            // No product of this package's that others use depends on it.
            linkerSettings: [
                .unsafeFlags(
                    ["mmap", "mmap64", "munmap", "madvise"].flatMap {
                        ["-Xlinker", "--wrap=\($0)"]
                    }, .when(platforms: [.linux]))
            ]),
        tests(of: "Xapian", ["CXapian", "CXapianTesting"]),
        tests(of: "GramIndex", ["CGramIndex"]),
        tests(of: "ChineseText"),
        tests(of: "Platform", [.product(name: "SystemPackage", package: "swift-system")]),
        tests(of: "Documents"),
        tests(of: "ReportModel"),
        tests(of: "QueryLanguage"),
        tests(
            of: "ReportParsing", ["ReportModel", "ChineseText", "Documents", "GeneratedReports"]),
        tests(of: "SegmentStore", ["Platform", "ReportModel", "ChineseText"]),
        tests(of: "PlainXapian", ["ReportModel"]),
        tests(of: "IndexFolder", ["Platform"]),
        tests(of: "ReportIndexing", ["ReportSearch", "QueryLanguage", "ReportModel", "Platform"]),
        tests(
            of: "ReportSearch",
            ["ReportIndexing", "QueryLanguage", "SegmentStore", "ReportModel"]),
        tests(of: "ReportOutput", ["ReportSearch", "QueryLanguage", "ReportModel"]),
        tests(
            of: "gongkai",
            [
                "QueryLanguage", "ReportModel", "ReportOutput", "ReportSearch", "SegmentStore",
                "IndexFolder",
                "Platform",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    cxxLanguageStandard: .cxx17
)

// Only Scripts/docs sets it: whoever uses the products fetches no tool of documentation.
if Context.environment["GONGKAI_DOCS"] != nil {
    package.dependencies.append(
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

// Only Scripts/libfuzz sets it: the program needs libFuzzer, which the script's flags bring.
if Context.environment["GONGKAI_FUZZ"] != nil {
    package.targets += [
        // How a request's target is read, without the rest of the package Serve.
        .target(
            name: "ServeAddress", path: "Serve/Sources/ServePages", sources: ["Address.swift"],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "fuzzing",
            dependencies: [
                "ChineseText", "GramIndex", "IndexFolder", "Platform", "QueryLanguage",
                "ReportModel", "ReportParsing", "SegmentStore", "ServeAddress",
            ],
            path: "Tests/Fuzzing", exclude: ["corpus"],
            // What libFuzzer hands over is a pointer.
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    ]
}
