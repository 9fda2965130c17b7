import ReportModel
import ReportSearch

/// Pairs of reports that share text, as lines, JSON or a table.
struct CopiedPairsText {
    let result: CopiesResult
    let shown: ArraySlice<CopiedPair>
    /// In per cent.
    let minimumShare: Double
    let showsRuns: Bool
    let terminal: Terminal

    func print(_ format: Format) {
        switch format {
        case .text, .atom:
            for pair in shown {
                for line in lines(of: pair) { terminal.print(line) }
            }
        case .json:
            terminal.write(
                JSONValue.object([
                    ("schema", .string("gongkai.copies/1")),
                    ("min_share", .number(minimumShare / 100)),
                    ("boilerplate_agencies", .integer(result.boilerplateAgencies)),
                    ("reports", .integer(result.reports)),
                    ("total", .integer(result.pairs.count)),
                    ("pairs", .array(shown.map(Self.json))),
                ]))
        case .jsonl: for pair in shown { terminal.write(Self.json(pair)) }
        case .csv, .tsv, .markdown: table.print(format, to: terminal)
        }
    }

    /// The most stretches that are printed of a pair, and the most characters of one.
    private static let mostRuns = 20
    private static let longest = 160

    private func lines(of pair: CopiedPair) -> [ShownText] {
        let share = terminal.styled("\(Int((100 * pair.share).rounded()))%", .strong)
        let longest = pair.runs.first?.length ?? 0
        var lines: [ShownText] = [
            "\(share)  \(Self.name(of: pair.report)) ← \(Self.name(of: pair.other))  "
                + "\(Message.longestRun(longest))"
        ]
        guard showsRuns else { return lines }
        lines.append(
            "    "
                + terminal.styled(
                    "\(Message.ownText(pair.shared, of: pair.own, aside: pair.boilerplate))",
                    .faint))
        for run in pair.runs.prefix(Self.mostRuns) {
            lines.append("    \(place(run.place)) ← \(place(run.other))")
            let scalars = run.text.unicodeScalars
            let text = String(String.UnicodeScalarView(scalars.prefix(Self.longest)))
            lines.append("      \(run.length): \(text)\(scalars.count > Self.longest ? "…" : "")")
        }
        if pair.runs.count > Self.mostRuns {
            lines.append("    \(Message.more(pair.runs.count - Self.mostRuns))")
        }
        return lines
    }

    private func place(_ place: PassagePlace) -> ShownText {
        place.files.first.map { terminal.link($0, line: place.passage.lines.lowerBound) }
            ?? ShownText(place.report.id)
    }

    private static func name(of head: ReportHead) -> String {
        (head.agency ?? head.title ?? head.id) + (head.year.map { " \($0)" } ?? "")
    }

    private static func json(_ pair: CopiedPair) -> JSONValue {
        .object([
            ("schema", .string("gongkai.copied_pair/1")), ("share", .number(rounded(pair.share))),
            ("shared", .integer(pair.shared)), ("own", .integer(pair.own)),
            ("boilerplate", .integer(pair.boilerplate)),
            ("report", json(pair.report, pair.files)),
            ("other", json(pair.other, pair.otherFiles)),
            (
                "runs",
                .array(
                    pair.runs.map { run in
                        .object([
                            ("length", .integer(run.length)), ("text", .string(run.text)),
                            ("lines", lines(run.place)), ("other_lines", lines(run.other)),
                        ])
                    })
            ),
        ])
    }

    private static func rounded(_ share: Double) -> Double { (1_000 * share).rounded() / 1_000 }

    private static func lines(_ place: PassagePlace) -> JSONValue {
        .array([
            .integer(place.passage.lines.lowerBound), .integer(place.passage.lines.upperBound),
        ])
    }

    private static func json(_ head: ReportHead, _ files: [String]) -> JSONValue {
        .object([
            ("id", .string(head.id)), ("file", .path(files.first.map(DisplayPath.of))),
            ("agency", JSONValue(head.agency)), ("year", JSONValue(head.year)),
        ])
    }

    private var table: Table {
        let sides = ["", "other_"].flatMap { side in
            [
                Table.Column(side + "report"), Table.Column(side + "file"),
                Table.Column(side + "agency"), Table.Column(side + "year", isNumber: true),
            ]
        }
        func side(_ head: ReportHead, _ files: [String]) -> [Table.Value] {
            [
                .text(head.id), Table.Value(path: files.first), Table.Value(head.agency),
                Table.Value(head.year),
            ]
        }
        return Table(
            schema: "gongkai.copied_pair/1",
            columns: [
                Table.Column("share", isNumber: true), Table.Column("shared", isNumber: true),
                Table.Column("own", isNumber: true), Table.Column("boilerplate", isNumber: true),
            ] + sides,
            rows: shown.map { pair in
                [
                    .number(Self.rounded(pair.share)), Table.Value(pair.shared),
                    Table.Value(pair.own), Table.Value(pair.boilerplate),
                ] + side(pair.report, pair.files) + side(pair.other, pair.otherFiles)
            })
    }
}
