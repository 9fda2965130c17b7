import PlainXapian
import Platform
public import QueryLanguage
public import ReportModel
import SegmentStore

/// What servers tell of reports: who and what they are, how many passages they have, their numbers.
///
/// A report without passages is found by no filter on names, which only passages have as terms: of
/// these few the documents are read, and the filters are asked of them here.
extension ServerSearcher {
    /// The most reports of which the numbers are read.
    static let mostReports = 50_000
    /// The most bytes of documents that are read for a question, and the most passages of a report: no
    /// reports of an index come near.
    private static let mostBytes = 512 << 20
    private static let mostPassages = 200_000
    /// How many documents are asked for at once.
    static let batch = 1_000

    private static let annual = PlainQuery.reports(.kind, ReportKind.annualReport.rawValue)

    // MARK: Counts

    /// The annual reports that answer a question, counted; see
    /// ``Searcher/counts(ofReportsMatching:isAsked:)``.
    public func counts(
        ofReportsMatching question: Question, isAsked: (Int) -> Bool
    ) throws(SearchError) -> ReportCounts {
        try asking {
            let passages = try passageCounts(Self.annual)
            let served = try heads(passages)
            let local = try folders().map { try $0.annualReports() }
            let all = CountableReports(served + (local?.heads ?? []))
            guard !question.terms.isEmpty else {
                return ReportCounts(
                    all, isCounted: all.reports.map { _ in true }, isAsked: isAsked)
            }
            let asked = try ids(matching: question, among: served, passages)
            var isCounted = served.map { asked.contains($0.id) }
            if let local, let folders = try folders() {
                let term = try resolved(SearchRequest(question)).term
                let areMatching = try folders.searcher.areMatching(term)
                isCounted += local.indices.map { areMatching[$0] }
            }
            return ReportCounts(all, isCounted: isCounted, isAsked: isAsked)
        }
    }

    /// The reports of an index that servers have too, by ``ReportModel/ReportHead/idNumber``.
    func reports(alsoIn index: IndexReader) throws -> Set<UInt64> {
        let ids = try index.idNumbers().map { ReportHead.id(ofNumber: $0) }
        var shared: Set<UInt64> = []
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            let some = ids[start..<min(ids.count, start + Self.batch)]
            let found = try counted(
                .any(some.map { .report(id: $0) }), by: .reports, ofReports: true)
            shared.formUnion(found.compactMap { UInt64($0.parts[0], radix: 16) })
        }
        return shared
    }

    /// How many reports and passages there are.
    public func size() throws(SearchError) -> (reports: Int, passages: Int) {
        try asking {
            var request = PlainServers.Request(.everything)
            request.isOfReportDocuments = true
            let reader = try folders()?.reader
            return (
                try servers.open.search(request).total + (reader?.reportCount ?? 0),
                servers.passageCount + (reader?.passageCount ?? 0)
            )
        }
    }

    /// How many passages each report has that something matches.
    private func passageCounts(_ query: PlainQuery) throws -> [String: Int] {
        let counted = try counted(query, by: .reports)
        return Dictionary(counted.map { ($0.parts[0], $0.passages) }, uniquingKeysWith: +)
    }

    /// The documents that match, counted by one value.
    private func counted(
        _ query: PlainQuery, by what: PlainServers.CountedBy, ofReports: Bool = false
    ) throws -> [PlainServers.CountedReport] {
        var request = PlainServers.Request(.all([.everything, query]))
        request.isOfReportDocuments = ofReports
        request.counted = [what]
        let counted = try servers.open.search(request).counts.first ?? []
        let width = what == .heads ? 7 : 1
        guard counted.allSatisfy({ $0.parts.count == width && Self.isID($0.parts[0]) }) else {
            throw ServerError.oddValues(servers.open.name)
        }
        return counted
    }

    private static func isID(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Who and what all annual reports are, as far as counting wants it.
    private func heads(_ passages: [String: Int]) throws -> [ReportHead] {
        let rolledUp = try counted(
            .all([Self.annual, .scope(.rolledUp)]), by: .reports, ofReports: true)
        let compiled = Set(rolledUp.map { $0.parts[0] })
        return try counted(Self.annual, by: .heads, ofReports: true).map { counted in
            func part(_ index: Int) -> String? {
                counted.parts[index].isEmpty ? nil : counted.parts[index]
            }
            let id = counted.parts[0]
            return ReportHead(
                sha256: id, encoding: "", kind: .annualReport, form: .none, title: nil,
                agency: part(1), agencyAliases: [],
                year: part(5).flatMap { Int($0) }.flatMap { ReportEntry.years ~= $0 ? $0 : nil },
                region: Region(province: part(2), city: part(3), county: part(4)),
                scope: compiled.contains(id) ? .rolledUp : .unknown,
                passageCount: passages[id] ?? 0)
        }
    }

    /// The ids of the annual reports that answer a question.
    private func ids(
        matching question: Question, among heads: [ReportHead], _ passages: [String: Int]
    ) throws -> Set<String> {
        let plan = try ServerPlan(resolved(SearchRequest(question)).term, isExact: false)
        var ids = Set(try passageCounts(.all([plan.query, Self.annual])).keys)
        let bare = heads.map(\.id).filter { passages[$0] == nil }
        if !bare.isEmpty {
            let reader = try index(of: try reports(withIDs: bare))
            ids.formUnion(try Self.ids(of: reader, matching: question))
        }
        return ids
    }

    /// The ids of the reports without passages that answer a question.
    private static func ids(of reader: IndexReader, matching question: Question) throws -> [String]
    {
        let searcher = try Searcher(reader)
        let term = try QuestionResolver(
            reader: reader, scoring: searcher.scoring, isExact: false
        ).resolved(question, order: .relevance).term
        return try searcher.bareReports(of: term).map { bare in
            try reader.segments[bare.segment].id(ofReport: bare.report)
        }
    }

    // MARK: Numbers

    /// The annual reports that may answer questions with their numbers, as an index without passages,
    /// of which the questions are asked again.
    ///
    /// - Parameters:
    ///   - tree: what all the questions ask for; nil asks for all reports.
    ///   - others: what some of them ask for too.
    /// - Throws: ``SearchError`` when they are more than are read, or the questions ask for what a
    ///   passage has of its own.
    public func index(
        ofReportsMatching tree: QueryTree?, for others: QueryTree?
    ) throws(SearchError) -> IndexReader {
        try asking {
            try requireReports(Question(others))
            return try withFolders(
                try index(of: try found(matching: Question(tree), Self.annual)))
        }
    }

    /// The reports and pages that answer a question, and an index of them without passages.
    public func reports(
        matching question: Question
    ) throws(SearchError) -> (reports: [MatchingReport], reader: IndexReader) {
        try asking {
            let found = try found(matching: question, .everything)
            let reader = try index(of: found)
            let bare = Set(try Self.ids(of: reader, matching: question))
            let folders = try folders()
            let reports = try found.filter { bare.contains($0.report.head.id) }.map { one in
                let head = one.report.head
                return MatchingReport(
                    head: head,
                    files: try folders?.files(ofReport: head, one.report.files)
                        ?? one.report.files, passages: head.passageCount)
            }
            var request = SearchRequest(question)
            (request.match, request.reportsOnly, request.limit) = (.all, true, 0)
            let local = try folders?.searcher.answer(request, resolved(request)).reports ?? []
            return (reports + local, try withFolders(reader))
        }
    }

    /// An index of reports on servers with those in folders that are none of them.
    private func withFolders(_ served: IndexReader) throws -> IndexReader {
        guard let folders = try folders() else { return served }
        return try IndexReader(merging: [served, folders.reader])
    }

    /// The reports of which some passage matches, and all without passages.
    ///
    /// - Parameter kind: what they all are.
    private func found(
        matching question: Question, _ kind: PlainQuery
    ) throws -> [PlainServers.FoundReport] {
        try requireReports(question)
        let plan = try ServerPlan(resolved(SearchRequest(question)).term, isExact: false)
        let query = PlainQuery.all([plan.query, kind])
        let count = try passageCounts(query).count
        let all = try passageCounts(kind)
        let bare = try counted(kind, by: .reports, ofReports: true).map { $0.parts[0] }
            .filter { all[$0] == nil }
        guard count + bare.count <= Self.mostReports else {
            throw SearchError.tooManyReports(count + bare.count, most: Self.mostReports)
        }
        var request = PlainServers.Request(query)
        request.isByReport = true
        return try documents(request, count: count) + (try reports(withIDs: bare))
    }

    /// Refuses what passages have of their own.
    private func requireReports(_ question: Question) throws {
        for term in question.terms {
            for leaf in term.tree.leaves {
                let name: QueryName? =
                    switch leaf.kind {
                    case .field(let name, _), .comparison(let name, _, _): name
                    default: nil
                    }
                guard let name, let field = FieldName.named(name.text),
                    [.section, .subsection, .length].contains(field)
                else { continue }
                var error = SearchError.notOnServers("\(leaf)", range: leaf.range)
                error.source = term.source
                throw error
            }
        }
    }

    /// The documents that a request finds, with the numbers of all cells.
    private func documents(
        _ request: PlainServers.Request, count: Int
    ) throws -> [PlainServers.FoundReport] {
        var request = request
        request.slots = StatisticField.all.indices.map(UInt32.init)
        var found: [PlainServers.FoundReport] = []
        var bytes = 0
        for start in stride(from: 0, to: count, by: Self.batch) {
            (request.offset, request.limit) = (start, min(Self.batch, count - start))
            let some = try servers.open.reports(request)
            bytes += some.reduce(0) { $0 + $1.report.size }
            guard bytes <= Self.mostBytes else { break }
            found += some
        }
        guard found.count == count else { throw ServerError.oddValues(servers.open.name) }
        return found
    }

    /// The reports with some ids, by documents of their own.
    private func reports(withIDs ids: [String]) throws -> [PlainServers.FoundReport] {
        guard ids.count <= Self.mostReports else {
            throw SearchError.tooManyReports(ids.count, most: Self.mostReports)
        }
        var found: [PlainServers.FoundReport] = []
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            let some = ids[start..<min(ids.count, start + Self.batch)]
            var request = PlainServers.Request(
                .all([.everything, .any(some.map { .report(id: $0) })]))
            request.isOfReportDocuments = true
            found += try documents(request, count: some.count)
        }
        return found
    }

    /// An index of reports without their passages, in the order in which a run of `index` meets their
    /// files: a group is called as its first report spells it.
    private func index(of found: [PlainServers.FoundReport]) throws -> IndexReader {
        var builder = try SegmentBuilder(frequent: .none)
        var files: [UInt64: [String]] = [:]
        let paths = found.map { Array(($0.report.files.first ?? "").utf8) }
        let order = found.indices.sorted { one, other in
            paths[one] == paths[other]
                ? found[one].report.head.id < found[other].report.head.id
                : paths[one].lexicographicallyPrecedes(paths[other])
        }
        for one in order.map({ found[$0] }) {
            let head = one.report.head
            // What two servers have is one report.
            guard files.updateValue(one.report.files, forKey: head.idNumber) == nil else {
                continue
            }
            try builder.add(StorableReport(one.record))
        }
        let file = try OpenFile.temporary()
        let number = file.withNumber { $0 }
        try builder.write(to: number)
        return IndexReader(
            ofServers: servers.open.name,
            segments: [try Segment(name: servers.open.name, tables: file)], files: files)
    }

    // MARK: One report

    /// The ids of reports that begin so, ascending; at most so many.
    public func ids(beginning start: String, limit: Int) throws(SearchError) -> [String] {
        let start = start.lowercased()
        guard (1...16).contains(start.utf8.count), start.utf8.allSatisfy({ $0 < 0x80 }) else {
            return []
        }
        return try asking {
            let served = try servers.open.ids(beginning: start, limit: limit)
            let local = try folders()?.reader.ids(beginning: start, limit: limit) ?? []
            return (served + local).filter(Self.isID).sorted().prefix(limit).map(\.self)
        }
    }

    /// A report with its passages and the values of its cells; nil when there is none with the id.
    ///
    /// Servers keep neither the findings nor the raw texts and lines of cells.
    public func report(
        id: String
    ) throws(SearchError) -> (head: ReportHead, report: Report, files: [String])? {
        try asking {
            guard Self.isID(id) else { return nil }
            let folders = try folders()
            guard let found = try document(ofReport: id) else {
                return try folders?.reader.report(id: id).map { head, report in
                    (head, report, try folders?.reader.paths(ofReport: id) ?? [])
                }
            }
            let head = found.report.head
            var report = found.record.report
            let passages = try passages(of: head)
            report.passages = passages.map(\.passage)
            for passage in passages {
                let section = passage.passage.section
                guard let title = passage.sectionTitle,
                    !report.headings.contains(where: { $0.section == section })
                else { continue }
                report.headings.append(
                    Report.Heading(
                        section: section, title: title, line: passage.passage.lines.lowerBound))
            }
            let files = found.report.files
            return (head, report, try folders?.files(ofReport: head, files) ?? files)
        }
    }

    private func document(ofReport id: String) throws -> PlainServers.FoundReport? {
        var request = PlainServers.Request(.all([.everything, .report(id: id)]))
        request.isOfReportDocuments = true
        guard try servers.open.search(request).total > 0 else { return nil }
        return try documents(request, count: 1).first
    }

    /// The passages of a report, in their order.
    private func passages(of head: ReportHead) throws -> [PlainPassage] {
        guard head.passageCount <= Self.mostPassages else {
            throw ServerError.oddValues(servers.open.name)
        }
        var request = PlainServers.Request(.all([.everything, .report(id: head.id)]))
        var passages: [Int: PlainPassage] = [:]
        for start in stride(from: 0, to: head.passageCount, by: Self.batch) {
            (request.offset, request.limit) = (start, Self.batch)
            let hits = try servers.open.search(request).hits
            guard !hits.isEmpty else { break }
            for hit in hits { passages[hit.passage.number] = hit.passage }
        }
        guard passages.count == head.passageCount,
            passages.keys.allSatisfy({ 1...head.passageCount ~= $0 })
        else { throw ServerError.oddValues(servers.open.name) }
        return passages.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension PlainServers.FoundReport {
    /// The report as an index stores it, without its passages.
    ///
    /// Of a cell only its value is known.
    fileprivate var record: ReportRecord {
        let head = report.head
        var table = StatisticTable()
        for field in StatisticField.all.indices {
            guard let value = report.value(ofField: field, stored: numbers[UInt32(field)]) else {
                continue
            }
            table[field] = Cell(value: value, status: .printed, raw: "", line: 0)
        }
        return ReportRecord(
            Report(
                kind: head.kind, form: head.form, encoding: head.encoding, title: head.title,
                agency: head.agency, agencyAliases: head.agencyAliases, year: head.year,
                region: head.region, scope: head.scope, statistics: table),
            sha256: head.sha256)
    }
}
