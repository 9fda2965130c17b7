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
        let counts = order.compactMap { id -> (place: PassagePlace, passages: Int)? in
            guard let pairs = others[id], let first = pairs.first else { return nil }
            return (first.other, Set(pairs.map(\.source.ordinal)).count)
        }
        return counts.sorted { $0.passages > $1.passages }.prefix(10).map { place, passages in
            let source = shared[0].source.report
            let count = Message.shared(
                passages, of: source.passageCount, inSameReport: source.id == place.report.id)
            return "\(name(place.report)): \(count)"
        }
    }

    /// A pair: both places, and what they share.
    func lines(of pair: SharedText, number: Int) -> [ShownText] {
        let scalars = Array(pair.text.unicodeScalars)
        let isCut = scalars.count > Self.longest
        let text = String(String.UnicodeScalarView(scalars.prefix(Self.longest)))
        return [
            "\(number). " + terminal.styled(Message.characters(pair.length).text, .strong),
            "   \(place(pair.source))", "   \(place(pair.other))",
            "   \(text)\(isCut ? "…" : "")",
        ]
    }

    private func name(_ report: ReportHead) -> ShownText {
        "\(report.agency ?? report.title ?? report.id)\(report.year.map { " \($0)" } ?? "")"
    }

    private func place(_ place: PassagePlace) -> ShownText {
        let part = place.passage.subsection.map { " " + $0 } ?? ""
        let file = place.files.first.map {
            terminal.link($0, line: place.passage.lines.lowerBound)
        }
        let shown = terminal.styled(file ?? ShownText(place.report.id), .faint)
        return "\(name(place.report))\(part)  \(shown)"
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
        func values(_ place: PassagePlace) -> [Table.Value] {
            [
                .text(place.report.id), Table.Value(path: place.files.first),
                Table.Value(place.passage.lines.lowerBound), Table.Value(place.report.agency),
                Table.Value(place.report.year),
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

    private static func json(_ place: PassagePlace) -> JSONValue {
        .object([
            ("id", .string(place.report.id)),
            ("file", .path(place.files.first.map(DisplayPath.of))),
            ("agency", JSONValue(place.report.agency)), ("year", JSONValue(place.report.year)),
            (
                "level",
                JSONValue(
                    AgencyLevel(agency: place.report.agency, region: place.report.region)?
                        .rawValue)
            ),
            ("section", .integer(place.passage.section)),
            ("subsection", JSONValue(place.passage.subsection)),
            (
                "lines",
                .array([
                    .integer(place.passage.lines.lowerBound),
                    .integer(place.passage.lines.upperBound),
                ])
            ),
        ])
    }
}
