import ArgumentParser
import Foundation
import ReportIndexing

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read files and folders into the index.",
        discussion: """
            Files that stand as they stood are skipped, changed ones replaced, missing ones removed.
            Without an index, .gongkai is made in the working directory.

              gongkai index reports/
              gongkai index reports/ --exclude '*.html' --jobs 8
            """)

    @Argument(help: "Files and folders to read.")
    var paths: [String]

    @Option(name: .customLong("index"), help: ArgumentHelp("The index folder.", valueName: "dir"))
    var folder: String?

    @Flag(help: "Read every file anew and replace the whole index.")
    var rebuild = false

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "Keep reports whose files are gone.")
    var keepMissing = false

    @OptionGroup var reading: ReadingOptions

    @Option(help: ArgumentHelp("Read only files that match; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp("Leave out files and folders that match; repeatable.", valueName: "glob")
    )
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp(
            "How long to wait for another writer: 10s, 500ms, 2m.", valueName: "time"))
    var lockTimeout = "10s"

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if TimeSpan.seconds(lockTimeout) == nil {
            throw ValidationError("--lock-timeout takes a time such as 10s, 500ms or 2m")
        }
    }

    func run() async throws {
        let terminal = Terminal(output)
        let target = IndexLocation.existing(named: folder) ?? IndexLocation.own
        let progress = ProgressLine(isShown: !output.quiet)
        let start = ContinuousClock().now
        let summary = try await ReportIndexer(folder: target, options: options).run(
            paths,
            waiting: { terminal.note("gongkai: waiting for another process to finish writing") },
            progress: progress.show)
        progress.clear()
        report(summary, target, ContinuousClock().now - start, terminal)
        if summary.problems.contains(where: \.isFailure) { throw ExitCode(2) }
    }

    private var options: IndexOptions {
        var options = IndexOptions()
        options.rebuild = rebuild
        options.dryRun = dryRun
        options.keepMissing = keepMissing
        options.jobs = reading.jobs
        options.encoding = reading.encodingName
        options.include = include
        options.exclude = exclude
        options.lockTimeout = .seconds(TimeSpan.seconds(lockTimeout) ?? 10)
        return options
    }

    /// What was skipped for what it holds: each file when they are few, otherwise each reason.
    private static func messages(of problems: [FileProblem]) -> [String] {
        let skipped = problems.filter { !$0.isFailure }
        if skipped.count <= 3 { return skipped.map { "gongkai: skipped " + $0.description } }
        let byReason = Dictionary(grouping: skipped) {
            $0.detail.isEmpty ? $0.reason.rawValue : $0.detail
        }
        return byReason.sorted { $0.value.count > $1.value.count }.map { reason, problems in
            problems.count == 1
                ? "gongkai: skipped " + problems[0].description
                : "gongkai: skipped \(problems.count) files: \(reason); "
                    + "the first is \(DisplayPath.of(problems[0].path))"
        }
    }

    private func report(
        _ summary: IndexSummary, _ target: String, _ elapsed: Duration, _ terminal: Terminal
    ) {
        for damage in summary.damage {
            terminal.note("gongkai: \(damage); its files were read again")
        }
        for message in Self.messages(of: summary.problems) { terminal.note(message) }
        for problem in summary.problems where problem.isFailure {
            Terminal.complain("gongkai: skipped " + problem.description)
        }
        if summary.files == 0 {
            terminal.note(
                "gongkai: no files found; name a folder that holds reports, or check --include")
        }
        let seconds =
            Double(elapsed.components.seconds)
            + Double(elapsed.components.attoseconds) / 1e18
        let changes =
            summary.isUnchanged
            ? "nothing changed" : "+\(summary.added) ~\(summary.changed) -\(summary.removed)"
        terminal.print(
            "\(dryRun ? "would read" : "read") \(summary.read) of \(summary.files) files, \(changes), "
                + "\(summary.problems.count) skipped"
                + (dryRun
                    ? ""
                    : "; \(summary.reports) reports in \(Terminal.visible(DisplayPath.of(target)))")
                + String(format: " (%.2f s)", seconds))
    }
}

/// A length of time as a person writes it.
enum TimeSpan {
    /// The seconds in `10s`, `500ms`, `2m` or `10`; nil when it is none of these.
    static func seconds(_ text: String) -> Double? {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("", 1)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), (0...86_400).contains(number)
            else { return nil }
            return number * factor
        }
        return nil
    }
}

/// How far a run has come, on one line of a terminal that is written over.
final class ProgressLine {
    private let isShown: Bool
    private let start = ContinuousClock().now
    private var lastShown: ContinuousClock.Instant?

    init(isShown: Bool) {
        self.isShown = isShown && isatty(STDERR_FILENO) == 1
    }

    /// Shows the numbers, at most ten times a second.
    func show(_ done: Int, _ total: Int) {
        let now = ContinuousClock().now
        guard isShown, lastShown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        lastShown = now
        let seconds = max(0.001, (now - start) / .seconds(1))
        let rate = Double(done) / seconds
        let left = rate > 0 ? Int(Double(total - done) / rate) : 0
        write("\r\u{1B}[K\(done)/\(total) files, \(Int(rate)) a second, \(left) s left")
    }

    /// Takes the line away.
    func clear() { if lastShown != nil { write("\r\u{1B}[K") } }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
