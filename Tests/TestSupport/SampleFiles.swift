public import Foundation

/// The files that tests read: the package's own sample reports, and the real reports that lie
/// beside a developer's checkout.
public enum SampleFiles {
    /// The package's folder.
    public static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The sample reports of the package.
    public static let corpus = package.appending(path: "corpus")

    /// The folder of real reports and their readings beside the checkout; nil in a lone clone.
    public static let shared: URL? = {
        let folder = package.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Every file below a folder with one of these endings, in the order of their paths.
    public static func files(below folder: URL, endings: [String]) -> [URL] {
        guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return paths.compactMap { $0 as? String }
            .filter { path in endings.contains { path.hasSuffix($0) } }
            .sorted().map { folder.appending(path: $0) }
    }

    /// The bytes of a file.
    public static func bytes(of file: URL) throws -> [UInt8] {
        try Array(Data(contentsOf: file))
    }
}
