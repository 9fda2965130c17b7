import ArgumentParser
import QueryLanguage
import ReportOutput
import ReportSearch

struct YearsCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "years",
        abstract: "List the years with their reports and gaps.",
        discussion: """
            New are agencies without an earlier report, missing those whose series has a gap \
            there; 'gongkai agencies --missing' names them. Several reports of an agency on \
            one year count once; the others are under duplicates.

              gongkai years
              gongkai years --region 河南省 --format csv
            """)

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let terminal = Terminal(output)
        let counts = try filters.values.counts(of: indexOption, serverOptions)
        let years = counts.years
        let format = output.format ?? .text
        Table(
            schema: "gongkai.year/1",
            columns: [
                Table.Column("year", "年份"), Table.Column("reports", "报告", isNumber: true),
                Table.Column("agencies", "机关", isNumber: true),
                Table.Column("passages", "段落", isNumber: true),
                Table.Column("new", "新增机关", isNumber: true),
                Table.Column("missing", "缺失机关", isNumber: true),
                Table.Column("duplicates", "重复", isNumber: true),
            ],
            rows: years.map { year in
                [
                    year.year == nil && format == .text
                        ? .text("\(Message.unknown)") : Table.Value(year.year),
                    Table.Value(year.reports), Table.Value(year.agencies),
                    Table.Value(year.passages), Table.Value(year.new), Table.Value(year.missing),
                    Table.Value(year.duplicates),
                ]
            }
        ).withoutLastZeros(format).print(format, to: terminal)
        terminal.note(duplicates: counts.duplicates)
        if years.isEmpty {
            terminal.note(Message.noReports)
            throw ExitCode(1)
        }
    }
}
