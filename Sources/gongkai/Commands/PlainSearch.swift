import ReportSearch

extension Search {
    /// A search whose arguments are plain: the words of the query, and options.
    ///
    /// - Throws: ``PlainArguments/NotPlain``; then ``SearchCommand`` reads them.
    init(plain arguments: ArraySlice<String>) throws(PlainArguments.NotPlain) {
        var rest = PlainArguments(arguments)
        while let argument = try rest.next() {
            switch argument {
            case .word(let word): query.append(word)
            case .option("--agency"): filters.agency.append(try rest.value())
            case .option("--region"): filters.region.append(try rest.value())
            case .option("--year"): filters.year.append(try rest.value())
            case .option("--section"): filters.section.append(try rest.value())
            case .option("--form"): filters.form.append(try rest.value())
            case .option("--where"): filters.where.append(try rest.value())
            case .option("--level"): filters.level.append(try rest.value())
            case .option("--scope"): filters.scope.append(try rest.value())
            case .option("--kind"): filters.kind.append(try rest.value())
            case .option("--by"): listedBy = try rest.choice()
            case .option("--join"): join = true
            case .option("--match"): match = try rest.choice()
            case .option("--sort"): sort = try rest.value(mayBeginWithDash: true)
            case .option("--limit"): limit = try rest.number()
            case .option("--offset"): offset = try rest.number()
            case .option("--per-report"): perReport = try rest.number()
            case .option("--context"): context = try rest.number()
            case .option("--facet"): facet.append(try rest.value())
            case .option("--all"): all = true
            case .option("--count"): count = true
            case .option("-l"), .option("--files"): filesOnly = true
            case .option("--explain"): explain = true
            case .option("--new"): onlyNew = true
            case .option("--batch"): batch = try rest.value()
            case .option("--synonyms"): synonyms = try rest.value()
            case .option("--index"): indexes.append(try rest.value())
            case .option("--format"): output.format = try rest.choice()
            case .option("--color"): output.color = try rest.choice()
            case .option("--hyperlink"): output.hyperlink = try rest.choice()
            case .option("--no-pager"): output.noPager = true
            case .option("-q"), .option("--quiet"): output.quiet = true
            case .option("--verbose"): output.verbose = true
            case .option: throw PlainArguments.NotPlain()
            }
        }
        do { try validate() } catch { throw PlainArguments.NotPlain() }
    }
}
