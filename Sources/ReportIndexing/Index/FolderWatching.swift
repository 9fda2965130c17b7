import IndexFolder
import Platform
import SystemPackage

extension ReportIndexer {
    /// How the folders are watched.
    public enum Watching: Sendable, Hashable {
        /// The system tells of changes, and all is looked at every ten minutes.
        case events
        /// The system tells of none, for the reason given: all is looked at every minute.
        case looks(String)
    }

    /// Indexes some paths, and from then on whatever changes there, until the task is cancelled.
    ///
    /// Each look is a run of its own, which takes the lock only while it lasts. An event starts a
    /// look once it has been quiet for a moment; what comes while one lasts starts the next.
    ///
    /// - Parameters:
    ///   - began: called once, with how the folders are watched.
    ///   - failed: called when a later look cannot be taken in; it is tried again after five seconds.
    ///   - told: called with what the first run did, and each later one that changed something.
    /// - Throws: ``IndexError``, or `CancellationError` when the task was cancelled.
    public func watch(
        _ paths: [String], began: (Watching) -> Void, watcher: IndexWatcher = IndexWatcher(),
        failed: (IndexError) -> Void = { _ in }, told: (IndexSummary) -> Void
    ) async throws {
        told(try await run(paths, watcher: watcher))
        var later = self
        // A look that finds nothing is no run that anyone asked for.
        later.options.notesIdleRuns = false
        var events = Self.events(of: paths, folder)
        began(events.watching)
        while true {
            // A folder is watched before it is looked at: the first look finds what changed between
            // the first run and the watch.
            while true {
                do {
                    let summary = try await later.run(paths, watcher: watcher)
                    if !summary.isUnchanged { told(summary) }
                    break
                } catch let error as IndexError
                    where error.reason == .locked || error.reason == .unwritable
                {
                    failed(error)
                    try await Task.sleep(for: .seconds(5))
                }
            }
            try await later.wait(for: &events, paths)
        }
    }

    /// What tells of changes: nothing where the system cannot.
    private struct Events {
        var source: FolderEvents?
        var watching: Watching
        /// Whether a folder was found that nobody watched before: something may have happened in it.
        var isStale = false
    }

    private static func events(of paths: [String], _ index: String) -> Events {
        do throws(Errno) {
            let source = try FolderEvents()
            var events = Events(source: source, watching: .events)
            try follow(paths, index, &events)
            return events
        } catch {
            return Events(source: nil, watching: .looks(error.description))
        }
    }

    /// Watches the folders that came.
    private static func follow(
        _ paths: [String], _ index: String, _ events: inout Events
    ) throws(Errno) {
        guard let source = events.source else { return }
        var isStale = false
        do {
            let folder = try? OpenFolder(at: index)
            try FolderTree.forEachFolder(of: paths, without: folder) { path throws(Errno) in
                do throws(Errno) {
                    if try source.watch(path) { isStale = true }
                } catch .noSuchFileOrDirectory {
                    // It went meanwhile.
                }
            }
        } catch {
            throw error as? Errno ?? .ioError
        }
        events.isStale = isStale
    }

    /// Waits until something may have changed.
    private func wait(for events: inout Events, _ paths: [String]) async throws {
        let clock = ContinuousClock()
        let started = clock.now
        guard let source = events.source else {
            return try await Task.sleep(for: .seconds(60))
        }
        var last: ContinuousClock.Instant?
        while true {
            try await Task.sleep(for: .milliseconds(50))
            let happened: Bool
            do throws(Errno) {
                happened = try source.haveHappened()
            } catch {
                events = Events(source: nil, watching: .looks(error.description))
                return
            }
            if happened { last = clock.now }
            let isQuiet = last.map { clock.now - $0 >= .milliseconds(100) } ?? false
            let isLate = last != nil && clock.now - started >= .milliseconds(500)
            guard isQuiet || isLate || clock.now - started >= .seconds(600) else { continue }
            do throws(Errno) {
                repeat { try Self.follow(paths, folder, &events) } while events.isStale
            } catch {
                events = Events(source: nil, watching: .looks(error.description))
            }
            return
        }
    }
}
