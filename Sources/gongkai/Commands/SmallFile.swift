import Platform
import SystemPackage

/// A small file that a person names.
enum SmallFile {
    /// The most bytes that are read.
    private static let most = 1 << 20

    /// The text of a file; nil when it cannot be read or is too large.
    static func text(_ name: String) -> String? {
        guard
            let file = try? FileDescriptor.open(
                FilePath(name), .readOnly, options: [.closeOnExec, .nonBlocking])
        else { return nil }
        defer { try? file.close() }
        var text: [UInt8] = []
        while text.count <= most {
            var piece = [UInt8](repeating: 0, count: 1 << 16)
            let count = FileCalls.readNext(file.rawValue, into: &piece)
            if count <= 0 { return count == 0 ? String(decoding: text, as: UTF8.self) : nil }
            text += piece.prefix(count)
        }
        return nil
    }
}
