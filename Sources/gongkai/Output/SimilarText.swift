import ReportModel
import ReportOutput
import ReportSearch

/// Shared text as lines and as JSON.
struct SimilarText {
    let terminal: Terminal

    /// The most characters of a shared text that are shown.
    private static let longest = 120

    /// For each other report how many passages it shares, the most first.
    func summary(of shared: [SharedText]) -> [ShownText] {
        var order: [String] = []
        var others: [String: [SharedText]] = [:]
        for pair in shared {
            if others[pair.other.report.id] == nil { order.append(pair.other.report.id) }
            others[pair.other.report.id, default: []].append(pair)
        }
        let counts = order.compactMap { id -> (location: PassageLocation, passages: Int)? in
            guard let pairs = others[id], let first = pairs.first else { return nil }
            return (first.other, Set(pairs.map(\.source.ordinal)).count)
        }
        return counts.sorted { $0.passages > $1.passages }.prefix(10).map { location, passages in
            let source = shared[0].source.report
            let count = Message.shared(
                passages, of: source.passageCount, inSameReport: source.id == location.report.id)
            return "\(name(location.report)): \(count)"
        }
    }

    /// A pair: both passages, and what they share.
    func lines(of pair: SharedText, number: Int) -> [ShownText] {
        let scalars = Array(pair.text.unicodeScalars)
        let isCut = scalars.count > Self.longest
        let text = String(String.UnicodeScalarView(scalars.prefix(Self.longest)))
        return [
            "\(number). " + terminal.styled(Message.characters(pair.length).text, .strong),
            "   \(location(pair.source))", "   \(location(pair.other))",
            "   \(text)\(isCut ? "…" : "")",
        ]
    }

    private func name(_ report: ReportHead) -> ShownText {
        "\(report.agency ?? report.title ?? report.id)\(report.year.map { " \($0)" } ?? "")"
    }

    private func location(_ location: PassageLocation) -> ShownText {
        let part = location.passage.subsection.map { " " + $0 } ?? ""
        let file = location.files.first.map {
            terminal.link($0, line: location.passage.lines.lowerBound)
        }
        let shown = terminal.styled(file ?? ShownText(location.report.id), .faint)
        return "\(name(location.report))\(part)  \(shown)"
    }

    /// Pairs as a table, a row each.
    static func table(_ pairs: ArraySlice<SharedText>) -> Table {
        func columns(_ side: String) -> [Table.Column] {
            [
                Table.Column("\(side)_report"), Table.Column("\(side)_file"),
                Table.Column("\(side)_line", isNumber: true), Table.Column("\(side)_agency"),
                Table.Column("\(side)_year", isNumber: true),
            ]
        }
        func values(_ location: PassageLocation) -> [Table.Value] {
            [
                .text(location.report.id), Table.Value(path: location.files.first),
                Table.Value(location.passage.lines.lowerBound), Table.Value(location.report.agency),
                Table.Value(location.report.year),
            ]
        }
        return Table(
            schema: "gongkai.shared/1",
            columns: [Table.Column("length", isNumber: true)] + columns("source")
                + columns("other") + [Table.Column("text")],
            rows: pairs.map { pair in
                [Table.Value(pair.length)] + values(pair.source) + values(pair.other)
                    + [.text(pair.text)]
            })
    }

    /// An answer.
    static func json(
        _ head: ReportHead, _ shared: [SharedText], shown: ArraySlice<SharedText>
    ) -> JSONValue {
        .object([
            ("schema", .string("gongkai.similar/1")), ("report", .string(head.id)),
            ("total", .integer(shared.count)), ("pairs", .array(shown.map(json))),
        ])
    }

    /// One pair.
    static func json(_ pair: SharedText) -> JSONValue {
        .object([
            ("schema", .string("gongkai.shared/1")), ("length", .integer(pair.length)),
            ("text", .string(pair.text)), ("source", json(pair.source)),
            ("other", json(pair.other)),
        ])
    }

    private static func json(_ location: PassageLocation) -> JSONValue {
        .object([
            ("id", .string(location.report.id)),
            ("file", .path(location.files.first.map(DisplayPath.of))),
            ("agency", JSONValue(location.report.agency)),
            ("year", JSONValue(location.report.year)),
            (
                "level",
                JSONValue(
                    AgencyLevel(agency: location.report.agency, region: location.report.region)?
                        .rawValue)
            ),
            ("section", .integer(location.passage.section)),
            ("subsection", JSONValue(location.passage.subsection)),
            (
                "lines",
                .array([
                    .integer(location.passage.lines.lowerBound),
                    .integer(location.passage.lines.upperBound),
                ])
            ),
        ])
    }
}
