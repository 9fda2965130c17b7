import IndexFolder
import Platform
import ReportModel
import SegmentStore

/// What a run notes of each file that changes, while it looks at the files.
///
/// Reports that are new are written down at once. The others are looked up when all files were met:
/// only then it is known what was moved, and where the new reports are stored. Most of what is noted
/// waits in files, as there may be a change a file: copies share these, and only one may be added to.
struct ChangeNotes: Sendable {
    /// What is written down.
    private var writer: RunChangesWriter
    /// What is to be looked up.
    private var open: [Open] = []
    /// The paths of what is to be looked up, end to end.
    private var paths: SpilledBytes

    /// A change of a file whose reports the segments hold, in little memory.
    private struct Open {
        private let oldID: UInt64
        private let newID: UInt64
        private let pathStart: Int
        private let pathCount: UInt32
        let kind: ReportChange.Kind
        private let hasOld: Bool
        private let hasNew: Bool

        init(_ kind: ReportChange.Kind, path: Range<Int>, old: UInt64?, new: UInt64?) {
            self.kind = kind
            (pathStart, pathCount) = (path.lowerBound, UInt32(path.count))
            (oldID, hasOld) = (old ?? 0, old != nil)
            (newID, hasNew) = (new ?? 0, new != nil)
        }

        /// Where its path stands.
        var path: Range<Int> { pathStart..<pathStart + Int(pathCount) }
        /// The id of the report that the file held; nil when it held none.
        var old: UInt64? { hasOld ? oldID : nil }
        /// The id of the report that it holds; nil when it holds none.
        var new: UInt64? { hasNew ? newID : nil }
    }

    /// The bytes of a run's file of changes.
    typealias Bytes = (head: [UInt8], entries: SpilledBytes)

    /// Begins notes about an index that stores paths so.
    ///
    /// - Parameter folder: on whose disk notes wait.
    init(_ paths: StoredPath, near folder: OpenFolder?) {
        writer = RunChangesWriter(near: folder) { paths.bytes(of: $0) }
        self.paths = SpilledBytes(near: folder)
    }

    /// Notes a file that was read and is new to the index.
    mutating func add(new head: ReportHead, at path: String, failing rules: [String]) {
        writer.add(
            ReportChange(.added, path: path, new: ReportChange.Version(head), failing: rules))
    }

    /// Notes any other change of a file.
    mutating func add(_ kind: ReportChange.Kind, at path: String, old: String?, new: String?) {
        let start = paths.count
        paths.append(Array(path.utf8))
        func number(_ id: String?) -> UInt64? { id.flatMap { UInt64($0, radix: 16) } }
        open.append(
            Open(kind, path: start..<paths.count, old: number(old), new: number(new)))
    }

    /// The file of the run's changes; nil when there are none.
    ///
    /// - Parameters:
    ///   - segments: those that hold the reports before the run, or after it.
    ///   - run: the run's number.
    func file(
        reading segments: [Manifest.Segment], in folder: OpenFolder, run: Int
    ) throws -> Bytes? {
        var writer = writer
        let (origins, gone) = moves
        let reader = try StoredReports(
            open.lazy.flatMap { [$0.old, $0.new] }, of: segments, in: folder)
        for (index, note) in open.enumerated() where !gone.contains(UInt32(index)) {
            try Task.checkCancellation()
            let origin = origins[UInt32(index)].map { open[Int($0)] }
            writer.add(
                writer.hasRoom
                    ? reader.change(
                        note.kind, at: try path(of: note), earlier: try origin.map(path),
                        old: note.old, new: note.new)
                    : ReportChange(
                        origin == nil ? note.kind : .moved, path: nil,
                        old: note.old.map(StoredReports.version),
                        new: note.new.map(StoredReports.version)))
        }
        guard !writer.isEmpty else { return nil }
        let time = Int(FileSystem.now / 1_000_000_000)
        return (writer.head(run: run, time: time), writer.entries)
    }

    private func path(of note: Open) throws -> String {
        String(
            decoding: try paths.bytes(at: note.path.lowerBound, count: note.path.count),
            as: UTF8.self)
    }

    /// The reports that one file has lost and another one got: for the index of the second note that
    /// of the first, and the indices of the first ones.
    private var moves: (origins: [UInt32: UInt32], gone: Set<UInt32>) {
        func indices(_ kind: ReportChange.Kind, _ id: (Open) -> UInt64?) -> [UInt32] {
            let indices = open.indices.filter { open[$0].kind == kind && id(open[$0]) != nil }
            return indices.map(UInt32.init).sorted { one, other in
                (id(open[Int(one)]) ?? 0, one) < (id(open[Int(other)]) ?? 0, other)
            }
        }
        let lost = indices(.removed) { $0.old }
        let got = indices(.added) { $0.new }
        var origins: [UInt32: UInt32] = [:]
        var (first, second) = (0, 0)
        while first < lost.count, second < got.count {
            guard let old = open[Int(lost[first])].old, let new = open[Int(got[second])].new else {
                break
            }
            if old == new { origins[got[second]] = lost[first] }
            if old <= new { first += 1 }
            if new <= old { second += 1 }
        }
        return (origins, Set(origins.values))
    }
}

/// Some reports of an index, found by their ids.
private final class StoredReports {
    private let segments: [Segment]
    private var locations: [UInt64: (segment: UInt32, report: UInt32)] = [:]
    /// How many changes were made since the segments' memory was given back.
    private var changesSince = 0

    private static let mostChangesSince = 256

    init(
        _ ids: some Sequence<UInt64?>, of segments: [Manifest.Segment], in folder: OpenFolder
    ) throws {
        let wanted = Set(ids.lazy.compactMap { $0 })
        guard !wanted.isEmpty else {
            self.segments = []
            return
        }
        self.segments = try segments.map { try Segment(SegmentFiles($0.name, in: folder)) }
        for (index, segment) in self.segments.enumerated() {
            for report in segment.reports(withIDNumbers: wanted) {
                locations[try segment.idNumber(ofReport: report)] = (UInt32(index), UInt32(report))
            }
        }
    }

    /// A report with its text; nil when no segment has it, or it cannot be read.
    private func report(_ id: UInt64?) -> (head: ReportHead, report: Report)? {
        guard let found = id.flatMap({ locations[$0] }),
            let record = try? segments[Int(found.segment)].wholeRecord(ofReport: Int(found.report))
        else { return nil }
        return (record.head, record.report)
    }

    /// A report of which only the id is known.
    static func version(_ id: UInt64) -> ReportChange.Version {
        ReportChange.Version(id: ReportHead.id(ofNumber: id))
    }

    private func version(_ id: UInt64?) -> ReportChange.Version? {
        guard let id else { return nil }
        guard let location = locations[id],
            let entry = try? segments[Int(location.segment)].entry(ofReport: Int(location.report))
        else { return Self.version(id) }
        return ReportChange.Version(entry.head)
    }

    /// What became of a file.
    ///
    /// - Parameters:
    ///   - earlier: where its report was before, when it was moved.
    ///   - old: the report that it held.
    ///   - new: the report that it holds.
    func change(
        _ kind: ReportChange.Kind, at path: String, earlier: String?, old: UInt64?, new: UInt64?
    ) -> ReportChange {
        changesSince += 1
        if changesSince > Self.mostChangesSince {
            for segment in segments { segment.forget() }
            changesSince = 0
        }
        if kind == .changed, let old = report(old), let new = report(new) {
            return ReportChange(path: path, from: old, to: new)
        }
        let after = version(new)
        return ReportChange(
            earlier == nil ? kind : .moved, path: path, earlierPath: earlier,
            old: earlier == nil ? version(old) : after, new: after)
    }
}
