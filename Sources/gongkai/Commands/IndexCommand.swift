import ArgumentParser
import ReportIndexing
import ReportModel
import ReportOutput

struct IndexCommand: AsyncParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read files and folders into the index.",
        discussion: """
            Files that stand as they stood are skipped, changed ones replaced, missing ones \
            removed; what could not be read for a passing reason is tried again. A folder that is \
            missing or empty as a whole may be a disk that is away: its reports stay, with exit \
            code 2, until --remove-missing; so do those of an empty folder below it from which \
            nothing was removed. Without an index, .gongkai is made in the working \
            directory. Without paths those of the last run are read again.

            What --format json prints is one gongkai.index/1 object; with --diagnostics - standard \
            output has JSON Lines alone, and the last line goes to standard error.

              gongkai index reports/
              gongkai index
              gongkai index reports/ --exclude '*.html' --jobs 8
              gongkai index reports/ --watch
            """)

    @Argument(
        help: "Files and folders to read; without any those of the last run.",
        completion: .file())
    var paths: [String] = []

    @Option(name: .customLong("index"), help: ArgumentHelp("The index folder.", valueName: "dir"))
    var folder: String?

    @Flag(help: "Read every file anew and replace the whole index.")
    var rebuild = false

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "Keep reports whose files are gone.")
    var keepMissing = false

    @Flag(help: "Remove reports also where a folder may be a disk that is away.")
    var removeMissing = false

    @Flag(
        help: ArgumentHelp(
            """
            Stay until interrupted, and index what changes. Where the system tells of no changes, all \
            is looked at every minute.
            """))
    var watch = false

    @OptionGroup var reading: ReadingOptions

    @Option(
        help: ArgumentHelp(
            "Read only what matches, a pattern as in .gitignore; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave out what matches, a pattern as in .gitignore: '*.html', 'backup/', '!a.txt'.",
            valueName: "glob"))
    var exclude: [String] = []

    @Flag(help: "Follow links, as long as they lead to a place below the folder that is read.")
    var follow = false

    @Option(
        help: ArgumentHelp(
            "Write what became of each file, and what was odd in it, as JSON Lines; - is standard output.",
            valueName: "file"), completion: .file())
    var diagnostics: String?

    @OptionGroup var lock: LockOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if keepMissing, removeMissing {
            throw ValidationError(Message.keepOrRemove)
        }
        if watch, rebuild || dryRun || diagnostics != nil {
            throw ValidationError(Message.watchAlone)
        }
        if let format = output.format, ![.text, .json, .jsonl].contains(format) {
            throw ValidationError(Message.indexFormats)
        }
        _ = try options
    }

    /// What is read: the paths that were named, else those of the last run.
    private func roots(of target: String, _ terminal: Terminal) throws -> [String] {
        guard paths.isEmpty else { return paths }
        let roots = try ReportIndexer(folder: target, options: options).rootsOfLastRun()
        guard !roots.isEmpty else { throw ValidationError(Message.noRoots) }
        terminal.note(Message.readingAgain(roots.map(DisplayPath.of)))
        return roots
    }

    /// Indexes, and stays to index what changes, until a signal comes.
    private func stay(_ target: String, _ terminal: Terminal) async throws {
        let (paths, options) = (try roots(of: target, terminal), try options)
        let asJSON = output.format?.isJSON ?? false
        try await Interruption.guarding(saying: .stoppedWatching) {
            var watcher = IndexWatcher()
            watcher.waiting = { terminal.note(LockOption.waiting) }
            var start = ContinuousClock().now
            try await ReportIndexer(folder: target, options: options).watch(
                paths,
                began: { terminal.note(Message.watching($0)) }, watcher: watcher,
                failed: { Terminal.complain(Message.failure($0)) },
                told: { summary in
                    let elapsed = ContinuousClock().now - start
                    let ending = IndexEnding(
                        summary: summary, target: target, elapsed: elapsed, isDryRun: false)
                    ending.tell(terminal, asJSON: asJSON, ownsOutput: true)
                    start = ContinuousClock().now
                })
        }
    }

    func run() async throws {
        let terminal = Terminal(output)
        let target = try IndexLocation.existing(named: folder) ?? IndexLocation.own()
        if watch { return try await stay(target, terminal) }
        let start = ContinuousClock().now
        let (paths, options) = (try roots(of: target, terminal), try options)
        let (isQuiet, diagnostics) = (output.quiet, diagnostics)
        let summary = try await Interruption.guarding(saying: .interrupted) {
            let progress = ProgressLine(isShown: !isQuiet)
            defer { progress.clear() }
            let file = try diagnostics.map(DiagnosticsFile.init)
            var watcher = IndexWatcher()
            watcher.waiting = { terminal.note(LockOption.waiting) }
            watcher.wantsTotal = progress.isOnTerminal
            watcher.progress = progress.show
            if let file { watcher.diagnose = file.add }
            let summary = try await ReportIndexer(folder: target, options: options)
                .run(paths, watcher: watcher)
            try file?.close()
            return summary
        }
        let ending = IndexEnding(
            summary: summary, target: target, elapsed: ContinuousClock().now - start,
            isDryRun: dryRun)
        ending.tell(
            terminal, asJSON: output.format?.isJSON ?? false, ownsOutput: diagnostics != "-")
        if summary.problems.contains(where: \.isFailure) || !summary.away.isEmpty {
            throw ExitCode(2)
        }
    }

    var isPaged: Bool { false }

    private var options: IndexOptions {
        get throws {
            var options = IndexOptions()
            options.rebuild = rebuild
            options.dryRun = dryRun
            options.keepMissing = keepMissing
            options.removeMissing = removeMissing
            options.jobs = reading.jobs
            options.encoding = reading.encodingName
            options.fields = reading.recordNames
            options.ocr = reading.ocrProgram
            do throws(PatternError) {
                options.include = try PathRules(include, flag: "--include")
                options.exclude = try PathRules(exclude, flag: "--exclude")
            } catch {
                let message = Message("\(error.english)", "\(error.chinese)")
                throw ValidationError(message.description)
            }
            options.follow = follow
            options.lockTimeout = lock.timeout
            return options
        }
    }
}

/// How far a run has come: on a terminal one line that is written over, otherwise a plain line now
/// and then when it takes long.
final class ProgressLine {
    /// Whether the line stands on a terminal.
    let isOnTerminal: Bool
    private let isShown: Bool
    private let start = ContinuousClock().now
    private var lastShown: ContinuousClock.Instant
    private var hasLine = false

    init(isShown: Bool) {
        self.isShown = isShown
        isOnTerminal = isShown && StandardError.isTerminal
        lastShown = start
    }

    /// Shows the numbers: ten times a second on a terminal, every thirty seconds elsewhere.
    func show(_ done: Int, _ total: Int?) {
        guard isShown else { return }
        let now = ContinuousClock().now
        guard now - lastShown > (isOnTerminal ? .milliseconds(100) : .seconds(30)) else { return }
        lastShown = now
        let seconds = max(0.001, (now - start) / .seconds(1))
        let rate = Double(done) / seconds
        guard isOnTerminal else {
            return StandardError.write("gongkai: \(done) files, \(Int(rate)) a second\n")
        }
        var line = "\(done)"
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            let full = Int(share * Double(Self.width))
            line =
                "[" + String(repeating: "#", count: full)
                + String(repeating: " ", count: Self.width - full) + "] \(done)/\(total)"
        }
        line += " files, \(Int(rate)) a second"
        if let total, rate > 0 { line += ", \(Int(Double(max(0, total - done)) / rate)) s left" }
        hasLine = true
        StandardError.write("\r\u{1B}[K" + line)
    }

    /// The columns of the bar.
    private static let width = 24

    /// Takes the line away.
    func clear() { if hasLine { StandardError.write("\r\u{1B}[K") } }
}
