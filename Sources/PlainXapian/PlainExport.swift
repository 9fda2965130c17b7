import Platform
public import ReportModel
import SegmentStore
import Xapian

/// Writes reports into a folder of plain databases, only those that changed.
///
///     let export = try PlainExport(into: path, shards: 3)
///     for report in reports { try export.add(report, sha256: hash, files: paths) }
///     let counts = try export.finish()
///
/// A report stays in the shard that its id tells. What was not added is removed by ``finish()``;
/// until then, and when something fails, the databases are what they were.
public final class PlainExport {
    private let folder: PlainFolder
    private var shards: [Shard] = []
    private var counts = Counts()
    /// The documents that were written and not committed.
    private var pending = 0

    /// What an export did.
    public struct Counts: Sendable, Hashable {
        /// The reports that were not there.
        public var added = 0
        /// Those that were, with other content.
        public var changed = 0
        /// Those that were and had to go.
        public var removed = 0
        /// Those that are as they were.
        public var unchanged = 0

        /// How many reports there are now.
        public var total: Int { added + changed + unchanged }
    }

    /// How many documents wait for a commit at most: libxapian keeps what they hold in memory.
    private static let mostPending = 2_000

    /// The most shards that a folder may have.
    public static var mostShards: Int { PlainFolder.mostShards }

    /// Opens a folder of plain databases, or makes it.
    ///
    /// - Parameters:
    ///   - path: its absolute path.
    ///   - shards: over how many databases reports are spread, 1 to ``mostShards``; nil is as many as
    ///     there are, or one.
    /// - Throws: ``PlainError`` when it cannot be written to or holds something else.
    public init(into path: String, shards: Int?) throws {
        folder = try PlainFolder(at: path, shards: shards)
        for number in 1...folder.shardCount {
            self.shards.append(try Shard(number, in: folder))
        }
    }

    /// Adds a report, unless it is there as it is.
    ///
    /// - Parameters:
    ///   - report: the report with its passages.
    ///   - sha256: the SHA-256 of its content in hexadecimal.
    ///   - files: the paths of its files.
    public func add(_ report: Report, sha256: String, files: [String]) throws {
        let record = ReportRecord(report, sha256: sha256)
        guard let id = UInt64(record.head.id, radix: 16) else { return }
        let shard = shards[Int(id % UInt64(shards.count))]
        let documents = PlainDocuments(record, files: files)
        let data = try documents.data()
        let fingerprint = try PlainDocuments.fingerprint(of: data, record)
        switch shard.known(id, fingerprint: fingerprint) {
        case .same: return counts.unchanged += 1
        case .other: counts.changed += 1
        case .none: counts.added += 1
        }
        var batch = DocumentBatch()
        documents.add(to: &batch, data: data, fingerprint: fingerprint)
        try shard.write(batch, ofReport: record.head.id, in: folder)
        pending += batch.count
        if pending >= Self.mostPending {
            for shard in shards { try shard.commit() }
            pending = 0
        }
    }

    /// Removes what was not added, and lets the databases be what was written.
    public func finish() throws -> Counts {
        var written: [Int: String] = [:]
        for shard in shards {
            counts.removed += try shard.removeRest(in: folder)
            if let name = try shard.finished(in: folder) { written[shard.number] = name }
        }
        try folder.publish(written)
        return counts
    }

    deinit { for shard in shards { shard.abandon(in: folder) } }
}

/// One database of an export.
private final class Shard {
    let number: Int
    /// Whether there was a database before.
    private let isThere: Bool
    /// The reports that are in it and were not added yet, with what they were made from.
    private var rest: [UInt64: UInt64] = [:]
    private var writer: Writer?

    /// What an added report is beside the one in the database.
    enum Known {
        case none, same, other
    }

    /// How many values are read at once.
    private static let batch = 1_000

    init(_ number: Int, in folder: PlainFolder) throws {
        self.number = number
        guard let current = try folder.current(number) else {
            isThere = false
            return
        }
        isThere = true
        let name = folder.pathForLibraries(current.name)
        let database = try Database(path: name)
        guard
            try database.metadata(forKey: PlainSchema.MetadataKey.schema.rawValue)
                == Array(PlainSchema.name.utf8)
        else {
            throw PlainError(
                folder.folder.path,
                "its databases were made by another version of gongkai; remove the folder, or name "
                    + "a new one",
                "其中的数据库由另一版本的 gongkai 生成；请删除该文件夹，或指定新的文件夹")
        }
        let ids = try database.documentIDs(
            matching: PlainSchema.term(.kind, PlainSchema.Kind.report.rawValue))
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            let some = Array(ids[start..<min(start + Self.batch, ids.count)])
            let reports = try database.values(inSlot: PlainSchema.Slot.report, of: some)
            let prints = try database.values(inSlot: PlainSchema.Slot.fingerprint, of: some)
            for (report, print) in zip(reports, prints) {
                guard let id = Self.number(report) else { continue }
                rest[id] = Self.number(print) ?? 0
            }
        }
    }

    /// The number that hexadecimal digits are.
    private static func number(_ digits: [UInt8]) -> UInt64? {
        UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// Takes a report that is added from those that are left.
    func known(_ id: UInt64, fingerprint: [UInt8]) -> Known {
        guard let known = rest.removeValue(forKey: id) else { return .none }
        return known == Self.number(fingerprint) ? .same : .other
    }

    func write(_ batch: DocumentBatch, ofReport id: String, in folder: PlainFolder) throws {
        let writer = try opened(in: folder)
        if isThere {
            try writer.database.deleteDocuments(with: PlainSchema.term(.group, id))
        }
        try writer.database.add(batch)
    }

    func commit() throws { try writer?.database.commit() }

    /// Removes the reports that are left; returns how many they are.
    func removeRest(in folder: PlainFolder) throws -> Int {
        let count = rest.count
        for id in rest.keys.sorted() {
            let name = ReportHead.id(ofNumber: id)
            try opened(in: folder).database.deleteDocuments(with: PlainSchema.term(.group, name))
        }
        rest = [:]
        return count
    }

    /// Commits and closes the database; the name of its folder, nil when nothing was written.
    func finished(in folder: PlainFolder) throws -> String? {
        if !isThere { _ = try opened(in: folder) }
        try commit()
        guard let name = writer?.name else { return nil }
        writer = nil
        // As it grew half of it is room for more.
        try WritableDatabase.compact(
            folder: folder.pathForLibraries(PlainFolder.building(name)),
            into: folder.pathForLibraries(name))
        folder.discard(PlainFolder.building(name))
        return name
    }

    /// Removes what was written and not finished.
    func abandon(in folder: PlainFolder) {
        guard let name = writer?.name else { return }
        writer = nil
        folder.discard(PlainFolder.building(name))
    }

    private func opened(in folder: PlainFolder) throws -> Writer {
        if let writer { return writer }
        let (name, holdsDatabase) = try folder.next(number)
        let path = folder.pathForLibraries(PlainFolder.building(name))
        let opened: Writer
        if holdsDatabase {
            opened = Writer(name: name, try WritableDatabase(openingAt: path))
        } else {
            opened = Writer(
                name: name, try WritableDatabase(creatingAt: path, storesTermLists: true))
        }
        try opened.database.setMetadata(
            Array(PlainSchema.name.utf8), forKey: PlainSchema.MetadataKey.schema.rawValue)
        try opened.database.setMetadata(
            Array(PlainSchema.slots.utf8), forKey: PlainSchema.MetadataKey.slots.rawValue)
        writer = opened
        return opened
    }

    /// A database being written, and the name that its folder will have.
    private final class Writer {
        let name: String
        var database: WritableDatabase

        init(name: String, _ database: consuming WritableDatabase) {
            self.name = name
            self.database = database
        }
    }
}
