import Platform
import SegmentStore
import SystemPackage

/// The regular files below some paths, one after the other.
///
///     var walk = FolderWalk(of: ["reports"])
///     while let found = walk.next() { … }
///
/// Links are not followed unless asked for, pipes and devices never opened, names that begin with a
/// full stop left out unless named. Each folder is entered once and each file found once, in the
/// order of the bytes of their names. Memory is needed for the names of the folders that are open,
/// at most ``deepest`` of them.
struct FolderWalk {
    /// What a step of the walk comes to.
    enum Found: Sendable {
        case file(SourceFile)
        case problem(FileProblem)
    }

    /// Which files are wanted.
    struct Choice: Sendable {
        /// What chooses a file, or a folder with all that is in it; all files when empty.
        var include = PathRules()
        /// What chooses the files and folders that are left out.
        var exclude = PathRules()
        /// Whether links are followed, as long as they lead below the path walked.
        var followsLinks = false
        /// A folder that is never entered: the index itself.
        var indexFolder: OpenFolder?
    }

    /// A folder or file that was named, of which nothing was seen.
    struct UnseenRoot: Sendable {
        /// Its path.
        let path: String
        /// Why.
        let reason: IndexSummary.AwayRoot.Reason
    }

    /// Folders inside each other beyond this depth are reported, not entered.
    static let deepest = 64

    private let choice: Choice
    /// The paths that are still to be walked, the next one last.
    private var roots: [String]
    /// The folders that are open, the innermost last.
    private var levels: [Level] = []
    /// Where links may lead to; nil when they are not followed.
    private var realRoot: [UInt8]?
    /// The folders that were entered, and the index.
    private var entered: Set<FileStatus.Identity> = []
    /// What was named, and could not be read or held nothing.
    private(set) var unseen: [UnseenRoot] = []
    /// The files that were named.
    private var named: Set<[UInt8]> = []

    private struct Level {
        let folder: OpenFolder
        /// The path from the folder that was named, with a slash at its end; empty for that folder.
        let relativePath: String
        /// Whether every file in it is wanted.
        let isIncluded: Bool
        /// The names that are still to be visited.
        var names: NameStack
    }

    /// Begins a walk of files and folders.
    init(of paths: [String], _ choice: Choice = Choice()) throws {
        self.choice = choice
        roots = []
        for path in try paths.map(AbsolutePath.of) where named.insert(Array(path.utf8)).inserted {
            roots.append(path)
        }
        roots.reverse()
        if let index = try? choice.indexFolder?.status() {
            entered.insert(index.identity)
        }
    }

    /// The next file or problem; nil when the walk is done.
    mutating func next() -> Found? {
        while true {
            if !levels.isEmpty {
                guard let name = levels[levels.count - 1].names.pop() else {
                    levels.removeLast()
                    continue
                }
                if let found = visit(name, in: levels[levels.count - 1]) { return found }
            } else {
                guard let root = roots.popLast() else { return nil }
                if let found = visit(root: root) { return found }
            }
        }
    }

    // MARK: What was named

    /// Visits a path that the user named, which may be a link and whose name may be any.
    private mutating func visit(root path: String) -> Found? {
        let parent = FilePath(path).removingLastComponent().string
        let name = PathText.bytes(of: path).split(separator: 0x2F).last.map(Array.init)
        do throws(Errno) {
            guard let name else { return try enter(OpenFolder(at: path), path) }
            let folder = try OpenFolder(at: parent)
            let status = try folder.status(of: name, follows: true)
            switch status.kind {
            case .folder:
                return try enter(folder.folder(named: name, follows: true), path)
            case .file:
                let isLink = try folder.status(of: name, follows: false).kind == .link
                let target = isLink ? try folder.file(named: name, follows: true).realPath() : nil
                return .file(
                    SourceFile(name, in: folder, path: path, status: status, within: target))
            case .link, .other:
                return problem(.notRegular, path)
            }
        } catch {
            let isMissing = error == .noSuchFileOrDirectory || error == .notDirectory
            unseen.append(UnseenRoot(path: path, reason: isMissing ? .missing : .unreadable))
            return problem(.unreadable, path, error.description)
        }
    }

    private mutating func enter(_ folder: OpenFolder, _ path: String) throws(Errno) -> Found? {
        realRoot = choice.followsLinks ? try folder.realPath() : nil
        guard entered.insert(try folder.status().identity).inserted else { return nil }
        let level = try Self.level(folder, "", isIncluded: choice.include.isEmpty)
        if level.names.isEmpty { unseen.append(UnseenRoot(path: path, reason: .empty)) }
        levels.append(level)
        return nil
    }

    private static func level(
        _ folder: OpenFolder, _ relativePath: String, isIncluded: Bool
    ) throws(Errno) -> Level {
        var names = NameStack()
        try folder.forEachName { if $0[0] != 0x2E { names.push($0) } }
        names.sort()
        return Level(
            folder: folder, relativePath: relativePath, isIncluded: isIncluded, names: names)
    }

    // MARK: What was found

    private mutating func visit(_ name: [UInt8], in level: Level) -> Found? {
        let folder = level.folder
        let path = folder.path(of: name)
        let relativePath = level.relativePath + PathText.text(of: name)
        do throws(Errno) {
            var status = try folder.status(of: name, follows: false)
            let isLink = status.kind == .link
            if isLink {
                guard realRoot != nil else { return nil }
                status = try folder.status(of: name, follows: true)
            }
            let isFolder = status.kind == .folder
            guard !choice.exclude.choose(relativePath, isFolder: isFolder) else { return nil }
            let isIncluded =
                level.isIncluded || choice.include.choose(relativePath, isFolder: isFolder)
            switch status.kind {
            case .folder:
                guard !entered.contains(status.identity) else { return nil }
                guard levels.count < Self.deepest else { return problem(.tooDeep, path) }
                let inner = try folder.folder(named: name, follows: isLink)
                if isLink, let realRoot, !Self.is(try inner.realPath(), below: realRoot) {
                    return problem(.outside, path)
                }
                // What was opened counts, whatever stood there before.
                guard entered.insert(try inner.status().identity).inserted else { return nil }
                levels.append(
                    try Self.level(inner, relativePath + "/", isIncluded: isIncluded))
                return nil
            case .file:
                guard isIncluded, !named.contains(Array(path.utf8)) else { return nil }
                return .file(
                    SourceFile(
                        name, in: folder, path: path, status: status,
                        within: isLink ? realRoot : nil))
            case .link, .other:
                return problem(.notRegular, path)
            }
        } catch {
            return problem(.unreadable, path, error.description)
        }
    }

    private func problem(
        _ reason: FileProblem.Reason, _ path: String, _ detail: String = ""
    ) -> Found {
        .problem(FileProblem(reason: reason, path: path, detail: detail))
    }

    /// Whether a path is a folder's or lies below it, both without links.
    static func `is`(_ path: [UInt8], below folder: [UInt8]) -> Bool {
        folder == [0x2F] || path == folder || path.starts(with: folder + [0x2F])
    }
}

/// The names in a folder, of which there may be millions: end to end in one array.
private struct NameStack {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []

    var isEmpty: Bool { ranges.isEmpty }

    mutating func push(_ name: Span<UInt8>) {
        let start = bytes.count
        for index in name.indices { bytes.append(name[index]) }
        ranges.append(start..<bytes.count)
    }

    /// Makes the name whose bytes come first the next one.
    mutating func sort() {
        let bytes = bytes
        ranges.sort { bytes[$1].lexicographicallyPrecedes(bytes[$0]) }
    }

    mutating func pop() -> [UInt8]? { ranges.popLast().map { Array(bytes[$0]) } }
}
