// swift-tools-version: 6.3

// The local page. A package of its own, so that nobody who uses the libraries or the command fetches
// or builds swift-nio.

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "gongkai-serve",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "gongkai-serve", targets: ["gongkai-serve"])],
    dependencies: [
        .package(name: "gongkai", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .target(
            name: "ServePages",
            dependencies: [.product(name: "ReportAnswers", package: "gongkai")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "gongkai-serve",
            dependencies: [
                "ServePages",
                .product(name: "ReportAnswers", package: "gongkai"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings,
            // As in gongkai.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
                    .when(platforms: [.linux]))
            ]),
        .testTarget(
            name: "ServePagesTests",
            dependencies: ["ServePages", .product(name: "ReportAnswers", package: "gongkai")],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "GongkaiServeTests",
            dependencies: [
                "ServePages", "gongkai-serve", .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings),
    ]
)
