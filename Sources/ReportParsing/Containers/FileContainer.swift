import ChineseText
import Documents

/// A file that holds others: an archive, a web archive, a mail with attachments, a list of records.
///
///     if FileContainer.mayBegin(firstBytes) {
///         let container = try FileContainer(source) …
///         while let file = try container.next() { … }
///     }
///
/// What is within is handed over one after the other, and read when it is asked for; nothing is
/// written to disk. An archive within an archive is opened once.
public final class FileContainer {
    private enum Kind {
        case zip(ZipArchive, next: Int, below: String)
        case tar(TarStream)
        case web(WebArchive)
        case records(RecordFiles)
        case mail(MailFiles)
    }

    private var kind: Kind
    private var names = UniqueNames()
    private let fields: RecordFields

    /// As many first bytes tell whether a file may hold others.
    public static let lookedAt = 4_096
    /// What lists and mails are read of, and one file of an archive, in bytes.
    private static let largest = 64 << 20
    private static let mostExpanded = 8 << 30

    /// Whether a file may hold others, told from its first bytes.
    public static func mayBegin(_ start: [UInt8], fields: RecordFields = .usual) -> Bool {
        start.starts(with: [0x50, 0x4B]) || start.starts(with: [0x1F, 0x8B])
            || TarStream.concerns(start) || WebArchive.concerns(start) || isForeign(start)
            || MIMEMessage.concerns(start) || RecordFiles.mayBegin(start, fields: fields)
    }

    /// Whether bytes begin as an archive does that a program of others reads: RAR or 7z.
    private static func isForeign(_ start: [UInt8]) -> Bool {
        start.starts(with: "Rar!".utf8) || start.starts(with: [0x37, 0x7A, 0xBC, 0xAF])
    }

    /// The files in a file; nil when it is one document, or nothing that is known.
    ///
    /// - Parameters:
    ///   - count: how many bytes it has.
    ///   - fields: which fields of records hold what.
    ///   - read: gives its bytes from an offset on.
    public convenience init?(
        count: Int, fields: RecordFields = .usual,
        read: @escaping @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?
    ) throws(UndecodableText) {
        let source = ByteSource(count: count, read: read)
        if Self.isForeign(source.bytes(at: 0, count: min(count, 8)) ?? []) {
            try self.init(foreign: source, fields)
            return
        }
        do throws(ArchiveProblem) {
            try self.init(source, fields)
        } catch {
            throw UndecodableText(reason: error.reason(of: "an archive"))
        }
    }

    /// How the names of files end that are looked into within others: to look into each would
    /// expand it twice.
    private static let endings: Set<String> = [
        "zip", "wacz", "gz", "tgz", "tar", "warc", "rar", "7z", "eml", "json", "jsonl", "ndjson",
        "csv", "tsv",
    ]

    /// The files in a file that another one holds; nil when it is one document.
    public convenience init?(
        of file: ContainedFile, fields: RecordFields = .usual
    ) throws(UndecodableText) {
        let ending = file.name.split(separator: ".").last?.lowercased() ?? ""
        guard file.evidence.isEmpty, Self.endings.contains(ending) else { return nil }
        let bytes = try file.bytes()
        if Self.isForeign(Array(bytes.prefix(8))) {
            try self.init(foreign: ByteSource(bytes), fields)
            return
        }
        guard Self.mayBegin(Array(bytes.prefix(Self.lookedAt)), fields: fields) else { return nil }
        do throws(ArchiveProblem) {
            try self.init(ByteSource(bytes), fields)
        } catch {
            throw UndecodableText(reason: error.reason(of: "an archive"))
        }
    }

    /// Reads an archive by libarchive's `bsdtar`, which turns it into TAR.
    private init(foreign source: ByteSource, _ fields: RecordFields) throws(UndecodableText) {
        let name = "a RAR or 7z archive"
        guard source.count <= Self.largest, let bytes = source.bytes(at: 0, count: source.count)
        else { throw UndecodableText(reason: .overLimits(name)) }
        var limits = OutsideProgram.Limits()
        limits.output = Self.mostForeign
        let program = OutsideProgram("bsdtar", ["-cf", "-", "--format=pax", "@-"], limits: limits)
        do throws(OutsideProgram.Problem) {
            kind = .tar(TarStream(ByteStream(plain: try program.output(for: bytes))))
            self.fields = fields
        } catch {
            throw UndecodableText(reason: Self.reason(error, name))
        }
    }

    private static func reason(
        _ problem: OutsideProgram.Problem, _ name: String
    ) -> UndecodableText.Reason {
        switch problem {
        case .missing: .noProgram(name, package: "bsdtar (Debian: libarchive-tools)")
        case .tooSlow: .tooSlow(name)
        case .tooMuch: .overLimits(name)
        case .failedForNow(let why): .failedForNow(name, why: why)
        case .ended(_, let complaints):
            complaints.contains("assphrase") || complaints.contains("ncrypt")
                ? .encrypted(name) : .damaged(name)
        }
    }

    /// The most bytes that such an archive expands to.
    private static let mostForeign = 96 << 20

    private init?(_ source: ByteSource, _ fields: RecordFields) throws(ArchiveProblem) {
        self.fields = fields
        guard let start = source.bytes(at: 0, count: min(source.count, Self.lookedAt)) else {
            throw .damaged
        }
        if start.starts(with: [0x50, 0x4B]) {
            guard let found = try Self.kind(ofArchive: source) else { return nil }
            kind = found
        } else if MIMEMessage.concerns(start), source.count <= Self.largest {
            guard let bytes = source.bytes(at: 0, count: source.count),
                let mail = MailFiles(bytes)
            else { return nil }
            kind = .mail(mail)
        } else if start.starts(with: [0x1F, 0x8B]) || TarStream.concerns(start)
            || WebArchive.concerns(start)
        {
            let stream = try ByteStream(source, mostExpanded: Self.mostExpanded)
            guard let found = try Self.kind(of: stream, fields) else { return nil }
            kind = found
        } else {
            guard source.count <= Self.largest, RecordFiles.mayBegin(start, fields: fields),
                let bytes = source.bytes(at: 0, count: source.count),
                let records = RecordFiles(bytes, fields: fields)
            else { return nil }
            kind = .records(records)
        }
    }

    private static func kind(
        of stream: ByteStream, _ fields: RecordFields
    ) throws(ArchiveProblem) -> Kind? {
        let start = try stream.peek(lookedAt)
        if TarStream.concerns(start) { return .tar(TarStream(stream)) }
        if WebArchive.concerns(start) { return .web(WebArchive(stream)) }
        let (isArchive, isMail) = (start.starts(with: [0x50, 0x4B]), MIMEMessage.concerns(start))
        guard stream.isCompressed,
            isArchive || isMail || RecordFiles.mayBegin(start, fields: fields),
            let bytes = try stream.rest(atMost: largest)
        else { return nil }
        if isArchive { return try kind(ofArchive: ByteSource(bytes)) }
        if isMail { return MailFiles(bytes).map { .mail($0) } }
        return RecordFiles(bytes, fields: fields).map { .records($0) }
    }

    /// A ZIP archive of files; nil when it is one document.
    private static func kind(ofArchive source: ByteSource) throws(ArchiveProblem) -> Kind? {
        let archive = try ZipArchive(source, limits: .files)
        return ArchiveKind(archive.names).files.map { .zip(archive, next: 0, below: $0) }
    }

    /// The next file; nil at the end.
    public func next() throws(UndecodableText) -> ContainedFile? {
        do throws(ArchiveProblem) {
            switch kind {
            case .zip(let archive, let first, let folder):
                return nextPart(of: archive, from: first, below: folder)
            case .tar(var tar):
                defer { kind = .tar(tar) }
                return try nextFile(of: &tar)
            case .web(var web):
                defer { kind = .web(web) }
                return try web.next()
            case .records(var records):
                defer { kind = .records(records) }
                return records.next()
            case .mail(var mail):
                defer { kind = .mail(mail) }
                return mail.next()
            }
        } catch {
            throw UndecodableText(reason: error.reason(of: "an archive"))
        }
    }

    private func nextPart(
        of archive: ZipArchive, from first: Int, below folder: String
    ) -> ContainedFile? {
        for index in first..<archive.parts.count {
            let part = archive.parts[index]
            guard let name = MemberName.plain(part.name, isUTF8: part.isNameUTF8),
                name.hasPrefix(folder)
            else { continue }
            kind = .zip(archive, next: index + 1, below: folder)
            return ContainedFile(names.unique(name), part: part, of: archive)
        }
        kind = .zip(archive, next: archive.parts.count, below: folder)
        return nil
    }

    private func nextFile(of tar: inout TarStream) throws(ArchiveProblem) -> ContainedFile? {
        while let file = try tar.next(atMost: Self.largest) {
            guard let name = MemberName.plain(file.name) else { continue }
            let unique = names.unique(name)
            return file.bytes.map { ContainedFile(unique, $0) }
                ?? ContainedFile(
                    unique, problem: UndecodableText(reason: .overLimits("a part of an archive")))
        }
        return nil
    }
}
