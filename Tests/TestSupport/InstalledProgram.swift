import Foundation

/// Programs of other packages, which some tests ask.
public enum InstalledProgram {
    /// Where a program is; nil, and a line that says so, when it is not installed.
    public static func path(of name: String) -> String? {
        let path = ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        if path == nil { print("skipped: \(name) is not installed") }
        return path
    }

    /// Whether Debian's Python has Xapian's bindings, which a line says when it has not.
    public static let hasXapianForPython: Bool = {
        guard let python = path(of: "python3") else { return false }
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", "import xapian"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        if process.terminationStatus != 0 { print("skipped: python3-xapian is not installed") }
        return process.terminationStatus == 0
    }()
}
