public import ArgumentParser
public import ReportSearch

struct SearchCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find passages and reports.",
        discussion: """
            Ask as a person would: words that name an agency, a place or a year of the index are \
            looked for in the head of each report, the others in its text. Words are all required; \
            "…" is exact, and text alone; -词 excludes; OR, NOT and brackets combine. Fields and \
            statistics stand in the query or in flags. 'gongkai help query' has the whole language:

              gongkai search 孟津区2023年收到多少件申请
              gongkai search '孟津区 2022' --by report
              gongkai search --sort -新收
              gongkai search 政策解读 --year 2022 --agency 政务服务
              gongkai search '"政策解读" 节:5 年:2021..2023' --context 1
              gongkai search '征迁 新收>=10' --sort -新收 --per-report 1
              gongkai search 征迁 --facet agency,year --count
              gongkai search --facet agency
              gongkai search '规范性文件.废止>规范性文件.制发' -l
              gongkai search 公开 --year 2023 --limit 0 --format csv > hits.csv

            'gongkai fields' lists what can be compared. Exit code 1 means that nothing was \
            found.
            """)

    @Argument(
        parsing: .allUnrecognized, help: "The query. Several arguments are joined by spaces.",
        completion: Completion.fields)
    var query: [String] = []

    @OptionGroup var flags: Flags<Search>

    /// What is asked.
    var search: Search {
        var search = flags.values
        search.query = query
        return search
    }

    var output: OutputOptions { OutputOptions(search.output) }

    func validate() throws { try search.validate() }

    var isPaged: Bool { search.isPaged }

    func run() throws { try search.run() }
}

extension MatchMode: ExpressibleByArgument {}
extension ListedBy: ExpressibleByArgument {}
