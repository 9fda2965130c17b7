import FoundationEssentials
import IndexSchema
public import ReportModel
import Xapian

/// An index opened for reading: one consistent state, however the folder changes meanwhile.
public final class IndexReader {
    /// The index folder.
    public let folder: String
    /// What the index consists of.
    let manifest: Manifest
    let segments: [Segment]
    private var fileEntries: [FileEntry]?
    private var pathsByReport: [String: [String]]?

    /// Opens the index in a folder.
    ///
    /// - Throws: ``SearchError`` when there is none, it was made by another version, or it is
    ///   damaged.
    public init(folder: String) throws(SearchError) {
        self.folder = folder
        // A run of `index` may remove segments between reading the manifest and opening them;
        // the next manifest then names others.
        var last: SearchError?
        for _ in 0..<5 {
            let manifest = try Self.manifest(in: folder)
            do {
                segments = try manifest.segments.map {
                    try Segment(
                        path: "\(folder)/\(Manifest.segmentFolder)/\($0.name)", hidden: $0.hidden)
                }
                self.manifest = manifest
                return
            } catch let error as XapianError {
                last = SearchError(.damaged, path: folder, detail: error.description)
            } catch {
                last = SearchError(.damaged, path: folder, detail: "\(error)")
            }
            guard (try? Self.manifest(in: folder))?.generation != manifest.generation else { break }
        }
        throw last ?? SearchError(.changed, path: folder, detail: "the index keeps changing")
    }

    private static func manifest(in folder: String) throws(SearchError) -> Manifest {
        let file = folder + "/" + Manifest.fileName
        guard FileManager.default.fileExists(atPath: file) else {
            throw SearchError(.noIndex, path: folder, detail: "no index here")
        }
        let manifest: Manifest
        do {
            manifest = try Manifest(Data(contentsOf: URL(filePath: file)))
        } catch {
            throw SearchError(.damaged, path: folder, detail: "the manifest cannot be read")
        }
        guard manifest.schema == Schema.version, manifest.analysis == TextAnalysis.version else {
            throw SearchError(
                .incompatible, path: folder,
                detail: "the index was made by another version of gongkai")
        }
        return manifest
    }

    /// The nearest `.gongkai` folder at or above a folder; nil when there is none.
    public static func nearestIndex(from folder: String) -> String? {
        var folder = folder
        while true {
            let candidate = (folder == "/" ? "" : folder) + "/.gongkai"
            if FileManager.default.fileExists(atPath: candidate + "/" + Manifest.fileName) {
                return candidate
            }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    /// The files of the index, sorted by path; skipped ones too.
    func files() throws(SearchError) -> [FileEntry] {
        if let fileEntries { return fileEntries }
        let entries: [FileEntry]
        do {
            entries =
                manifest.files.isEmpty
                ? []
                : try FileList.entries(
                    in: Data(contentsOf: URL(filePath: folder + "/" + manifest.files)))
        } catch {
            throw SearchError(.damaged, path: folder, detail: "the list of files cannot be read")
        }
        fileEntries = entries
        return entries
    }

    /// The paths of the files with a report's content.
    public func paths(ofReport id: String) throws(SearchError) -> [String] {
        if pathsByReport == nil {
            var paths: [String: [String]] = [:]
            for entry in try files() {
                if let report = entry.report { paths[report, default: []].append(entry.path) }
            }
            pathsByReport = paths
        }
        return pathsByReport?[id] ?? []
    }

    /// The number of reports that are part of the index.
    public var reportCount: Int { segments.reduce(0) { $0 + $1.isVisible.count(where: \.self) } }

    /// The number of passages that are part of the index.
    public var passageCount: Int {
        segments.reduce(0) { sum, segment in
            sum
                + segment.reports.indices.filter { segment.isVisible[$0] }
                .reduce(0) { $0 + (segment.passages(ofReport: $1)?.count ?? 0) }
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
        do {
            return try storedReport(id: id)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(.damaged, path: folder, detail: "\(error)")
        }
    }

    private func storedReport(id: String) throws -> (head: ReportHead, report: Report)? {
        for segment in segments {
            let found = try segment.database.documentIDs(matching: Schema.term(.report, id))
            guard let first = found.first, let index = segment.report(ofDocument: first),
                segment.reports[index] == first, segment.isVisible[index]
            else { continue }
            var record = try segment.record(ofReport: index)
            if let ids = segment.passages(ofReport: index) {
                record.report.passages = try segment.passages(Array(ids)).map(\.passage)
            }
            return (record.head, record.report)
        }
        return nil
    }

    /// Hands over every report of the index without its text, with the paths of its files.
    public func forEachReport(
        _ body: (_ head: ReportHead, _ report: Report, _ files: [String]) throws -> Void
    ) throws {
        for segment in segments {
            for index in segment.reports.indices where segment.isVisible[index] {
                let record = try segment.record(ofReport: index)
                try body(record.head, record.report, try paths(ofReport: record.head.id))
            }
        }
    }

    /// The reports that a person may mean: by id, by the beginning of an id, or by file.
    ///
    /// - Parameter path: the absolute path that the name is when it names a file.
    public func reports(named name: String, path: String) throws(SearchError) -> [ReportHead] {
        do {
            let entry = try files().first { $0.path == path }
            let heads = try heads()
            if let id = entry?.report { return heads.filter { $0.id == id } }
            return heads.filter { !name.isEmpty && $0.id.hasPrefix(name.lowercased()) }
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(.damaged, path: folder, detail: "\(error)")
        }
    }
}
