import IndexFolder
import Platform
public import ReportModel
import SegmentStore

/// An index opened for reading: one consistent state, however the folder changes meanwhile.
public final class IndexReader {
    /// The index folder.
    public let folder: String
    /// The folder, open; nil when the reader stands for several.
    let index: IndexFolder?
    /// What the index consists of.
    let manifest: Manifest
    let segments: [Segment]
    /// The bytes of the list of files, mapped.
    private let fileList: MappedFile?
    /// How paths stand in the list of files.
    private let storedPaths: StoredPath
    /// The indexes that are asked as one; none when it is one.
    let parts: [IndexReader]
    /// What reports are counted by; read as they are first counted.
    private(set) lazy var facetLabels = FacetLabels(segments, names: names)
    /// The agencies and regions of reports; read as they are first asked for.
    private(set) lazy var names = ReportNames(segments)
    /// The index of each segment's first report among those of all.
    private(set) lazy var firstReports = segments.indices.map { index in
        segments[..<index].reduce(0) { $0 + $1.reportCount }
    }
    /// How many reports are stored, those that are no longer shown among them.
    var storedReportCount: Int { segments.reduce(0) { $0 + $1.reportCount } }
    /// The fields that it cannot be asked for.
    let unknownFields: Set<FieldName>
    /// The files of reports where there is no list of files, by the numbers of their ids.
    private let filesOfReports: [UInt64: [String]]
    private var knownJudgements: Judgements?

    /// Opens the index in a folder.
    ///
    /// - Throws: ``SearchError`` when there is none, it was made by another version, or it is
    ///   damaged.
    public init(folder: String) throws(SearchError) {
        self.folder = folder
        let failure: SearchError?
        do throws(IndexFolder.Failure) {
            let index = try IndexFolder(at: folder)
            self.index = index
            storedPaths = index.paths
            // A run of `index` may remove segments between reading the manifest and opening them;
            // the next manifest then names others.
            var last: SearchError?
            for _ in 0..<5 {
                let manifest = try Self.manifest(of: index)
                do throws(SearchError) {
                    let fileList = try Self.fileList(of: manifest, in: index)
                    segments = try manifest.segments.map { stored throws(SearchError) in
                        try Self.segment(stored, in: index)
                    }
                    self.manifest = manifest
                    self.fileList = fileList
                    parts = []
                    (unknownFields, filesOfReports) = ([], [:])
                    return
                } catch {
                    last = error
                }
                guard (try? Self.manifest(of: index))?.generation != manifest.generation else {
                    break
                }
            }
            failure = last
        } catch {
            throw SearchError(error, path: folder)
        }
        throw failure ?? SearchError(.changed, path: folder, detail: "the index keeps changing")
    }

    /// Several indexes as one: what is in more than one of them counts once, and hits weigh as if
    /// all were one index.
    ///
    /// - Parameter readers: the indexes, at least one.
    public init(merging readers: [IndexReader]) throws(SearchError) {
        folder = readers.map(\.folder).joined(separator: ", ")
        index = nil
        storedPaths = readers[0].storedPaths
        manifest = readers[0].manifest
        fileList = nil
        parts = readers
        unknownFields = readers.reduce(into: []) { $0.formUnion($1.unknownFields) }
        filesOfReports = [:]
        var segments: [Segment] = []
        var known: Set<UInt64> = []
        for reader in readers {
            var ids: Set<UInt64> = []
            try reader.forEachFile { file in
                if let id = file.report.flatMap({ UInt64($0, radix: 16) }) { ids.insert(id) }
            }
            segments += try reader.segments(hiding: ids.intersection(known))
            known.formUnion(ids)
        }
        self.segments = segments
    }

    /// What is known here of servers: the heads and numbers of some reports, or of none; names in
    /// questions are only what the language has, and these reports.
    ///
    /// - Parameters:
    ///   - servers: what the servers are called.
    ///   - segments: the reports, without passages.
    ///   - files: the files of each, by the number of its id.
    init(
        ofServers servers: String, segments: [Segment] = [], files: [UInt64: [String]] = [:]
    ) {
        folder = servers
        index = nil
        storedPaths = StoredPath(below: "/")
        manifest = Manifest(analysis: TextAnalysis.version, parser: 0)
        fileList = nil
        parts = []
        self.segments = segments
        // Neither the files of all reports nor what the checks gave is a term of plain databases.
        unknownFields = [.file, .check, .processingFee]
        filesOfReports = files
    }

    /// What another reader shows of the same index.
    private init(of other: IndexReader, showing segments: [Segment]) {
        folder = other.folder
        index = other.index
        manifest = other.manifest
        fileList = other.fileList
        storedPaths = other.storedPaths
        parts = other.parts
        (unknownFields, filesOfReports) = (other.unknownFields, other.filesOfReports)
        self.segments = segments
    }

    /// The index with only the reports that are wanted, told by
    /// ``ReportModel/ReportHead/idNumber``; whatever is asked of it, the others are not there.
    func limited(to isWanted: (UInt64) -> Bool) throws(SearchError) -> IndexReader {
        guard let index else {
            return try IndexReader(
                merging: parts.map { part throws(SearchError) in
                    try part.limited(to: isWanted)
                })
        }
        var shown: [Segment] = []
        for (segment, stored) in zip(segments, manifest.segments) {
            var stored = stored
            do {
                stored.hidden = try (0..<segment.reportCount).filter { report in
                    try !segment.isVisible[report] || !isWanted(segment.idNumber(ofReport: report))
                }.map(UInt32.init)
            } catch {
                throw SearchError(.damaged, path: folder, detail: "\(error)")
            }
            shown.append(try Self.segment(stored, in: index))
        }
        return IndexReader(of: self, showing: shown)
    }

    /// The segments without some reports.
    private func segments(hiding ids: Set<UInt64>) throws(SearchError) -> [Segment] {
        guard !ids.isEmpty, let index else { return segments }
        var shown: [Segment] = []
        for (segment, stored) in zip(segments, manifest.segments) {
            var stored = stored
            stored.hidden += segment.reports(withIDNumbers: ids).map(UInt32.init)
            shown.append(try Self.segment(stored, in: index))
        }
        return shown
    }

    private static func manifest(of index: IndexFolder) throws(IndexFolder.Failure) -> Manifest {
        guard let manifest = try index.manifest() else { throw .missing }
        guard manifest.analysis == TextAnalysis.version else { throw .otherVersion }
        return manifest
    }

    private static func fileList(
        of manifest: Manifest, in index: IndexFolder
    ) throws(SearchError) -> MappedFile? {
        guard let stored = manifest.files else { return nil }
        do throws(Manifest.StoredFile.State) {
            let file = try stored.opened(in: index.folder)
            guard let mapped = try? MappedFile(file) else { throw .unreadable("no memory") }
            return mapped
        } catch {
            throw SearchError(.damaged, path: index.path, detail: "\(stored.name) \(error)")
        }
    }

    /// Opens a segment whose files stand as they were written.
    private static func segment(
        _ stored: Manifest.Segment, in index: IndexFolder
    ) throws(SearchError) -> Segment {
        func opened(_ ending: String) throws(SearchError) -> OpenFile {
            let name = stored.name + ending
            do throws(Manifest.StoredFile.State) {
                guard let file = stored.files.first(where: { $0.name == name }) else {
                    throw .missing
                }
                return try file.opened(in: index.folder)
            } catch {
                throw SearchError(
                    .damagedSegment, path: index.path,
                    detail: "segment \(stored.name): \(name) \(error)")
            }
        }
        let tables = try opened(Manifest.Segment.tables)
        // Searches do not read the database, and yet tell that it is gone or was changed.
        _ = try opened(Manifest.Segment.database)
        let why: String
        do {
            let segment = try Segment(
                name: stored.name, tables: tables, hidden: stored.hidden)
            if segment.reportCount == stored.reports, segment.passageCount == stored.passages {
                return segment
            }
            why = "it holds other reports than the manifest says"
        } catch {
            why = error.message
        }
        throw SearchError(
            .damagedSegment, path: index.path,
            detail: "segment \(stored.name) cannot be read (\(why))")
    }

    /// Hands over the files of the index, those with a report first; skipped ones too.
    func forEachFile(_ body: (FileEntry) -> Void) throws(SearchError) {
        for part in parts { try part.forEachFile(body) }
        guard let fileList else { return }
        guard fileList.withSpan({ FileList.forEachEntry(in: $0, storedPaths, body) }) else {
            throw damagedList
        }
    }

    /// How many files have a report, and how many were skipped for each reason.
    func fileCounts() throws(SearchError) -> (reports: Int, skipped: [String: Int]) {
        var counts = (reports: 0, skipped: [String: Int]())
        for part in parts {
            let more = try part.fileCounts()
            counts.reports += more.reports
            counts.skipped.merge(more.skipped, uniquingKeysWith: +)
        }
        guard let fileList else { return counts }
        guard let own = fileList.withSpan({ FileList.counts(in: $0) }) else { throw damagedList }
        return own
    }

    /// The paths of the files with a report's content, sorted.
    public func paths(ofReport id: String) throws(SearchError) -> [String] {
        try paths(ofReports: [UInt64(id, radix: 16) ?? .max])[0]
    }

    /// The paths of the files with the content of each of some reports, sorted; looked up together.
    ///
    /// - Parameter ids: the reports, by ``ReportModel/ReportHead/idNumber``.
    func paths(ofReports ids: [UInt64]) throws(SearchError) -> [[String]] {
        let paths = try listedPaths(ofReports: ids)
        // Every report that is shown is in a list; one that is not found there was changed.
        if paths.contains(where: \.isEmpty) { throw damagedList }
        return paths
    }

    private func listedPaths(ofReports ids: [UInt64]) throws(SearchError) -> [[String]] {
        if !parts.isEmpty {
            var all = [Set<[UInt8]>](repeating: [], count: ids.count)
            for part in parts {
                for (index, paths) in try part.listedPaths(ofReports: ids).enumerated() {
                    all[index].formUnion(paths.map { Array($0.utf8) })
                }
            }
            return all.map { paths in
                paths.sorted { $0.lexicographicallyPrecedes($1) }
                    .map { String(decoding: $0, as: UTF8.self) }
            }
        }
        guard let fileList else { return ids.map { filesOfReports[$0] ?? [] } }
        let paths = fileList.withSpan { bytes in
            FileList.paths(ofReports: ids, in: bytes, storedPaths) { offset in
                // Lines reach so far, most of them.
                fileList.prefetch(offset - 128..<offset + 128)
            }
        }
        guard let paths else { throw damagedList }
        return paths
    }

    /// Does something that reads the index: whatever fails then is damage.
    func reading<Result>(_ body: () throws -> Result) throws(SearchError) -> Result {
        do {
            return try body()
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(.damaged, path: folder, detail: "\(error)")
        }
    }

    private var damagedList: SearchError {
        SearchError(.damaged, path: folder, detail: "the list of files is damaged")
    }

    /// What the checks gave for every report; judged once.
    func judgements() throws -> Judgements {
        if let knownJudgements { return knownJudgements }
        let judged = try Judgements(self)
        knownJudgements = judged
        return judged
    }

    /// The number of reports that are part of the index.
    public var reportCount: Int { segments.reduce(0) { $0 + $1.isVisible.count(where: \.self) } }

    /// The size of the index folder in bytes.
    var size: Int64 { index?.folder.size() ?? parts.reduce(0) { $0 + $1.size } }

    /// The number of segments.
    public var segmentCount: Int { segments.count }

    /// The number of passages that are part of the index.
    public var passageCount: Int {
        segments.reduce(0) { sum, segment in
            zip(segment.passageCounts, segment.isVisible).reduce(sum) { sum, report in
                report.1 ? sum + Int(report.0) : sum
            }
        }
    }

    /// Who and what every report of the index is.
    func heads() throws -> [ReportHead] {
        try segments.flatMap { segment in
            try zip(segment.allHeads(), segment.isVisible).filter(\.1).map(\.0)
        }
    }

    /// A whole report as it was read, with its head; nil when the index has none with this id.
    public func report(id: String) throws(SearchError) -> (head: ReportHead, report: Report)? {
        try reading { try storedReport(id: id) }
    }

    private func storedReport(id: String) throws -> (head: ReportHead, report: Report)? {
        for segment in segments {
            guard let index = segment.reports(withIDs: [id]).first(where: { segment.isVisible[$0] })
            else { continue }
            let record = try segment.wholeRecord(ofReport: index)
            return (record.head, record.report)
        }
        return nil
    }

    /// Hands over whole reports by their ids, in this order; to look each up alone would take time
    /// that grows with the square of their number.
    ///
    /// - Parameter body: gets the index of an id, and its report; an id that the index does not have
    ///   is passed over.
    public func forEachReport(
        withIDs ids: [String], _ body: (_ index: Int, _ report: Report) throws -> Void
    ) throws {
        let wanted = Set(ids)
        var locations: [UInt64: (segment: Segment, index: Int)] = [:]
        try reading {
            for segment in segments {
                for index in segment.reports(withIDs: wanted) where segment.isVisible[index] {
                    let number = try segment.idNumber(ofReport: index)
                    if locations[number] == nil { locations[number] = (segment, index) }
                }
            }
        }
        for (index, id) in ids.enumerated() {
            guard let found = UInt64(id, radix: 16).flatMap({ locations[$0] }) else { continue }
            let record = try reading { try found.segment.wholeRecord(ofReport: found.index) }
            try body(index, record.report)
        }
    }

    /// Hands over every report of the index without its text, with the paths of its files.
    public func forEachReport(
        _ body: (_ head: ReportHead, _ report: Report, _ files: [String]) throws -> Void
    ) throws {
        for segment in segments {
            for index in 0..<segment.reportCount where segment.isVisible[index] {
                let record = try reading { try segment.record(ofReport: index) }
                try body(record.head, record.report, try paths(ofReport: record.head.id))
            }
        }
    }

    /// The reports that a person may mean: by id, by the beginning of an id, or by file.
    ///
    /// - Parameter path: the absolute path that the name is when it names a file.
    public func reports(named name: String, path: String) throws(SearchError) -> [ReportHead] {
        try reading {
            // Names that look alike may have other bytes.
            var found: FileEntry?
            try forEachFile { file in
                if found == nil, file.path.utf8.elementsEqual(path.utf8) { found = file }
            }
            let wanted = found?.report ?? name.lowercased()
            return try locations(ofIDsBeginning: wanted).map { segment, report in
                try segment.head(ofReport: report)
            }
        }
    }

    /// The ids of reports that begin so, ascending, and no more than a number of them; read from the
    /// column of ids alone.
    public func ids(beginning start: String, limit: Int) throws(SearchError) -> [String] {
        try reading {
            let ids = try locations(ofIDsBeginning: start.lowercased()).map { segment, report in
                try segment.id(ofReport: report)
            }
            return Array(Set(ids).sorted().prefix(limit))
        }
    }

    /// Where the reports are whose ids begin so; none for no beginning.
    private func locations(
        ofIDsBeginning start: String
    ) throws(SegmentError) -> [(segment: Segment, report: Int)] {
        let isHexadecimal = start.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard isHexadecimal, (1...16).contains(start.utf8.count),
            let number = UInt64(start, radix: 16)
        else { return [] }
        let shift = UInt64(4 * (16 - start.utf8.count))
        var locations: [(segment: Segment, report: Int)] = []
        for segment in segments {
            for report in 0..<segment.reportCount where segment.isVisible[report] {
                if try segment.idNumber(ofReport: report) >> shift == number {
                    locations.append((segment, report))
                }
            }
        }
        return locations
    }
}
