import IndexFolder
import Platform
import ReportParsing

/// The files below some paths, and those that stand in archives, mails and lists of records there.
///
///     var found = try FoundFiles(of: ["reports"])
///     while let file = found.next() { … }
///
/// A file in another one has the path of that, `!/`, and its path within: `a.zip!/2022/x.html`. It
/// stands as the other file stands. One level of archives within archives is opened.
struct FoundFiles {
    private var walk: FolderWalk
    private let fields: RecordFields
    private let known: KnownContainers?
    /// The containers that are open, the innermost last.
    private var open: [Open] = []
    /// What standard input gave, until it was handed over.
    private var input: SourceFile?
    /// The files of containers that alone are wanted, by the path of the container.
    ///
    /// Strings that are equal may have other bytes, and bytes are what tells paths apart.
    private var wanted: [[UInt8]: Set<[UInt8]>] = [:]
    /// The indices of the old entries of files in containers that stand as they stood.
    private(set) var unchanged: [Int] = []
    /// The files that were looked into to their end, or are no container any more.
    private var finished: Set<[UInt8]> = []

    private struct Open {
        let file: SourceFile
        let container: FileContainer
        var isEmpty = true
    }

    /// Containers within each other beyond this stay closed.
    private static let deepest = 2

    /// - Parameters:
    ///   - known: what an index has of files in containers; nil when there is none.
    ///   - input: what standard input gave, before the files; nil when it is not asked for.
    init(
        of paths: [String], _ choice: FolderWalk.Choice = FolderWalk.Choice(),
        fields: RecordNames = RecordNames(), known: KnownContainers? = nil,
        input: SourceFile? = nil
    ) throws {
        self.input = input
        var wanted: [[UInt8]: Set<[UInt8]>] = [:]
        let roots = try paths.map { path in
            guard path.contains(SourceFile.memberSign) else { return path }
            let absolute = try AbsolutePath.of(path)
            guard let container = SourceFile.container(of: absolute) else { return path }
            wanted[Array(container.utf8), default: []].insert(Array(absolute.utf8))
            return container
        }
        walk = try FolderWalk(of: roots, choice)
        self.wanted = wanted
        self.fields = fields.fields
        self.known = known
    }

    /// What was named, and could not be read or held nothing.
    var unseen: [FolderWalk.UnseenRoot] { walk.unseen }

    /// The next file or problem; nil when all were met.
    mutating func next() -> FolderWalk.Found? {
        while true {
            if !open.isEmpty {
                if let found = nextContained() { return found }
                continue
            }
            guard let found = input.take().map(FolderWalk.Found.file) ?? walk.next() else {
                return nil
            }
            guard case .file(let file) = found else { return found }
            if known?.isPlain(file) == true { return found }
            if let indices = known?.unchangedIndices(in: file) {
                unchanged += indices
                continue
            }
            do throws(FileProblem) {
                switch try file.look(fields) {
                case .container(let container):
                    open.append(Open(file: file, container: container))
                case .document(let document):
                    if known?.holdsFiles(of: file.path) == true { finish(file) }
                    return .file(document)
                }
            } catch {
                return refused(file, error)
            }
        }
    }

    /// The next file of the innermost container; nil when it has no more, and then it is closed.
    private mutating func nextContained() -> FolderWalk.Found? {
        let last = open.count - 1
        let outer = open[last].file
        do throws(UndecodableText) {
            guard let file = try open[last].container.next() else {
                return close()
            }
            open[last].isEmpty = false
            let path = outer.path + SourceFile.memberSign + file.name
            let found = SourceFile(file, path: path, in: outer)
            // Where one cannot be opened, reading it as a file tells why.
            if open.count < Self.deepest,
                let inner = try? FileContainer(of: file, fields: fields)
            {
                open.append(Open(file: found, container: inner))
                return nil
            }
            return isWanted(path) ? .file(found) : nil
        } catch {
            _ = open.popLast()
            return refused(outer, FileProblem(error, path: outer.path))
        }
    }

    /// A container that is not read, or not to its end.
    private mutating func refused(_ file: SourceFile, _ problem: FileProblem) -> FolderWalk.Found {
        if !problem.reason.isOfTheMoment { finish(file) }
        return .file(SourceFile(problem, of: file))
    }

    private mutating func close() -> FolderWalk.Found? {
        guard let closed = open.popLast() else { return nil }
        finish(closed.file)
        guard closed.isEmpty else { return nil }
        let problem = FileProblem(reason: .empty, path: closed.file.path, detail: "")
        return .file(SourceFile(problem, of: closed.file))
    }

    private mutating func finish(_ file: SourceFile) { finished.insert(Array(file.path.utf8)) }

    private func isWanted(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        return wanted.isEmpty
            || wanted.values.contains { $0.contains(bytes) }
            || !wanted.keys.contains { bytes.starts(with: $0 + SourceFile.memberSign.utf8) }
    }

    /// Whether no file stands at a path any more, neither in a folder nor in a container.
    func isGone(_ path: String) -> Bool {
        // What is a container now was a file of its own before.
        if finished.contains(Array(path.utf8)) { return true }
        guard path.contains(SourceFile.memberSign) else { return SourceFile.isGone(path) }
        guard let container = SourceFile.container(of: path) else { return SourceFile.isGone(path) }
        // A container that this run's patterns left out keeps what it holds.
        return finished.contains(Array(container.utf8))
    }
}

/// What an index has of files in containers.
final class KnownContainers {
    private let old: StoredIndex
    /// The indices of their files, by the paths of containers; read when it is first asked for.
    private lazy var indices: [[UInt8]: [Int]] = {
        var indices: [[UInt8]: [Int]] = [:]
        for index in old.files.indices(withPathContaining: Array(SourceFile.memberSign.utf8)) {
            guard let path = old.files[index]?.path,
                let sign = path.firstRange(of: SourceFile.memberSign)
            else { continue }
            indices[Array(path[..<sign.lowerBound].utf8), default: []].append(index)
        }
        return indices
    }()

    init(of old: StoredIndex) { self.old = old }

    /// Whether the index has met the file and read it as one.
    func isPlain(_ file: SourceFile) -> Bool {
        guard let index = old.index(of: file.path), !old.lost.contains(index),
            let entry = old.files[index]
        else { return false }
        return entry.isOf(file.status) && !entry.isYoung
    }

    /// Whether the index has files of a container.
    func holdsFiles(of path: String) -> Bool { indices[Array(path.utf8)] != nil }

    /// The indices of a container's files when it stands as it stood; nil when it is to be read.
    func unchangedIndices(in file: SourceFile) -> [Int]? {
        guard let indices = indices[Array(file.path.utf8)] else { return nil }
        let isUnchanged = indices.allSatisfy { index in
            guard !old.lost.contains(index), let entry = old.files[index] else { return false }
            return entry.isOf(file.status) && !entry.isYoung
                && entry.problem?.reason.isOfTheMoment != true
        }
        return isUnchanged ? indices : nil
    }
}
