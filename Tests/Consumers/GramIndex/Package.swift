// swift-tools-version: 6.3

import PackageDescription

/// A stranger's package that uses the product `GramIndex` and nothing else of this repository.
///
/// What links only beside other targets does not link here. `../run` copies the program of the
/// product's README into it.
let package = Package(
    name: "rows",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "gongkai", path: "../../..")],
    targets: [
        .executableTarget(
            name: "rows", dependencies: [.product(name: "GramIndex", package: "gongkai")],
            swiftSettings: [.swiftLanguageMode(.v6), .strictMemorySafety()])
    ]
)
