import Platform
import SystemPackage

/// A folder of plain databases, which its mark tells from any other folder.
///
///     DIR/
///       gongkai-plain        the mark, with the number of shards; held by the one writer
///       shard-1              a stub file, which programs of Xapian open: "glass shard-1.000004"
///       shard-1.000004/      what it stands for
///
/// A shard that changes is written anew beside the old one, from a copy of it; the stub takes its
/// name at once by a rename, and the old one is removed. Nothing else is written to or removed.
final class PlainFolder {
    let folder: OpenFolder
    /// How many databases there are, 1 or more.
    let shardCount: Int
    /// The mark, locked as long as this lives.
    private let mark: FileDescriptor

    static let markName = "gongkai-plain"
    /// The most shards: each is open while an export is written.
    static let mostShards = 64
    private static let markStart = "gongkai plain databases, shards "

    /// Opens the folder at a path, or makes it.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - shards: how many databases are wanted; nil takes those that are there, or one.
    /// - Throws: ``PlainError`` when it holds something else, another number of shards, or another
    ///   process writes to it.
    init(at path: String, shards: Int?) throws {
        if !FileSystem.exists(path) {
            try Self.attempting(path) { () throws(Errno) in try FileSystem.makeFolder(path) }
        }
        let folder = try Self.attempting(path) { () throws(Errno) in try OpenFolder(at: path) }
        self.folder = folder
        let isNew = try Self.attempting(path) { () throws(Errno) in
            try !folder.holds(Self.markName)
        }
        if isNew, !((try? folder.names().isEmpty) ?? false) {
            throw PlainError(
                path, "it is no folder of plain databases and not empty; name a new folder",
                "不是存放普通 Xapian 数据库的文件夹，也不是空的；请指定新的文件夹")
        }
        mark = try Self.attempting(path) { () throws(Errno) in
            try folder.fileForWriting(named: Self.markName)
        }
        guard mark.tryLock() else {
            try? mark.close()
            throw PlainError(
                path, "another process is exporting to it; wait until it has finished",
                "另一个进程正在导出到这里；请等它完成")
        }
        do {
            shardCount = try Self.shardCount(path, folder, mark, isNew: isNew, wanted: shards)
        } catch {
            try? mark.close()
            throw error
        }
    }

    deinit { try? mark.close() }

    private static func shardCount(
        _ path: String, _ folder: OpenFolder, _ mark: FileDescriptor, isNew: Bool, wanted: Int?
    ) throws -> Int {
        let text = try attempting(path) { () throws(Errno) in
            try folder.file(named: markName).bytes(limit: 200)
        }
        // A run that ended before it had written its mark left an empty one.
        if isNew || text.isEmpty {
            let count = wanted ?? 1
            try attempting(path) { () throws(Errno) in
                do {
                    _ = try mark.writeAll("\(markStart)\(count)\n".utf8)
                } catch {
                    throw error as? Errno ?? .ioError
                }
                try mark.synchronise()
                try folder.synchronise()
            }
            return count
        }
        let line = String(decoding: text, as: UTF8.self)
        guard line.hasPrefix(markStart), line.hasSuffix("\n"),
            let count = Int(line.dropFirst(markStart.count).dropLast()),
            (1...mostShards).contains(count)
        else {
            throw PlainError(
                path, "its mark \(markName) is not one of gongkai's; name a new folder",
                "其中的标记 \(markName) 不是 gongkai 写的；请指定新的文件夹")
        }
        if let wanted, wanted != count {
            throw PlainError(
                path,
                "it has \(count) shards, not \(wanted); leave out --shards, or name a new folder",
                "已有 \(count) 个分片，不是 \(wanted) 个；请去掉 --shards，或指定新的文件夹")
        }
        return count
    }

    // MARK: Shards

    /// The name of a shard, from 1.
    static func stub(_ shard: Int) -> String { "shard-\(shard)" }

    private static func name(_ shard: Int, generation: Int) -> String {
        let digits = String(generation)
        return stub(shard) + "." + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The folder of a shard that its stub names, and the number of its generation; nil when there is
    /// none yet.
    func current(_ shard: Int) throws -> (name: String, generation: Int)? {
        let stub = Self.stub(shard)
        guard try attempting(stub, { () throws(Errno) in try folder.holds(stub) }) else {
            return nil
        }
        let bytes = try attempting(stub) { () throws(Errno) in
            try folder.file(named: stub).bytes(limit: 200)
        }
        let start = "glass \(stub)."
        let line = String(decoding: bytes, as: UTF8.self)
        guard line.hasPrefix(start), line.hasSuffix("\n"),
            let generation = Int(line.dropFirst(start.count).dropLast()), generation > 0,
            line == "glass \(Self.name(shard, generation: generation))\n",
            (try? folder.folder(
                named: Array(Self.name(shard, generation: generation).utf8), follows: false)) != nil
        else {
            throw PlainError(
                folder.path(of: Array(stub.utf8)),
                "it names no database beside it; name a new folder",
                "没有指向旁边的数据库；请指定新的文件夹")
        }
        return (Self.name(shard, generation: generation), generation)
    }

    /// A path by which libxapian reaches a folder in this one.
    func pathForLibraries(_ name: String) -> String { folder.pathForLibraries + "/" + name }

    /// The name of the folder in which a generation of a shard is written before it is compacted.
    static func building(_ name: String) -> String { name + ".building" }

    /// Makes the next generation of a shard, where it is built, from a copy of the current one;
    /// nothing, when there is none.
    ///
    /// - Returns: the name of its folder, and whether there is a database where it is built.
    func next(_ shard: Int) throws -> (name: String, holdsDatabase: Bool) {
        let current = try current(shard)
        let name = Self.name(shard, generation: (current?.generation ?? 0) + 1)
        try attempting(name) { () throws(Errno) in
            // Left by a run that died: the stub does not name it.
            for left in [name, Self.building(name)] where try folder.holds(left) {
                try folder.remove(left)
            }
            guard let current else { return }
            let old = try folder.folder(named: Array(current.name.utf8), follows: false)
            let new = try folder.makeFolder(named: Self.building(name))
            for file in try old.names() where file != "flintlock" {
                try Self.copy(file, from: old, to: new)
            }
        }
        return (name, current != nil)
    }

    private static func copy(
        _ name: String, from old: OpenFolder, to new: OpenFolder
    ) throws(Errno) {
        let file = try new.makeFile(named: name)
        defer { try? file.close() }
        var failure: Errno?
        try old.file(named: name).forEachPiece { piece in
            guard failure == nil else { return }
            do {
                _ = try file.writeAll(piece.indices.map { piece[$0] })
            } catch {
                failure = error as? Errno ?? .ioError
            }
        }
        if let failure { throw failure }
        try file.synchronise()
    }

    /// Lets stubs name the generations that were written, and removes those that they named.
    ///
    /// - Parameter written: the names of folders by shard.
    func publish(_ written: [Int: String]) throws {
        guard !written.isEmpty else { return }
        for name in written.values {
            try attempting(name) { () throws(Errno) in
                try folder.folder(named: Array(name.utf8), follows: false).synchronise()
            }
        }
        try attempting("") { () throws(Errno) in try folder.synchronise() }
        for (shard, name) in written.sorted(by: { $0.key < $1.key }) {
            let old = try current(shard)?.name
            let stub = Self.stub(shard)
            try attempting(stub) { () throws(Errno) in
                let new = stub + ".new"
                if try folder.holds(new) { try folder.remove(new) }
                let file = try folder.makeFile(named: new)
                defer { try? file.close() }
                do {
                    _ = try file.writeAll("glass \(name)\n".utf8)
                } catch {
                    throw error as? Errno ?? .ioError
                }
                try file.synchronise()
                try folder.rename(new, to: stub)
                try folder.synchronise()
                if let old { try folder.remove(old) }
            }
        }
    }

    /// Removes a generation that no stub names.
    func discard(_ name: String) { try? folder.remove(name) }

    private func attempting<Result>(
        _ name: String, _ body: () throws(Errno) -> Result
    ) throws -> Result {
        try Self.attempting(
            name.isEmpty ? folder.path : folder.path(of: Array(name.utf8)), body)
    }

    private static func attempting<Result>(
        _ path: String, _ body: () throws(Errno) -> Result
    ) throws -> Result {
        do throws(Errno) {
            return try body()
        } catch {
            throw PlainError(path, error.description)
        }
    }
}
