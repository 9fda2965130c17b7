import ReportModel
import ReportOutput
import ReportSearch

/// Pairs of reports that share text, as lines, JSON or a table.
struct CopiedPairsText {
    let result: CopiesResult
    /// In per cent.
    let minimumShare: Double
    let showsPassages: Bool
    let terminal: Terminal

    func print(_ format: Format) {
        let pairs = result.pairs
        switch format {
        case .text, .atom:
            for (index, pair) in pairs.enumerated() {
                if showsPassages, index > 0 { terminal.print("") }
                for line in lines(of: pair) { terminal.print(line) }
            }
        case .json:
            terminal.write(
                JSONValue.object([
                    ("schema", .string("gongkai.copies/1")),
                    ("min_share", .number(minimumShare / 100)),
                    ("boilerplate_agencies", .integer(result.boilerplateAgencies)),
                    ("reports", .integer(result.reports)),
                    ("duplicates", .integer(result.duplicates)),
                    ("total", .integer(result.total)),
                    ("pairs", .list(count: pairs.count) { Self.json(pairs[$0]) }),
                ]))
        case .jsonl: for pair in pairs { terminal.write(Self.json(pair)) }
        case .csv, .tsv, .markdown: table.print(format, to: terminal)
        }
    }

    // MARK: For people

    /// The most pairs of passages that are printed of a pair of reports.
    private static let mostPassages = 20
    /// The most characters of a passage that are printed, unless what is shared is longer.
    private static let longest = 200
    private static let indent: ShownText = "   "
    private static let gap: ShownText = " | "

    private func lines(of pair: CopiedPair) -> [ShownText] {
        let share = terminal.styled("\(Int((100 * pair.share).rounded()))%", .strong)
        var lines: [ShownText] = [
            "\(share)  \(Self.name(of: pair.report)) ← \(Self.name(of: pair.other))  "
                + "\(Message.longestRun(pair.runs.first?.length ?? 0))"
        ]
        guard showsPassages else { return lines }
        lines.append(Self.indent + terminal.styled("\(Message.ownText(pair))", .faint))
        let passages = Self.passages(of: pair.runs)
        for runs in passages.prefix(Self.mostPassages) { lines += sideBySide(runs) }
        if passages.count > Self.mostPassages {
            lines.append(Self.indent + "\(Message.more(passages.count - Self.mostPassages))")
        }
        return lines
    }

    /// The stretches by the two passages that hold them, those that share most first.
    private static func passages(of runs: [CopiedPair.Run]) -> [[CopiedPair.Run]] {
        let groups = Dictionary(grouping: runs) { [$0.source.ordinal, $0.other.ordinal] }
        func length(_ runs: [CopiedPair.Run]) -> Int { runs.reduce(0) { $0 + $1.length } }
        return groups.sorted { one, other in
            let (first, second) = (length(one.value), length(other.value))
            return first == second
                ? one.key.lexicographicallyPrecedes(other.key) : first > second
        }.map(\.value)
    }

    /// Two passages in two columns, with what they share marked, under a line that says where they
    /// stand.
    private func sideBySide(_ runs: [CopiedPair.Run]) -> [ShownText] {
        guard let first = runs.first else { return [] }
        let length = runs.reduce(0) { $0 + $1.length }
        let layout = PassageLayout(
            columns: (terminal.columns - width(of: Self.indent.description)
                - width(of: Self.gap.description)) / 2, longest: Self.longest)
        let left = layout.lines(
            of: first.source.passage.text, matches: Self.joined(runs.map(\.range)))
        let right = layout.lines(
            of: first.other.passage.text, matches: Self.joined(runs.map(\.otherRange)))
        let head: ShownText = "\(location(first.source)) ← \(location(first.other))"
        return [
            Self.indent + terminal.styled(head, .faint) + "  \(Message.sharedCharacters(length))"
        ]
            + (0..<max(left.count, right.count)).map { index in
                let (one, other) = (
                    index < left.count ? left[index] : [], index < right.count ? right[index] : []
                )
                let used = one.reduce(0) { $0 + width(of: $1.text) }
                let space = ShownText(repeating: " ", count: layout.columns - used)
                return (Self.indent + styled(one) + space + Self.gap + styled(other)).trimmed
            }
    }

    private func styled(_ pieces: [PassageLayout.Piece]) -> ShownText {
        pieces.map {
            $0.isMatch ? terminal.styled(ShownText($0.text), .match) : ShownText($0.text)
        }.joined()
    }

    /// Ranges in ascending order, those that meet as one.
    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                let end = max(last.upperBound, range.upperBound)
                joined[joined.count - 1] = last.lowerBound..<end
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    private func location(_ location: PassageLocation) -> ShownText {
        location.files.first.map { terminal.link($0, line: location.passage.lines.lowerBound) }
            ?? ShownText(location.report.id)
    }

    private static func name(of head: ReportHead) -> String {
        (head.agency ?? head.title ?? head.id) + (head.year.map { " \($0)" } ?? "")
    }

    // MARK: For programs

    private static func json(_ pair: CopiedPair) -> JSONValue {
        .object([
            ("schema", .string("gongkai.copied_pair/1")), ("share", .number(rounded(pair.share))),
            ("shared", .integer(pair.shared)), ("own", .integer(pair.own)),
            ("boilerplate", .integer(pair.boilerplate)),
            ("report", json(pair.report, pair.files)),
            ("other", json(pair.other, pair.otherFiles)),
            ("runs", .list(count: pair.runs.count) { json(pair.runs[$0]) }),
        ])
    }

    private static func json(_ run: CopiedPair.Run) -> JSONValue {
        .object([
            ("length", .integer(run.length)),
            ("text", .string(text(run.source, run.range))), ("lines", lines(run.source)),
            ("other_text", .string(text(run.other, run.otherRange))),
            ("other_lines", lines(run.other)),
        ])
    }

    private static func text(_ location: PassageLocation, _ range: Range<Int>) -> String {
        let scalars = Array(location.passage.text.unicodeScalars)
        return String(String.UnicodeScalarView(scalars[range.clamped(to: scalars.indices)]))
    }

    private static func rounded(_ share: Double) -> Double { (1_000 * share).rounded() / 1_000 }

    private static func lines(_ location: PassageLocation) -> JSONValue {
        let lines = location.passage.lines
        return .array([.integer(lines.lowerBound), .integer(lines.upperBound)])
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
                Table.Column("longest", isNumber: true),
            ] + sides,
            rows: result.pairs.map { pair in
                [
                    .number(Self.rounded(pair.share)), Table.Value(pair.shared),
                    Table.Value(pair.own), Table.Value(pair.boilerplate),
                    Table.Value(pair.runs.first?.length ?? 0),
                ] + side(pair.report, pair.files) + side(pair.other, pair.otherFiles)
            })
    }
}
