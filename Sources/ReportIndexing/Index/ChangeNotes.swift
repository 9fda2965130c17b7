import IndexFolder
import Platform
import ReportModel
import SegmentStore

/// What a run notes of each file that changes, while it looks at the files.
///
/// Reports that are new are written down at once. The others are looked up when all files were met:
/// only then it is known what was moved, and where the new reports are stored.
struct ChangeNotes: Sendable {
    /// What is written down.
    private(set) var writer: RunChangesWriter
    /// What is to be looked up.
    private(set) var open: [Open] = []

    /// A change of a file whose reports the segments hold.
    struct Open: Sendable {
        let kind: ReportChange.Kind
        let path: String
        /// The id of the report that the file held; nil when it held none.
        var old: String?
        /// The id of the report that it holds; nil when it holds none.
        var new: String?
    }

    /// Begins notes about an index that stores paths so.
    init(_ paths: StoredPath) { writer = RunChangesWriter { paths.bytes(of: $0) } }

    /// Notes a file that was read and is new to the index.
    mutating func add(new head: ReportHead, at path: String, failing rules: [String]) {
        writer.add(
            ReportChange(.added, path: path, new: ReportChange.Version(head), failing: rules))
    }

    /// Notes any other change of a file.
    mutating func add(_ kind: ReportChange.Kind, at path: String, old: String?, new: String?) {
        open.append(Open(kind: kind, path: path, old: old, new: new))
    }

    /// The file of the run's changes; nil when there are none.
    ///
    /// - Parameters:
    ///   - segments: those that hold the reports before the run, or after it.
    ///   - run: the run's number.
    func file(
        reading segments: [Manifest.Segment], in folder: OpenFolder, run: Int
    ) throws -> [UInt8]? {
        var writer = writer
        var left = open
        // A report that one file has lost and another one got.
        var lost: [String: [Int]] = [:]
        for (place, note) in open.enumerated().reversed() where note.kind == .removed {
            if let old = note.old { lost[old, default: []].append(place) }
        }
        var moved: [Int: String] = [:]
        var gone: Set<Int> = []
        for (place, note) in open.enumerated() where note.kind == .added {
            guard let new = note.new, let from = lost[new]?.popLast() else { continue }
            moved[place] = open[from].path
            gone.insert(from)
        }
        let reader = try StoredReports(
            Set(open.flatMap { [$0.old, $0.new].compactMap(\.self) }), of: segments, in: folder)
        left = left.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        let earlier = open.indices.filter { !gone.contains($0) }.map { moved[$0] }
        for (note, earlier) in zip(left, earlier) {
            try Task.checkCancellation()
            writer.add(
                writer.hasRoom
                    ? reader.change(note, earlier: earlier)
                    : ReportChange(
                        earlier == nil ? note.kind : .moved, path: nil,
                        old: note.old.map(ReportChange.Version.init(id:)),
                        new: note.new.map(ReportChange.Version.init(id:))))
        }
        guard !writer.isEmpty else { return nil }
        return writer.encoded(run: run, time: Int(FileSystem.now / 1_000_000_000))
    }
}

/// Some reports of an index, found by their ids.
private final class StoredReports {
    private let segments: [Segment]
    private var places: [UInt64: (segment: Int, place: Int)] = [:]

    init(_ ids: Set<String>, of segments: [Manifest.Segment], in folder: OpenFolder) throws {
        guard !ids.isEmpty else {
            self.segments = []
            return
        }
        let wanted = Set(ids.compactMap { UInt64($0, radix: 16) })
        self.segments = try segments.map { try Segment(SegmentFiles($0.name, in: folder)) }
        for (index, segment) in self.segments.enumerated() {
            for place in segment.reports(withIDNumbers: wanted) {
                places[try segment.idNumber(ofReport: place)] = (index, place)
            }
        }
    }

    /// A report with its text; nil when no segment has it, or it cannot be read.
    private func report(_ id: String?) -> (head: ReportHead, report: Report)? {
        guard let id, let place = UInt64(id, radix: 16).flatMap({ places[$0] }),
            let record = try? segments[place.segment].wholeRecord(ofReport: place.place)
        else { return nil }
        return (record.head, record.report)
    }

    private func version(_ id: String?) -> ReportChange.Version? {
        guard let id else { return nil }
        guard let place = UInt64(id, radix: 16).flatMap({ places[$0] }),
            let entry = try? segments[place.segment].entry(ofReport: place.place)
        else { return ReportChange.Version(id: id) }
        return ReportChange.Version(entry.head)
    }

    /// What became of a file.
    ///
    /// - Parameter earlier: where its report was before, when it was moved.
    func change(_ note: ChangeNotes.Open, earlier: String?) -> ReportChange {
        if note.kind == .changed, let old = report(note.old), let new = report(note.new) {
            return ReportChange(path: note.path, from: old, to: new)
        }
        let new = version(note.new)
        return ReportChange(
            earlier == nil ? note.kind : .moved, path: note.path, earlierPath: earlier,
            old: earlier == nil ? version(note.old) : new, new: new)
    }
}
