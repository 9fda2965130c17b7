import ArgumentParser
import QueryLanguage
import ReportOutput
import ReportSearch

/// What `search` is asked, and the answering of it.
struct Search: FlagValues {
    var query: [String] = []
    var filters = Filters()
    var listedBy = ListedBy.auto
    var match = MatchMode.auto
    var sort = "relevance"
    var limit: Int?
    var offset = 0
    var perReport: Int?
    var context = 0
    var facet: [String] = []
    var all = false
    var join = false
    var count = false
    var filesOnly = false
    /// Whether paths end with a null byte and are written byte by byte.
    var endsWithNull = false
    var explain = false
    /// Whether only what the last run of `index` brought is searched.
    var onlyNew = false
    var batch: String?
    /// The file of synonyms; nil is the program's own.
    var synonyms: String?
    var indexes = IndexFolders()
    /// How long servers may take.
    var timeout = "5s"
    /// Whether servers that do not answer are left out.
    var mayMiss = false
    var output = OutputChoices()

    /// More than any index holds, and so little that sums of it are numbers.
    private static let most = 1 << 40

    /// Complains of values that exclude each other or make no sense.
    func validate() throws {
        if let unknown = query.prefix(while: { $0 != "--" }).first(where: Self.looksLikeFlag) {
            let nearest = try CommandHelp.option(nearestTo: unknown, of: "search")
            throw ValidationError(
                Message.unknownOption(unknown, nearest: nearest))
        }
        if limit ?? 0 < 0 || offset < 0 || context < 0 {
            throw ValidationError(Message.takeNumbersFromZero)
        }
        if perReport ?? 1 < 1 {
            throw ValidationError(Message.takesNumber("--per-report", from: 1))
        }
        if endsWithNull, !filesOnly || output.format ?? .text != .text || batch != nil {
            throw ValidationError(Message.nullNeedsFiles)
        }
        if TimeSpan.seconds(timeout) ?? 0 <= 0 { throw ValidationError(Message.takesTime) }
        if batch != nil, !query.isEmpty {
            throw ValidationError(Message.noQueriesWithBatch)
        }
    }

    /// Whether an argument is a mistyped flag rather than a term to leave out, such as `-大厅` or
    /// `-form:none`.
    private static func looksLikeFlag(_ argument: String) -> Bool {
        if argument.hasPrefix("--") { return true }
        let name = argument.utf8.prefix { $0 != 0x3D }
        guard name.first == 0x2D, let letter = name.dropFirst().first, isLetter(letter) else {
            return false
        }
        return name.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF)
    }

    /// The query; `--` only ends the flags.
    private var text: String {
        var words = query
        if let end = words.firstIndex(of: "--") { words.remove(at: end) }
        return words.joined(separator: " ")
    }

    /// Whether results may be longer than a screen.
    var isPaged: Bool { batch == nil && !count }

    /// Answers, and prints the answer.
    func run() throws {
        if let batch { return try run(batch: batch) }
        let text = text
        let request = try request(text)
        let answering = try answering()
        let result = try found(request, by: answering.search)
        let terminal = Terminal(output)
        let answer = SearchAnswer(
            result: result, query: text, terminal: terminal, isCount: count,
            isReports: filesOnly, endsWithNull: endsWithNull)
        // To know what a question may have meant takes a table of all names of statistics.
        if !terminal.isQuiet {
            for hint in QuestionHints.hints(text, understood: result.understood) {
                terminal.note(hint)
            }
        }
        answer.print(output.format ?? .text)
        if terminal.isVerbose, let reader = answering.reader {
            terminal.note(
                Message.searched(
                    DisplayPath.of(reader.folder), segments: reader.segmentCount))
        }
        if result.partial != nil { throw ExitCode(4) }
        if result.isEmpty { throw ExitCode(1) }
    }

    /// What answers: an index, or servers and the folders beside them.
    private func answering() throws
        -> (reader: IndexReader?, search: (SearchRequest) throws(SearchError) -> SearchResult)
    {
        if let servers = IndexLocation.servers(named: indexes.folders) {
            return (nil, try asking(servers))
        }
        let reader = try opened()
        let searcher = try Searcher(reader, synonyms: knownSynonyms())
        return (
            reader, { (request) throws(SearchError) in try searcher.search(request) }
        )
    }

    /// The index, or what is to be searched of it.
    private func opened() throws -> IndexReader {
        let reader = try IndexReader(folders: indexes.folders)
        return onlyNew ? try reader.ofLastRun() : reader
    }

    private func found(
        _ request: SearchRequest, by search: (SearchRequest) throws(SearchError) -> SearchResult
    ) throws -> SearchResult {
        do {
            return try search(request)
        } catch  where error.reason == .question {
            throw QuestionError(error)
        }
    }

    private func knownSynonyms() throws -> Synonyms {
        guard let synonyms else { return .standard }
        let text = try InputFile.text(synonyms)
        do throws(SearchError) {
            return try Synonyms(text)
        } catch {
            throw ValidationError(
                "\(synonyms): \(error.message(in: QuerySyntaxError.Language.ofUser))")
        }
    }

    // MARK: The question

    private func request(_ text: String) throws -> SearchRequest {
        var terms = try filters.terms()
        if let tree = try QueryTree.parse(text) {
            terms.insert(Question.Term(tree, from: .query(text)), at: 0)
        }
        if terms.isEmpty, facet.isEmpty, !count, !filesOnly, !onlyNew,
            batch != nil || sort == "relevance" && listedBy != .report
        {
            throw ValidationError(Message.noQuestion)
        }
        var request = SearchRequest(Question(terms))
        // One number is of passages, unless reports are asked for.
        request.listedBy = count && listedBy == .auto ? .passage : listedBy
        request.match = match
        request.order = try SortOrder(sort)
        request.limit = min(limit ?? (filesOnly ? 0 : 10), Self.most)
        request.offset = min(offset, Self.most)
        request.countOnly = count
        request.perReport = perReport
        request.context = context
        request.facets = try FacetField.list(facet.joined(separator: ","))
        request.reportsOnly = filesOnly && !count
        // Counts without a query are about the whole index; no hit is better than another.
        if terms.isEmpty, !filesOnly, !facet.isEmpty { request.countOnly = true }
        request.wantsExplanation = explain
        request.wantsSuggestions = batch == nil
        request.wantsReasons = batch == nil
        // Counting reports looks at every hit, which an answer of ten need not.
        request.wantsCounts = batch == nil || !filesOnly && (count || listedBy == .report)
        let format = output.format ?? .text
        // A row of a table has no room to say that it holds only some of the words.
        request.mayRelax = [.text, .json, .jsonl].contains(format)
        request.joinsCopies =
            !filesOnly && batch == nil && (join || format == .text && !all)
        return request
    }

    // MARK: Many questions

    /// One query a line, one answer a line, in order; a query that cannot be asked is answered
    /// with its error.
    private func run(batch: String) throws {
        let search = try answering().search
        let terminal = Terminal(output)
        var isPartial = false
        for line in try BatchLines(batch) {
            let answer: JSONValue
            do {
                let result = try search(request(line))
                isPartial = isPartial || result.partial != nil
                answer = ReportJSON.search(
                    result, query: line, withHits: !count, isFiles: filesOnly)
            } catch let error as QuerySyntaxError {
                answer = ReportJSON.failure(query: line, error: error.message(in: .english))
            } catch let error as SearchError where error.reason == .question {
                answer = ReportJSON.failure(query: line, error: error.description)
            } catch let error as ValidationError {
                answer = ReportJSON.failure(query: line, error: error.message)
            }
            terminal.write(answer)
        }
        if isPartial { throw ExitCode(4) }
    }
}

/// A question that asks for what does not exist, shown with the position in its text.
struct QuestionError: Error, CustomStringConvertible {
    let error: SearchError

    init(_ error: SearchError) { self.error = error }

    var description: String {
        let language = QuerySyntaxError.Language.ofUser
        let message = error.message(in: language)
        let flag = error.source?.flag.map { $0 + (language == .chinese ? "：" : ": ") } ?? ""
        guard let text = error.source?.text, let range = error.range, !range.isEmpty else {
            return flag + message
        }
        let number = range.lowerBound + 1
        return
            (language == .chinese
            ? "查询第 \(number) 个字符有误：" : "query error at character \(number): ")
            + "\(flag)\(message)\n\(QueryExcerpt(of: text, at: range.lowerBound))"
    }
}
