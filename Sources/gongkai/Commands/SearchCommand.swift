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

    @OptionGroup var filters: FilterOptions

    @Flag(help: "Search only the reports that the last run of index added or changed.")
    var new = false

    @Option(
        help: """
            What is listed: passages, or reports with their best one; auto lists reports where no \
            text is asked.
            """)
    var by = ListedBy.auto

    @Option(help: "How unquoted text is matched: auto, phrase, all or any.")
    var match = MatchMode.auto

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "relevance, year or a statistic; -FIELD sorts down.", valueName: "field"),
        completion: Completion.orders)
    var sort = "relevance"

    @Option(
        parsing: .unconditional,
        help: "The most hits to print; 0 prints all. Without it 10, with --files all.")
    var limit: Int?

    @Option(parsing: .unconditional, help: "How many hits to pass over.")
    var offset = 0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most hits of one report.", valueName: "n"))
    var perReport: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Print n passages before and after each hit from its report.", valueName: "n"))
    var context = 0

    @Option(
        help: ArgumentHelp(
            """
            Count all matching passages, and their reports, by agency, region, province, city, \
            county, year, section or form; several with commas.
            """, valueName: "field"), completion: Completion.facets)
    var facet: [String] = []

    @Flag(help: "Show each passage, also those that say the same as one above.")
    var all = false

    @Flag(help: "Join passages that say the same, which only text does by itself.")
    var join = false

    @Flag(help: "Print only the number of passages, or of reports with --by report.")
    var count = false

    @Flag(name: [.customShort("l"), .customLong("files")], help: "Print only the files' paths.")
    var filesOnly = false

    @Flag(
        help: "Tell how the question was read and looked up, and why each hit ranks where it does.")
    var explain = false

    @Option(
        help: ArgumentHelp("Read queries from a file, or - for standard input.", valueName: "file"))
    var batch: String?

    @Option(
        help: ArgumentHelp(
            """
            A file of words that say the same, a group a line, instead of the program's own, which \
            'gongkai help synonyms' prints.
            """, valueName: "file"), completion: .file())
    var synonyms: String?

    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    /// What is asked.
    var search: Search {
        Search(
            query: query, filters: filters.values, listedBy: by, match: match, sort: sort,
            limit: limit, offset: offset, perReport: perReport, context: context, facet: facet,
            all: all, join: join, count: count, filesOnly: filesOnly, explain: explain,
            onlyNew: new, batch: batch, synonyms: synonyms,
            indexes: indexOption.folders, output: output.values)
    }

    func validate() throws { try search.validate() }

    var isPaged: Bool { search.isPaged }

    func run() throws { try search.run() }
}

extension MatchMode: ExpressibleByArgument {}
extension ListedBy: ExpressibleByArgument {}
