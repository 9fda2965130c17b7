import ChineseText
import Documents

/// A file within another one, such as an archive, or a record of a list.
public struct ContainedFile: Sendable {
    /// Its path within the other file, without `.` and `..`, each name UTF-8.
    public let name: String
    /// About how many bytes it has.
    public let size: Int
    /// What the other file says of it beside its bytes.
    public let evidence: FileEvidence
    private let content: Content

    private enum Content: Sendable {
        case bytes([UInt8])
        case part(ZipArchive, ZipArchive.Part)
        case problem(UndecodableText)
    }

    init(_ name: String, _ bytes: [UInt8], evidence: FileEvidence = FileEvidence()) {
        self.name = name
        size = bytes.count
        self.evidence = evidence
        content = .bytes(bytes)
    }

    init(_ name: String, part: ZipArchive.Part, of archive: ZipArchive) {
        self.name = name
        size = part.expanded
        evidence = FileEvidence()
        content = .part(archive, part)
    }

    init(_ name: String, problem: UndecodableText) {
        self.name = name
        size = 0
        evidence = FileEvidence()
        content = .problem(problem)
    }

    /// The bytes, expanded.
    public func bytes() throws(UndecodableText) -> [UInt8] {
        switch content {
        case .bytes(let bytes): return bytes
        case .problem(let problem): throw problem
        case .part(let archive, let part):
            do {
                return try archive.bytes(of: part)
            } catch {
                throw UndecodableText(reason: error.reason(of: "a part of a ZIP archive"))
            }
        }
    }
}

/// What is known of a file beside its bytes.
public struct FileEvidence: Sendable, Hashable {
    /// Its title; nil when unknown.
    public var title: String?
    /// Who published it; nil when unknown.
    public var publisher: String?
    /// When it was published, as it is printed; nil when unknown.
    public var published: String?
    /// Where it was found; nil when unknown.
    public var url: String?

    /// Nothing.
    public init() {}

    /// Whether nothing is known.
    public var isEmpty: Bool { self == FileEvidence() }

    /// All that is known, so that two files of the same bytes can be told apart.
    public var bytes: [UInt8] {
        [title, publisher, published, url].flatMap { [0] + Array(($0 ?? "").utf8) }
    }
}

/// The names of files within others.
enum MemberName {
    /// No name is longer, in bytes.
    private static let longest = 2_048

    /// A name as UTF-8 without `.`, `..` and empty parts; nil for what is no file, and for what the
    /// systems of others put into archives.
    static func plain(_ bytes: [UInt8], isUTF8: Bool = false) -> String? {
        guard bytes.count <= longest, bytes.last != 0x2F, bytes.last != 0x5C else { return nil }
        let text: [UInt8]
        if isUTF8 || TextEncoding.isUTF8(bytes.span) {
            text = bytes
        } else {
            // Archivers of Windows write the system's encoding.
            text =
                TextEncoding.gb18030.utf8(of: bytes.span) ?? TextEncoding.big5.utf8(of: bytes.span)
                ?? TextEncoding.gb18030.repair(bytes.span).utf8
        }
        return plain(String(decoding: text, as: UTF8.self))
    }

    /// The same of a name that is text.
    static func plain(_ name: String) -> String? {
        let parts = name.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." && $0 != ".." }
        guard let last = parts.last, !parts.contains(where: { $0.hasPrefix(".") }),
            parts.first != "__MACOSX", last.utf8.count <= longest
        else { return nil }
        return parts.joined(separator: "/").replacing("\0", with: "")
    }
}
