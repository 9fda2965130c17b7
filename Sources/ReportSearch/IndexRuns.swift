import IndexFolder
import Platform
public import ReportModel
import SegmentStore

/// The runs of `index` that an index remembers.
public struct IndexRuns {
    /// The number of the last run that finished; nil before the first.
    public let last: Int?
    /// When it ended, in seconds since 1970; nil before the first.
    public let lastTime: Int?
    /// The runs that changed something, at most 50, oldest first.
    public let changing: [RunChanges]

    /// Makes a memory of runs.
    public init(last: Int?, lastTime: Int?, changing: [RunChanges]) {
        (self.last, self.lastTime, self.changing) = (last, lastTime, changing)
    }
}

extension IndexReader {
    /// The runs of `index` that are remembered.
    ///
    /// - Parameter isWanted: whether a run is to be read, told by how many there are after it.
    /// - Throws: ``SearchError`` when the file of a run is damaged.
    public func runs(
        where isWanted: (_ after: Int) -> Bool = { _ in true }
    ) throws(SearchError) -> IndexRuns {
        var runs: [RunChanges] = []
        if let index {
            let count = manifest.changes.count
            for (order, stored) in manifest.changes.enumerated()
            where isWanted(count - order - 1) {
                var words = "does not tell what a run changed"
                do throws(Manifest.StoredFile.State) {
                    let file = try stored.mapped(in: index.folder, limit: RunChangesFile.largest)
                    if let run = RunChangesFile.changes(in: file, path: index.paths.path) {
                        runs.append(run)
                        continue
                    }
                } catch {
                    words = error.description
                }
                throw SearchError(.damaged, path: folder, detail: "\(stored.name) \(words)")
            }
        }
        return IndexRuns(
            last: manifest.lastRun?.number,
            lastTime: manifest.lastRun.map { Int($0.time / 1_000_000_000) }, changing: runs)
    }

    /// The same index with only the reports that the last run of `index` added or changed; of several
    /// indexes those of the last run of each.
    public func ofLastRun() throws(SearchError) -> IndexReader {
        guard parts.isEmpty else {
            var new: [IndexReader] = []
            for part in parts { new.append(try part.ofLastRun()) }
            return try IndexReader(merging: new)
        }
        let runs = try runs { $0 == 0 }
        let ids = runs.changing.last.flatMap { $0.run == runs.last ? $0.newReports : nil } ?? []
        return try limited { ids.contains($0) }
    }
}
