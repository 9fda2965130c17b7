import ArgumentParser
import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

struct AgenciesCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "agencies",
        abstract: "List the agencies with their years and gaps.",
        discussion: """
            A year is missing between years that an agency has, and after its last one up to the \
            newest of the index, where most agencies have a report of that; filters make none \
            missing. Several reports of an agency on one year count once; the others are \
            under duplicates.

              gongkai agencies 政务服务
              gongkai agencies --region 洛阳市 --missing
              gongkai agencies --with 2022 --without 2023
            """)

    @Argument(help: "List only agencies whose name holds this text.")
    var text: String?

    @Option(help: ArgumentHelp("Only agencies with a report of the year.", valueName: "year"))
    var with: [Int] = []

    @Option(help: ArgumentHelp("Only agencies without a report of the year.", valueName: "year"))
    var without: [Int] = []

    @Flag(help: "Only agencies with a missing year.")
    var missing = false

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let terminal = Terminal(output)
        let counts = try filters.values.counts(of: indexOption, serverOptions)
        let agencies = counts.agencies.filter(isWanted)
        var table = ReportTable.agencies
        table.rows = agencies.map(ReportTable.row)
        let format = output.format ?? .text
        table.withoutLastZeros(format).print(format, to: terminal)
        terminal.note(duplicates: agencies.reduce(0) { $0 + $1.duplicates })
        if agencies.isEmpty {
            terminal.note(Message.noReports)
            throw ExitCode(1)
        }
    }

    private func isWanted(_ agency: AgencyCounts) -> Bool {
        if let text {
            guard let name = agency.name, folded(name).contains(folded(text)) else { return false }
        }
        return with.allSatisfy(agency.years.contains)
            && !without.contains(where: agency.years.contains)
            && (!missing || !agency.missing.isEmpty)
    }
}
