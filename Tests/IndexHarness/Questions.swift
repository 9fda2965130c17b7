import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch

/// What is asked of one index.
final class Questions {
    /// How the questions ended.
    struct Tally {
        var answers = 0
        /// Those refused with an error that says what is wrong with the index.
        var refusals = 0
        /// Errors of other kinds, which a command would not know.
        var others: [String] = []
    }

    let folder: String
    /// What the forms of the queries follow from, so that other mutations meet other forms.
    let turn: Int
    let queries: [String]
    private(set) var tally = Tally()

    init(folder: String, turn: Int, queries: [String]) {
        (self.folder, self.turn, self.queries) = (folder, turn, queries)
    }

    /// Asks all, and at last has the index written to when something is named: `compact`, or the path
    /// of a folder that is indexed.
    func ask(writing: String?) async {
        note { _ = try IndexVerification(of: folder) }
        if let reader = reading({ try IndexReader(folder: folder) }) {
            search(reader)
            list(reader)
            show(reader)
            compute(reader)
        }
        switch writing {
        case "compact":
            await write {
                _ = try await IndexCompaction.perform(on: folder, timeout: .seconds(1)) {}
            }
        case let path?:
            await write {
                let indexer = try ReportIndexer(folder: folder, options: IndexOptions())
                _ = try await indexer.run([path])
            }
        case nil: break
        }
    }

    // MARK: The questions

    private func search(_ reader: IndexReader) {
        guard let searcher = reading({ try Searcher(reader) }) else { return }
        // A third of the queries, so that many indexes are asked in a second.
        for (index, query) in queries.enumerated() where (turn + index) % 3 == 0 {
            note { _ = try searcher.search(request(query, form: turn + index)) }
        }
        note {
            var request = SearchRequest(nil as QueryTree?)
            (request.countOnly, request.facets) = (true, FacetField.allCases)
            _ = try searcher.search(request)
        }
        note { _ = try searcher.search(SearchRequest(nil as QueryTree?)) }
        if let new = reading({ try reader.ofLastRun() }) {
            note { _ = try Searcher(new).search(request("公开", form: turn)) }
        }
        if let both = reading({ try IndexReader(merging: [reader, reader]) }) {
            note { _ = try Searcher(both).search(request("山 湖", form: turn)) }
        }
    }

    /// A query in one of the forms that flags give it.
    private func request(_ query: String, form: Int) throws -> SearchRequest {
        var request = SearchRequest(try QueryTree.parse(query))
        request.match = MatchMode.allCases[form % MatchMode.allCases.count]
        request.listedBy = ListedBy.allCases[form / 2 % ListedBy.allCases.count]
        switch form % 7 {
        case 0: request.facets = FacetField.allCases
        case 1: request.order = try SortOrder(form % 2 == 0 ? "-year" : "year")
        case 2: request.order = try SortOrder(form % 2 == 0 ? "-新收" : "公开率")
        case 3: (request.wantsExplanation, request.joinsCopies) = (true, true)
        case 4: (request.perReport, request.context) = (1, 2)
        case 5: (request.reportsOnly, request.limit) = (true, 0)
        default: (request.offset, request.limit) = (3, 30)
        }
        // What sounds alike is looked for among all words, which takes long.
        request.wantsSuggestions = form % 24 == 0
        (request.wantsCounts, request.wantsReasons) = (true, form % 2 == 0)
        return request
    }

    private func list(_ reader: IndexReader) {
        note { _ = try IndexInfo(reader) }
        note {
            for run in try reader.runs().changing {
                _ = (run.newReports, run.changes().reduce(0) { $0 + $1.cells.count })
            }
        }
        note { _ = try reader.duplicates() }
        note {
            _ = try Searcher(reader).counts(ofReportsMatching: Question()) { _ in true }
        }
        note {
            var links: [YearLink] = []
            try reader.forEachReport { head, report, files in
                _ = report.checks(source: files.first ?? head.id)
                if let link = YearLink(report, agency: report.agency ?? "", source: head.id) {
                    links.append(link)
                }
            }
            _ = YearLink.checks(links)
        }
    }

    private func show(_ reader: IndexReader) {
        guard let all = reading({ try heads(of: reader) })
        else { return }
        for (index, head) in all.enumerated() where (turn + index) % 4 == 0 {
            note {
                _ = try reader.report(id: head.id)
                _ = try reader.paths(ofReport: head.id)
            }
        }
        guard !all.isEmpty, let searcher = reading({ try Searcher(reader) }) else { return }
        let head = all[turn % all.count]
        note { _ = try reader.reports(named: String(head.id.prefix(8)), path: folder) }
        note { _ = try searcher.sharedTexts(ofReport: head.id, line: nil, minimum: 12) }
    }

    private func heads(of reader: IndexReader) throws -> [ReportHead] {
        try Searcher(reader).reports(matching: nil as QueryTree?).map(\.head)
    }

    private func compute(_ reader: IndexReader) {
        guard let statistics = reading({ try Statistics(reader) }) else { return }
        let fields = ["新收", "公开率", "复议纠错率"].compactMap(Statistic.called)
        let groups = ["", "year", "agency,year", "province,form"]
        note {
            var question = StatisticsQuestion(fields)
            question.groups = try GroupField.list(groups[turn % groups.count])
            question.methods = [.total, .mean, .quantiles, .outliers, .concentration]
            (question.isRanked, question.isClean) = (true, turn / 4 % 2 == 0)
            question.keepsReports = true
            for row in try statistics.answer(question).rows.prefix(3) {
                _ = try statistics.cells(of: row)
            }
        }
    }

    // MARK: How they end

    private func note(_ body: () throws -> Void) {
        _ = reading(body)
    }

    private func reading<Value>(_ body: () throws -> Value) -> Value? {
        do {
            let value = try body()
            tally.answers += 1
            return value
        } catch {
            count(error)
            return nil
        }
    }

    private func write(_ body: () async throws -> Void) async {
        do {
            try await body()
            tally.answers += 1
        } catch {
            count(error)
        }
    }

    private func count(_ error: any Error) {
        if error is SearchError || error is IndexError {
            tally.refusals += 1
        } else {
            tally.others.append("\(type(of: error)) \(error)")
        }
    }
}
