import ArgumentParser
import ReportModel
import ReportSearch
import SystemPackage

struct DiffCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what the last run of index added, removed and changed, cell by cell.",
        discussion: """
            Of a changed report the cells that differ are printed with both values and lines, the \
            paragraphs that only one version has, and the checks that came out otherwise. The \
            index remembers the last 50 runs that changed something; --runs lists them, --since \
            prints all that changed after a run or from a day on. After a run that found nothing \
            new there is nothing to print, and the exit code is 1.

              gongkai diff
              gongkai diff --runs
              gongkai diff --since 12 --format csv > changes.csv
              gongkai diff --since 2026-11-01
              gongkai diff --format atom -o changes.xml

            --format atom is a feed of all runs that are remembered, for a feed reader that looks \
            at the file; 'gongkai search --new' searches what the last run brought.
            """)

    @Option(
        help: ArgumentHelp(
            "Print all runs after this one: a number of --runs, or a day as 2026-11-30.",
            valueName: "run"))
    var since: String?

    @Flag(help: "List the runs that changed something.")
    var runs = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "The file to write, instead of standard output. A feed is replaced, other files only "
                + "by --force.", valueName: "file"), completion: .file())
    var outputFile: String?

    @Flag(help: "Replace the file when it is there.")
    var force = false

    @OptionGroup var indexOption: IndexOption
    @OptionGroup var output: OutputOptions

    var isPaged: Bool { outputFile == nil }

    func validate() throws {
        if outputFile == nil, force { throw ValidationError(Message.needs("--force", "--output")) }
        if let since, Int(since) == nil, Timestamp(day: since) == nil {
            throw ValidationError(Message.takesRun)
        }
    }

    func run() throws {
        let terminal = Terminal(output)
        let format = output.format ?? .text
        let reader = try IndexReader(folder: indexOption.path)
        let remembered = try chosen(reader, format)
        let write: (@escaping (String) throws -> Void) throws -> Void = { write in
            let text = DiffText(
                folder: reader.folder, remembered: remembered, since: since, terminal: terminal)
            try runs
                ? text.writeRuns(format, to: write) : text.writeChanges(format, to: write)
        }
        if let outputFile {
            let replaces = try force || (format == .atom && AtomFeed.isFeed(at: outputFile))
            try ExportFile(path: outputFile, replaces: replaces).writeText(write)
        } else {
            let buffer = TextBuffer(StandardOutput.write)
            try write(buffer.write)
            try buffer.flush()
        }
        if remembered.changing.isEmpty {
            terminal.note(Message.nothingChanged(since: since, remembered))
            // A feed without news is still a feed.
            if format != .atom { throw ExitCode(1) }
        }
    }

    /// The runs that are asked for.
    private func chosen(_ reader: IndexReader, _ format: Format) throws -> IndexRuns {
        if runs || format == .atom, since == nil { return try reader.runs() }
        guard let since else {
            let last = try reader.runs { $0 == 0 }
            return last.keeping { $0.run == last.last }
        }
        let all = try reader.runs()
        if let number = Int(since) {
            if let last = all.last, number > last {
                throw ValidationError(Message.noRun(number, last: last))
            }
            return all.keeping { $0.run > number }
        }
        let start = Timestamp(day: since)?.seconds ?? 0
        return all.keeping { $0.time >= start }
    }
}

extension IndexRuns {
    /// The same without some runs.
    fileprivate func keeping(_ isWanted: (RunChanges) -> Bool) -> IndexRuns {
        IndexRuns(last: last, lastTime: lastTime, changing: changing.filter(isWanted))
    }
}
