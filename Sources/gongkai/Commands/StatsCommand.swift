public import ArgumentParser
import QueryLanguage
import ReportModel
public import ReportOutput
import ReportSearch

struct StatsCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Add up statistics and compute indicators over reports.",
        discussion: """
            A statistic is added up; an indicator is computed from the sums, so that the rate of a \
            group is a ratio of sums. Each line tells how many reports it was made of, how many \
            were blank, and what was left out. A blank is never 0.

              gongkai stats 公开率 --region 普陀区
              gongkai stats 新收 公开率 --by year --region 洛阳市
              gongkai stats 复议纠错率 --by city --having 'denominator>=10' --rank
              gongkai stats 新收 --by agency --change --plot
              gongkai stats 申请人构成 --by year --format csv
              gongkai stats 新收 --distribution --bounds 0,1,10,100
              gongkai stats 公开率 --by province -o rates.html

            Of two reports of one agency and year one is used; reports that say they are compiled \
            from others are not added to these. 'gongkai fields' lists what can be asked. Exit \
            code 1 means that no report was found.
            """)

    @Argument(
        help: "Statistics, indicators, compositions, or a formula such as '予以公开/新收'.",
        completion: Completion.statistics)
    var fields: [String]

    @Option(
        help: ArgumentHelp(
            """
            Group by agency, region, province, city, county, year, level, form, scope or a \
            statistic; several with commas.
            """, valueName: "field"), completion: Completion.groups)
    var by: [String] = []

    @OptionGroup var filters: FilterOptions
    @OptionGroup var figures: FigureOptions
    @OptionGroup var shapes: FigureOutputOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var output: OutputOptions

    var isPaged: Bool { shapes.outputFile == nil }

    func validate() throws {
        try figures.validateChoices()
        try shapes.validateChoices()
    }

    func run() throws {
        let known = try KnownFields(indicators: figures.indicators)
        var question = StatisticsQuestion(try known.fields(fields))
        question.groups = try GroupField.list(by.joined(separator: ","))
        question.tree = try filters.values.tree()
        question.knownTree = try filters.values.withoutYearsAndNumbers.tree()
        try known.refuseOwn(in: question.tree)
        try figures.apply(to: &question)
        question.keepsReports = shapes.cells
        let statistics = try Statistics(reader(of: question))
        let answer = try statistics.answer(question)
        let terminal = Terminal(output)
        let form = StatisticsTable(
            answer, of: question, query: fields.joined(separator: " "),
            filters: filters.values.written, statistics: statistics)
        let printer = StatisticsPrinter(form: form, filters: filters.values, terminal: terminal)
        try printer.print(output.format, shapes)
        if answer.reportCount == 0 {
            terminal.note(Message.noReports)
            throw ExitCode(1)
        }
    }
}

extension StatsCommand {
    /// The index, or what servers tell of the reports that are asked for.
    private func reader(of question: StatisticsQuestion) throws -> IndexReader {
        guard let servers = indexOption.servers else { return try indexOption.open() }
        // Which cells a file prints beside the form's, and where, servers are not told.
        if shapes.cells { throw ValidationError(Message.notOfServers("--cells")) }
        if figures.clean { throw ValidationError(Message.notOfServers("--clean")) }
        return try serverOptions.values.asking(servers) { (searcher) throws(SearchError) in
            try searcher.index(ofReportsMatching: question.knownTree, for: question.tree)
        }
    }
}

/// What is computed, and which rows are wanted.
struct FigureOptions: ParsableArguments {
    @Flag(help: "Add up; the default.")
    var sum = false

    @Flag(help: "The mean of the reports' own values.")
    var mean = false

    @Flag(help: "The median of the reports' own values.")
    var median = false

    @Flag(help: "P10, P25, P50, P75 and P90 of the reports' own values.")
    var quantiles = false

    @Flag(help: "How many reports lie between bounds.")
    var distribution = false

    @Option(
        help: ArgumentHelp(
            "The bounds of a distribution, ascending; else natural ones.", valueName: "numbers"))
    var bounds: String?

    @Flag(help: "The reports whose value lies far from the others' (by the median deviation).")
    var outliers = false

    @Flag(
        help: """
            How much few groups have: the share of the largest ones (--top, else 10), the sum of \
            squared shares, and the Gini coefficient, over the last field of --by.
            """)
    var concentration = false

    @Flag(help: "Rank the rows, the highest first; equal values have one rank.")
    var rank = false

    @Option(help: ArgumentHelp("Only the first n of each ranking.", valueName: "n"))
    var top: Int?

    @Flag(help: "Compare each year with the calendar year before.")
    var change = false

    @Option(
        help: ArgumentHelp(
            "Each sum as a share: of 'total', of the sum within a field of --by, or of a statistic.",
            valueName: "of"))
    var share: String?

    @Option(
        help: ArgumentHelp(
            "Rank only rows of at least n cases; without it 10 for shares.", valueName: "n"))
    var minSample: Int?

    @Option(
        help: ArgumentHelp(
            "Only rows of which this is true: 'denominator>=10', 'value>50%'.", valueName: "expr"))
    var having: [String] = []

    @Flag(help: "Leave out reports in which a sum with the cells does not hold.")
    var clean = false

    @Option(
        help: ArgumentHelp(
            "Indicators of your own: lines 'key = formula; names; unit'.", valueName: "file"),
        completion: .file())
    var indicators: String?

    @Option(
        help: ArgumentHelp(
            "How many people live where: lines 'region,year,number'.", valueName: "file"),
        completion: .file())
    var population: String?

    /// Complains of values that make no sense.
    func validateChoices() throws {
        if top ?? 1 < 1 { throw ValidationError(Message.takesNumber("--top", from: 1)) }
        if minSample ?? 0 < 0 {
            throw ValidationError(Message.takesNumber("--min-sample", from: 0))
        }
        if bounds != nil, !distribution {
            throw ValidationError(Message.needs("--bounds", "--distribution"))
        }
        _ = try boundNumbers()
    }

    private func boundNumbers() throws -> [Double] {
        guard let bounds else { return [] }
        let parts = bounds.split(omittingEmptySubsequences: false) { ",，、".contains($0) }
        let numbers = parts.compactMap { part -> Double? in
            let isShare = part.hasSuffix("%")
            let number = Double(isShare ? part.dropLast() : part).map { isShare ? $0 / 100 : $0 }
            return number.flatMap { $0.isFinite ? $0 : nil }
        }
        guard numbers.count == parts.count, !numbers.isEmpty, numbers.count <= 1_000,
            zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw ValidationError(Message.takesBounds) }
        return numbers
    }

    /// What is computed, in the order of the flags.
    private func methods() throws -> [StatisticsMethod] {
        var methods: [StatisticsMethod] = []
        if sum { methods.append(.total) }
        if mean { methods.append(.mean) }
        if median { methods.append(.median) }
        if quantiles { methods.append(.quantiles) }
        if distribution { methods.append(.distribution(bounds: try boundNumbers())) }
        if outliers { methods.append(.outliers) }
        if concentration { methods.append(.concentration) }
        return methods.isEmpty ? [.total] : methods
    }

    /// Sets what the flags say.
    func apply(to question: inout StatisticsQuestion) throws {
        question.methods = try methods()
        question.isClean = clean
        question.minimumSample = minSample
        question.isRanked = rank || top != nil && !concentration
        question.top = top
        question.comparesYears = change
        if !having.isEmpty {
            question.having = try RowCondition(having.map { "(\($0))" }.joined(separator: " "))
        }
        if let population { question.population = try InputFile.population(population) }
        guard let share else { return }
        if ["total", "all", "总计", "全部"].contains(folded(share)) {
            question.share = .total
        } else if let field = try? GroupField.list(share).first, question.groups.contains(field) {
            question.share = .within(field)
        } else {
            question.fields = try KnownFields(indicators: indicators).shares(
                of: question.fields, in: share)
        }
    }
}

/// How figures are shown.
struct FigureOutputOptions: ParsableArguments {
    @Flag(help: "List every cell behind the figures: file, line and raw text.")
    var cells = false

    @Option(
        help: ArgumentHelp(
            "Draw too, as suits the figures; --plot=bar, line, box or dot says how.",
            valueName: "kind"))
    var plot: ChartKind?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            """
            The file to write; its ending tells the format: .svg, .html, .csv, .tsv, .json, .jsonl, \
            .md or .xlsx.
            """, valueName: "file"), completion: .file())
    var outputFile: String?

    @Flag(help: "Replace the file when it is there.")
    var force = false

    func validateChoices() throws {
        if outputFile == nil, force { throw ValidationError(Message.needs("--force", "--output")) }
    }
}

extension ChartKind: ExpressibleByArgument {}

extension FigureOutputOptions {
    /// Arguments in which `--plot` has its kind: one stands only behind the sign, so that what
    /// follows is no kind but a field.
    static func withPlotKinds(_ arguments: [String]) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.count
        return arguments.enumerated().map { $0 < end && $1 == "--plot" ? "--plot=auto" : $1 }
    }
}
