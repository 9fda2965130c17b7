import ReportIndexing
import ReportModel
import ReportOutput

/// What a run of `index` came to, for a person or a program.
struct IndexEnding {
    let summary: IndexSummary
    /// The index folder.
    let target: String
    let elapsed: Duration
    let isDryRun: Bool

    /// It as `gongkai.index/1`.
    private var json: JSONValue {
        let time = elapsed.components
        let microseconds = time.seconds * 1_000_000 + time.attoseconds / 1_000_000_000_000
        let skipped = summary.skipped.map { kind -> JSONValue in
            let first = kind.first.first
            return .object([
                ("reason", JSONValue(first?.reason.rawValue)), ("detail", JSONValue(first?.detail)),
                ("count", .integer(kind.count)),
                ("first", .path((first?.path).map(DisplayPath.of))),
            ])
        }
        let away = summary.away.map { root -> JSONValue in
            .object([
                ("path", .path(DisplayPath.of(root.path))),
                ("reason", .string(root.reason.rawValue)), ("kept", .integer(root.kept)),
            ])
        }
        return .object([
            ("schema", .string("gongkai.index/1")), ("index", .path(DisplayPath.of(target))),
            ("dry_run", .bool(isDryRun)), ("files", .integer(summary.files)),
            ("read", .integer(summary.read)), ("added", .integer(summary.added)),
            ("changed", .integer(summary.changed)), ("removed", .integer(summary.removed)),
            ("restored", .integer(summary.restored)), ("reports", .integer(summary.reports)),
            ("skipped", .array(skipped)), ("away", .array(away)),
            ("elapsed_us", .integer(Int(microseconds))),
        ])
    }

    /// What was skipped: each file when they are few, otherwise each reason with the first file.
    private static func messages(
        of kinds: [IndexSummary.Skipped], atMost most: Int
    ) -> [Message] {
        guard kinds.reduce(0, { $0 + $1.count }) > most else {
            return kinds.flatMap(\.first).map { Message.skipped($0) }
        }
        return kinds.sorted { $0.count > $1.count }.flatMap { kind in
            kind.first.prefix(1).map { problem in
                kind.count == 1
                    ? Message.skipped(problem) : Message.skipped(kind.count, like: problem)
            }
        }
    }

    /// Tells it to a person, or standard output in JSON.
    ///
    /// - Parameter ownsOutput: whether standard output is not another's, so that the last line goes
    ///   there.
    func tell(_ terminal: Terminal, asJSON: Bool, ownsOutput: Bool) {
        tellWhatWasOdd(terminal)
        if asJSON { return terminal.write(json) }
        let line: ShownText =
            "\(Message.indexed(summary, in: target, isDryRun: isDryRun, reasons: reasons))"
            + " (\((elapsed / .seconds(1)).fixed(decimals: 2)) s)"
        ownsOutput ? terminal.print(line) : terminal.note(line)
    }

    private func tellWhatWasOdd(_ terminal: Terminal) {
        for damage in summary.damage {
            terminal.note("gongkai: \(damage); its files were read again")
        }
        for lost in summary.lostRuns { Terminal.complain(Message.lostRun(lost)) }
        let kinds = Dictionary(grouping: summary.skipped) { $0.first.first?.isFailure ?? false }
        for message in Self.messages(of: kinds[false] ?? [], atMost: 3) { terminal.note(message) }
        for message in Self.messages(of: kinds[true] ?? [], atMost: 20) {
            Terminal.complain(message)
        }
        for root in summary.away { Terminal.complain(Message.away(root)) }
        if summary.files == 0, summary.skipped.isEmpty, summary.away.isEmpty {
            terminal.note(Message.noFiles)
        }
        if summary.formats.count > 1 { terminal.note(Message.formats(summary.formats)) }
    }

    /// Why files were skipped, the most frequent reason first.
    private var reasons: String {
        let counts = Dictionary(
            summary.skipped.compactMap { kind in kind.first.first.map { ($0.reason, kind.count) } },
            uniquingKeysWith: +)
        guard !counts.isEmpty else { return "" }
        return ": "
            + counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { Message.skipped($0.value, for: $0.key).description }.joined(separator: ", ")
    }
}
