import ArgumentParser
import Platform
import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

struct CompareCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Show agencies or reports side by side.",
        discussion: """
            An agency is named by its name or a part that no other has; a report by its id, the \
            beginning of its id, or its file. Agencies are compared in the last year of which all \
            have a report, unless --year says otherwise. The last column tells how the second \
            differs from the first: rates in percentage points, others also in per cent.

              gongkai compare 孟津区人民政府办公室 济源市人民政府办公室
              gongkai compare 2022.html 2023.html --fields 新收,公开率
              gongkai compare 停车管理局 灯会管理局 --year 2022 --format csv

            Exit code 1 means that there is no year of which all have a report.
            """)

    @Argument(help: "Two agencies or reports, or more.", completion: Completion.agencies)
    var names: [String]

    @Option(
        help: ArgumentHelp("Statistics and indicators, with commas between.", valueName: "field"),
        completion: Completion.statistics)
    var fields: [String] = []

    @Option(help: ArgumentHelp("The year in which agencies are compared.", valueName: "year"))
    var year: Int?

    @Option(
        help: ArgumentHelp(
            "Indicators of your own: lines 'key = formula; names; unit'.", valueName: "file"),
        completion: .file())
    var indicators: String?

    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    private static let usual = [
        "新收", "上年结转", "办理总计", "结转下年", "公开率", "予以公开率", "部分公开率", "不予公开率", "无法提供率",
        "不予处理率", "办结率", "复议", "复议纠错率", "诉讼", "诉讼纠错率", "规范性文件.有效", "处罚量", "收费",
    ]

    func validate() throws {
        if names.count < 2 {
            throw ValidationError(Message.compareTwo)
        }
    }

    func run() throws {
        let statistics = try KnownFields(indicators: indicators).fields(
            fields.isEmpty ? Self.usual : fields)
        let reader = try IndexReader(folders: indexOption.folders)
        let terminal = Terminal(output)
        let subjects = try ComparedSubject.found(names, year: year, reader)
        guard let subjects else {
            terminal.note(Message.noCommonYear)
            throw ExitCode(1)
        }
        let source = try Statistics(reader)
        let answers = try subjects.map { subject in
            var question = StatisticsQuestion(statistics)
            question.reportIDs = Set(subject.reports.map(\.id))
            return try source.answer(question)
        }
        Comparison(subjects: subjects, fields: statistics, answers: answers)
            .print(output.format ?? .text, to: terminal)
    }
}

/// One column of a comparison.
struct ComparedSubject {
    /// The agency, or the agency and year of a report.
    let name: String
    let year: Int?
    let reports: [ReportHead]

    /// What some names mean; nil when there is no year of which all agencies have a report.
    static func found(
        _ names: [String], year: Int?, _ reader: IndexReader
    ) throws -> [ComparedSubject]? {
        let heads = try Searcher(reader).annualReports(matching: nil)
        let groups = try names.map { name in
            let path = (try? AbsolutePath.of(name)) ?? name
            let reports = try reader.reports(named: name, path: path)
            if !reports.isEmpty {
                guard reports.count == 1 else {
                    throw ValidationError(Message.manyIDs(name, reports.map(\.id)))
                }
                return (isReport: true, heads: reports)
            }
            return (isReport: false, heads: try agency(name, heads))
        }
        let years = groups.filter { !$0.isReport }.map { Set($0.heads.compactMap(\.year)) }
        let common = years.dropFirst().reduce(years.first ?? []) { $0.intersection($1) }
        let chosen = year ?? common.max()
        if !years.isEmpty, chosen.map({ year in years.allSatisfy { $0.contains(year) } }) != true {
            return nil
        }
        return groups.map { group in
            let reports = group.isReport ? group.heads : group.heads.filter { $0.year == chosen }
            let head = reports[0]
            return ComparedSubject(
                name: head.agency ?? head.title ?? head.id, year: head.year, reports: reports)
        }
    }

    /// The reports of the agency that a name means.
    private static func agency(_ name: String, _ heads: [ReportHead]) throws -> [ReportHead] {
        let wanted = folded(name)
        let named = Dictionary(grouping: heads.filter { $0.agency != nil }) {
            folded($0.agency ?? "")
        }
        if let exact = named[wanted] { return exact }
        let like = named.keys.filter { $0.contains(wanted) }.sorted()
        guard let only = like.first, like.count == 1 else {
            let nearest = nearestName(to: wanted, among: named.keys.sorted())
            throw ValidationError(
                like.isEmpty
                    ? Message.noAgency(name, nearest: nearest) : Message.manyAgencies(name, like))
        }
        return named[only] ?? []
    }
}

/// Figures of several agencies or reports side by side.
struct Comparison {
    let subjects: [ComparedSubject]
    let fields: [Statistic]
    /// An answer for each subject, a row for each field.
    let answers: [StatisticsAnswer]

    private func rows(of field: Statistic) -> [StatisticsRow?] {
        answers.map { answer in answer.rows.first { $0.field.key == field.key } }
    }

    private var heads: [String] {
        subjects.map { subject in
            [subject.name, subject.year.map(String.init)].compactMap(\.self).joined(separator: " ")
        }
    }

    /// Writes the comparison in a format.
    func print(_ format: Format, to terminal: Terminal) {
        switch format {
        case .json: terminal.write(json)
        case .jsonl:
            for field in fields { terminal.write(.object(members(field))) }
        case .text, .atom: table(isForPeople: true).print(format, to: terminal)
        case .csv, .tsv, .markdown: table(isForPeople: false).print(format, to: terminal)
        }
    }

    // MARK: JSON

    private var json: JSONValue {
        .object([
            ("schema", .string("gongkai.compare/1")),
            (
                "columns",
                .array(
                    subjects.map { subject in
                        .object([
                            ("agency", .string(subject.name)), ("year", JSONValue(subject.year)),
                            ("reports", .array(subject.reports.map { .string($0.id) })),
                        ])
                    })
            ), ("rows", .array(fields.map { .object(members($0)) })),
        ])
    }

    private func members(_ field: Statistic) -> [(String, JSONValue)] {
        let rows = rows(of: field)
        let difference = difference(field)
        return [
            ("field", .string(field.key)), ("unit", JSONValue(rows[0]?.unit)),
            ("values", .array(rows.map { JSONValue($0?.value) })),
            (
                "marks",
                .array(rows.map { .array(($0?.marks ?? []).map { .string($0.rawValue) }) })
            ), ("absolute", JSONValue(difference?.absolute)),
            ("relative", JSONValue(difference?.relative)),
            ("points", JSONValue(difference?.points)),
        ]
    }

    /// How the second differs from the first; nil when there are more, or one is unknown.
    private func difference(_ field: Statistic) -> YearChange? {
        let values = rows(of: field).map { $0?.value }
        guard values.count == 2, let first = values[0], let second = values[1] else { return nil }
        return YearChange(from: first, to: second, isRate: field.isRatio)
    }

    // MARK: Tables

    private func table(isForPeople: Bool) -> Table {
        var columns = [Table.Column(isForPeople ? "figure" : "field", "项目")]
        if !isForPeople { columns += [Table.Column("name", "名称"), Table.Column("unit", "单位")] }
        columns += heads.map { Table.Column($0, isNumber: true) }
        if subjects.count == 2 {
            columns.append(Table.Column("change", "差", isNumber: true))
            if !isForPeople {
                columns += [
                    Table.Column("relative", isNumber: true),
                    Table.Column("points", isNumber: true),
                ]
            }
        }
        return Table(
            schema: "gongkai.compare_row/1", columns: columns,
            rows: fields.map { isForPeople ? shown($0) : values($0) })
    }

    private func values(_ field: Statistic) -> [Table.Value] {
        let rows = rows(of: field)
        var values: [Table.Value] = [
            .text(field.key), .text(field.names[0]), Table.Value(rows[0]?.unit),
        ]
        values += rows.map { Table.Value($0?.value) }
        guard subjects.count == 2 else { return values }
        let difference = difference(field)
        return values + [
            Table.Value(difference?.absolute), Table.Value(difference?.relative),
            Table.Value(difference?.points),
        ]
    }

    private func shown(_ field: Statistic) -> [Table.Value] {
        let rows = rows(of: field)
        let values = rows.map { row -> Table.Value in
            guard let row else { return .text("–") }
            guard let value = row.value else {
                return .text("– (\(row.marks.first?.name(in: .ofUser) ?? ""))")
            }
            return .text(row.shown(value))
        }
        let name = Table.Value.text(field.names[0])
        guard subjects.count == 2 else { return [name] + values }
        return [name] + values + [.text(difference(field).map(\.text) ?? "")]
    }
}
