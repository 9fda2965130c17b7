import ReportModel
import ReportOutput
import ReportSearch

/// What an index holds, as text, as rows and as JSON.
struct InfoText {
    private let info: IndexInfo
    private let folder: String
    private let years: [(key: Int?, value: Int)]
    private let forms: [(key: OfficialForm, value: Int)]
    private let skipped: [(key: String, value: Int)]

    init(_ info: IndexInfo, folder: String) {
        (self.info, self.folder) = (info, folder)
        years = info.years.sorted { ($0.key ?? .max) < ($1.key ?? .max) }
        forms = info.forms.sorted { $0.key.rawValue > $1.key.rawValue }
        skipped = info.skipped.sorted { $0.key < $1.key }
    }

    private var rows: [(name: Message.Name, value: Message)] {
        let size = (Double(info.bytes) / 1e6).fixed(decimals: 1) + " MB"
        let years = years.map { year in
            (name: year.key.map { Message(same: "\($0)") } ?? .unknown, count: year.value)
        }
        return [
            (.index, Message(same: ShownText(DisplayPath.of(folder)))),
            (.reports, .pages(info.annualReports, other: info.reports - info.annualReports)),
            (.passages, Message(same: "\(info.passages)")),
            (.agencies, Message(same: "\(info.agencies)")),
            (.years, .counts(years)),
            (.forms, .counts(forms.map { (.form($0.key), $0.value) })),
            (.files, .files(info.files, skipped: skipped.map { ($0.key, $0.value) })),
            (.size, Message(same: ShownText(size))),
            (.schema, .schema(info.schema, info.analysis, segments: info.segments)),
        ]
    }

    var lines: [ShownText] {
        rows.map { name, value in
            let name = Message.name(name)
            let space = ShownText(repeating: " ", count: 12 - width(of: name.description))
            return "\(name)\(space)\(value)"
        }
    }

    /// The rows as data, which are the same in every language.
    var table: Table {
        Table(
            schema: "gongkai.info/1",
            columns: [Table.Column("name"), Table.Column("value")],
            rows: rows.map { [.text($0.name.rawValue), .text($0.value.inEnglish)] })
    }

    var json: JSONValue {
        .object([
            ("schema", .string("gongkai.info/1")), ("index", .string(folder)),
            ("index_schema", .integer(info.schema)), ("analysis", .string(info.analysis)),
            ("generation", .integer(info.generation)), ("segments", .integer(info.segments)),
            ("reports", .integer(info.reports)),
            ("annual_reports", .integer(info.annualReports)),
            ("passages", .integer(info.passages)), ("agencies", .integer(info.agencies)),
            (
                "years",
                .object(
                    years.map { ($0.key.map(String.init) ?? "unknown", .integer($0.value)) })
            ),
            ("forms", .object(forms.map { ($0.key.rawValue, .integer($0.value)) })),
            ("files", .integer(info.files)),
            ("skipped", .object(skipped.map { ($0.key, .integer($0.value)) })),
            ("bytes", .integer(Int(info.bytes))),
        ])
    }
}
