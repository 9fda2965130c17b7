import Platform
import ReportParsing
import SegmentStore
import SystemPackage

/// Why a file was not read.
public struct FileProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of reason it is.
    public enum Reason: String, Sendable {
        /// The file or folder could not be opened or read.
        case unreadable
        /// The path is neither a file nor a folder.
        case notRegular = "not_regular"
        /// The folder is inside more folders than are entered.
        case tooDeep = "too_deep"
        /// The link leads out of the folder that was to be read.
        case outside
        /// The file is larger than the limit.
        case tooLarge = "too_large"
        /// The file holds nothing, or only spaces.
        case empty
        /// The bytes are of a format that is not read.
        case notText = "not_text"
        /// The bytes are no text in any encoding.
        case undecodable
        /// The bytes are of a format that is read, but cut off or damaged.
        case damaged
        /// The file wants a password.
        case encrypted
        /// The file expands to more than any report holds.
        case overLimits = "over_limits"
        /// The file takes more time to read than any report.
        case tooSlow = "too_slow"
        /// The pages are pictures without text.
        case scan
        /// The file is of a kind that nobody writes as a text: a script, a shortcut, a lock.
        case otherKind = "other_kind"
        /// The file holds no text of a language: a page that a script draws, keys, coded data.
        case noText = "no_text"
        /// The program that reads the format is not installed.
        case noProgram = "no_program"
        /// Something else than the file was wanting: memory, descriptors, a program that was ended.
        case failedForNow = "failed_for_now"
        /// What was read cannot be stored.
        case unstorable
        /// The file was written to while it was read.
        case changed = "changed_while_reading"
    }

    /// Why the file was not read.
    public let reason: Reason
    /// The file's path.
    public let path: String
    /// More about the reason, for a person.
    public let detail: String

    /// Whether a run is to say that it could not read what it was to read.
    public var isFailure: Bool { reason == .tooDeep || reason.isOfTheMoment }

    /// What to do about a file that cannot be read, told by the system's words.
    private var advice: String {
        func says(_ errors: Errno...) -> Bool { errors.contains { detail == $0.description } }
        if says(.tooManyOpenFiles, .tooManyOpenFilesInSystem) {
            return "raise the limit on open files (ulimit -n)"
        }
        if says(.noMemory) { return "free some memory, then run the command again" }
        if says(.ioError, .staleNFSFileHandle) {
            return "check the disk, then run the command again"
        }
        return "check that it exists and its permissions"
    }

    /// What is wrong and what to do, for a person.
    public var description: String {
        switch reason {
        case .unreadable:
            "\(path): cannot be read (\(detail)); \(advice)"
        case .notRegular: "\(path): not a regular file"
        case .tooDeep:
            "\(path): not entered, more than \(FolderWalk.deepest) folders deep; name it to read it"
        case .outside: "\(path): the link leads out of the folder; name its target to read it"
        case .tooLarge: "\(path): larger than \(SourceFile.largest >> 20) MiB"
        case .empty: "\(path): empty"
        case .otherKind: "\(path): \(detail), which nobody wrote as a text"
        case .notText, .undecodable, .damaged, .encrypted, .overLimits, .tooSlow, .scan, .noText,
            .noProgram, .failedForNow:
            "\(path): \(detail)"
        case .unstorable: "\(path): cannot be stored (\(detail))"
        case .changed: "\(path): changed while it was read; run the command again"
        }
    }
}

extension FileProblem.Reason {
    /// Whether the reason may pass although the file stands as it stood: it is tried again at each
    /// run, and what was indexed of it before is kept.
    ///
    /// The others are of the file, and hold until it changes.
    var isOfTheMoment: Bool {
        switch self {
        case .unreadable, .changed, .noProgram, .failedForNow: true
        case .notRegular, .tooDeep, .outside, .tooLarge, .empty, .notText, .undecodable, .damaged,
            .encrypted, .overLimits, .tooSlow, .scan, .otherKind, .noText, .unstorable:
            false
        }
    }
}

/// A regular file as it stood when it was found.
struct SourceFile: Sendable {
    /// The absolute path without `.` and `..`, as ``PathText``.
    let path: String
    /// How it stood.
    let status: FileStatus
    private let origin: Origin
    /// The file's bytes, where the look for other files in it saw all of them.
    private var seen: [UInt8]?

    private enum Origin: Sendable {
        /// A file in a folder; where it must be when it is reached through a link, nil when links are
        /// not followed.
        case folder(OpenFolder, name: [UInt8], realRoot: [UInt8]?)
        /// A file in another one.
        case container(ContainedFile)
        /// What came from standard input.
        case input([UInt8])
        /// A file of which it is known already why it is not read.
        case problem(FileProblem)
    }

    /// A larger file is skipped: reports are of some kilobytes.
    static let largest: Int64 = 64 << 20
    /// Of a file up to this size, in bytes, one look sees all.
    private static let seenAtOnce: Int64 = 64 << 10

    /// A file in a folder, as it stands now.
    init(
        _ name: [UInt8], in folder: OpenFolder, path: String, status: FileStatus,
        within realRoot: [UInt8]?
    ) {
        self.path = path
        self.status = status
        origin = .folder(folder, name: name, realRoot: realRoot)
    }

    /// A file in another one, which stood as given.
    init(_ file: ContainedFile, path: String, in container: SourceFile) {
        self.path = path
        status = container.status
        origin = .container(file)
    }

    /// What standard input gives, which is read to its end; its path is `-`.
    ///
    /// Of more than any report holds only as much is kept as shows that.
    static func standardInput() -> SourceFile {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Int(largest) {
            let count = FileCalls.readNext(FileDescriptor.standardInput.rawValue, into: &piece)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return SourceFile(input: bytes)
    }

    private init(input bytes: [UInt8]) {
        path = Self.inputName
        status = FileStatus(ofBytes: bytes.count)
        origin = .input(bytes)
    }

    /// What names standard input among paths.
    static let inputName = "-"

    /// A file that is not read.
    init(_ problem: FileProblem, of file: SourceFile) {
        path = problem.path
        status = file.status
        origin = .problem(problem)
    }

    /// The size in bytes when it was found.
    var size: Int64 {
        switch origin {
        case .folder, .input: status.size
        case .container(let file): Int64(file.size)
        case .problem: 0
        }
    }

    /// What is known of the file beside its bytes.
    var evidence: FileEvidence {
        if case .container(let file) = origin { file.evidence } else { FileEvidence() }
    }

    /// What a report of the file is known by: the SHA-256 in hexadecimal of its bytes, and of what
    /// else is known of it.
    func sha256(of bytes: [UInt8]) throws(FileProblem) -> String {
        do throws(MissingLibrary) {
            return try SHA256.hexadecimal(
                of: evidence.isEmpty ? bytes : bytes + evidence.bytes)
        } catch {
            throw problem(of: error)
        }
    }

    /// Why the file is not read where a library that it needs is missing.
    func problem(of library: MissingLibrary) -> FileProblem {
        FileProblem(reason: .noProgram, path: path, detail: library.description)
    }

    /// The file's bytes, and how it stood when they were read.
    ///
    /// What is opened is looked at again, so that neither a pipe nor a link put in the file's place
    /// is read. A file that is written to meanwhile is read once more, and then given up. One that
    /// by its name nobody wrote as a text is not opened.
    func bytes() throws(FileProblem) -> (bytes: [UInt8], status: FileStatus) {
        switch origin {
        case .problem(let problem): throw problem
        case .container(let file):
            let name = Array((path.split(separator: "/").last ?? "").utf8)
            if let kind = OtherKind.kind(ofName: name) { throw problem(.otherKind, kind) }
            do throws(UndecodableText) {
                return (try file.bytes(), status)
            } catch {
                throw FileProblem(error, path: path)
            }
        case .input(let bytes):
            guard bytes.count <= Self.largest else { throw problem(.tooLarge) }
            return (bytes, status)
        case .folder(let folder, let name, let realRoot):
            if let seen { return (seen, status) }
            if let kind = OtherKind.kind(ofName: name) { throw problem(.otherKind, kind) }
            for _ in 0..<2 {
                if let read = try bytesUnlessChanged(folder, name, realRoot) { return read }
            }
            throw problem(.changed)
        }
    }

    /// What a look into a file shows.
    enum Look {
        /// It holds other files.
        case container(FileContainer)
        /// It is one document, and this is the file, with its bytes where all of them were seen.
        case document(SourceFile)
    }

    /// Looks for other files in this one, which stands in a folder.
    ///
    /// A container may be larger than a file that is read.
    func look(_ fields: RecordFields) throws(FileProblem) -> Look {
        if case .input(let bytes) = origin {
            return try container(of: bytes, fields).map(Look.container) ?? .document(self)
        }
        guard case .folder(let folder, let name, let realRoot) = origin,
            OtherKind.kind(ofName: name) == nil, status.size > 0
        else { return .document(self) }
        let opened: OpenContainer
        do {
            let file = try folder.file(named: name, follows: realRoot != nil)
            guard try file.status() == status,
                try realRoot.map({ FolderWalk.is(try file.realPath(), below: $0) }) ?? true
            else { return .document(self) }
            let isSmall = status.size <= Self.seenAtOnce
            let start = try file.bytes(
                at: 0, count: isSmall ? Int(status.size) : FileContainer.lookedAt)
            guard
                FileContainer.mayBegin(
                    Array(start.prefix(FileContainer.lookedAt)), fields: fields)
            else {
                var document = self
                if isSmall, start.count == status.size, try file.status() == status {
                    document.seen = start
                }
                return .document(document)
            }
            opened = OpenContainer(file)
        } catch {
            // Reading it as a file tells what is wrong.
            return .document(self)
        }
        do throws(UndecodableText) {
            let container = try FileContainer(count: Int(status.size), fields: fields) {
                opened.bytes(at: $0, count: $1)
            }
            return container.map(Look.container) ?? .document(self)
        } catch {
            throw FileProblem(error, path: path)
        }
    }

    /// The files in bytes from standard input; nil when they are one document.
    private func container(
        of bytes: [UInt8], _ fields: RecordFields
    ) throws(FileProblem) -> FileContainer? {
        guard bytes.count <= Self.largest,
            FileContainer.mayBegin(Array(bytes.prefix(FileContainer.lookedAt)), fields: fields)
        else { return nil }
        do throws(UndecodableText) {
            return try FileContainer(count: bytes.count, fields: fields) { offset, count in
                Array(bytes[offset..<(offset + count)])
            }
        } catch {
            throw FileProblem(error, path: path)
        }
    }

    private func bytesUnlessChanged(
        _ folder: OpenFolder, _ name: [UInt8], _ realRoot: [UInt8]?
    ) throws(FileProblem) -> (bytes: [UInt8], status: FileStatus)? {
        do {
            let file = try folder.file(named: name, follows: realRoot != nil)
            let before = try file.status()
            guard before.kind == .file else { throw problem(.notRegular) }
            guard before.size <= Self.largest else { throw problem(.tooLarge) }
            if let realRoot, !FolderWalk.is(try file.realPath(), below: realRoot) {
                throw problem(.outside)
            }
            let bytes = try file.bytes(limit: Int(before.size) + 1)
            guard bytes.count == before.size, try file.status() == before else { return nil }
            return (bytes, before)
        } catch let problem as FileProblem {
            throw problem
        } catch {
            throw problem(.unreadable, Self.words(of: error))
        }
    }

    private func problem(_ reason: FileProblem.Reason, _ detail: String = "") -> FileProblem {
        FileProblem(reason: reason, path: path, detail: detail)
    }

    /// Whether no file stands at a path any more, but nothing, a folder or a device; false when that
    /// cannot be told.
    ///
    /// What a link leads to may be away for a while.
    static func isGone(_ path: String) -> Bool {
        guard let slash = path.utf8.lastIndex(of: 0x2F) else { return false }
        let parent = String(path[..<slash])
        let name = PathText.bytes(of: String(path[path.index(after: slash)...]))
        do throws(Errno) {
            let folder = try OpenFolder(at: parent.isEmpty ? "/" : parent)
            switch try folder.status(of: name, follows: false).kind {
            case .file: return false
            case .folder, .other: return true
            case .link:
                let target = try? folder.status(of: name, follows: true).kind
                return target == .folder || target == .other
            }
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory
        }
    }

    /// Whether a path leads into a file, as into an archive: the path of that file.
    static func container(of path: String) -> String? {
        var start = path.startIndex
        while let sign = path[start...].firstRange(of: memberSign) {
            let container = String(path[..<sign.lowerBound])
            if isFile(container) { return container }
            start = sign.upperBound
        }
        return nil
    }

    /// What stands between the path of a file and that of one in it.
    static let memberSign = "!/"

    private static func isFile(_ path: String) -> Bool {
        guard let slash = path.utf8.lastIndex(of: 0x2F) else { return false }
        let parent = String(path[..<slash])
        let name = PathText.bytes(of: String(path[path.index(after: slash)...]))
        guard !name.isEmpty, let folder = try? OpenFolder(at: parent.isEmpty ? "/" : parent) else {
            return false
        }
        return (try? folder.status(of: name, follows: true).kind) == .file
    }

    /// The system's words for an error, without class names.
    static func words(of error: any Error) -> String {
        if let number = error as? Errno { return number.description }
        return (error as? SegmentError)?.message ?? "\(error)"
    }
}

/// An open file of which parts are read at any time, by several tasks.
private final class OpenContainer: Sendable {
    private let file: OpenFile

    init(_ file: consuming OpenFile) { self.file = file }

    func bytes(at offset: Int, count: Int) -> [UInt8]? {
        try? file.bytes(at: offset, count: count)
    }
}

extension FileProblem {
    /// Why the bytes of a file were not read.
    init(_ error: UndecodableText, path: String) {
        self.init(reason: Reason(error.reason), path: path, detail: error.description)
    }
}
