import QueryLanguage
import ReportModel
import SegmentStore

/// Answers questions for statistics from the columns of an index.
///
///     let statistics = try Statistics(reader)
///     let answer = try statistics.answer(StatisticsQuestion([.named("公开率")!]))
///
/// What is read stays for the next question. Not shared between tasks; make one for each.
public final class Statistics {
    let reader: IndexReader
    private let searcher: Searcher
    let columns: ReportColumns

    /// Makes statistics of an index.
    ///
    /// - Throws: ``SearchError`` when the index cannot be read.
    public init(_ reader: IndexReader) throws(SearchError) {
        self.reader = reader
        do {
            searcher = try Searcher(reader)
        } catch {
            throw SearchError(.damaged, path: reader.folder, detail: "\(error)")
        }
        columns = ReportColumns(reader.segments)
    }

    /// The answer to a question.
    ///
    /// - Throws: ``SearchError`` when the question names what does not exist, or the index cannot be
    ///   read.
    public func answer(_ question: StatisticsQuestion) throws(SearchError) -> StatisticsAnswer {
        try reader.reading { try computed(question) }
    }

    private func computed(_ question: StatisticsQuestion) throws -> StatisticsAnswer {
        let operands = OperandColumns(columns, reader: reader)
        let fields = question.allGroups
        let codes = try fields.map { try GroupCodes($0, columns, operands) }
        var asked = try reports(matching: question.tree)
        if let ids = question.reportIDs { keep(ids, of: &asked) }
        let grouping = Grouping(codes, where: asked)
        let needed = Set(question.fields.flatMap(\.fields))
        let frame = FieldSample.Frame(
            columns: columns, operands: operands, grouping: grouping,
            duplicates: try columns.duplicates(among: asked) {
                operands.knownCount(of: needed, $0)
            }, isClean: question.isClean)
        let known = try knownAgencies(question, codes, grouping, operands)
        let labels = GroupLabels(codes, grouping)
        let order = RowOrder(
            question: question, fields: fields, labels: labels, columns: columns)
        var rows: [StatisticsRow] = []
        var notes = StatisticsNotes(question)
        for field in question.fields {
            let sample = try FieldSample(field, frame)
            notes.add(sample)
            let maker = RowMaker(
                sample: sample, question: question, columns: columns, grouping: grouping,
                known: known, labels: labels)
            for method in question.methods {
                rows += order.arranged(try maker.rows(method))
            }
        }
        try labels.name(&rows)
        notes.add(rows)
        return StatisticsAnswer(
            groups: fields, rows: rows, notes: notes.all,
            reportCount: asked.count(where: \.self))
    }

    // MARK: Which reports are asked

    /// The annual reports that a tree matches; all when there is none.
    private func reports(matching tree: QueryTree?) throws -> [Bool] {
        guard let tree else { return columns.isReport }
        let term = try QuestionResolver(
            reader: reader, scoring: searcher.scoring, isExact: false
        ).resolved(Question(tree), order: .relevance).term
        var isAsked = [Bool](repeating: false, count: columns.count)
        for (segment, start) in zip(columns.segments, columns.starts) {
            if let condition = try term?.condition(in: segment) {
                let found = try condition.all()
                for report in 0..<segment.reportCount where found[report] {
                    isAsked[start + report] = true
                }
            } else {
                let plan = QueryPlan(
                    segment: segment, scoring: searcher.scoring, isExact: false)
                let passages = try segment.passages(matching: plan.query(for: term))
                segment.forEachReport(ofPassages: passages) { report, _ in
                    isAsked[start + report] = true
                }
            }
        }
        for index in isAsked.indices where !columns.isReport[index] { isAsked[index] = false }
        return isAsked
    }

    /// Leaves only the reports with some ids.
    private func keep(_ ids: Set<String>, of isAsked: inout [Bool]) {
        var isKept = [Bool](repeating: false, count: isAsked.count)
        for (segment, start) in zip(columns.segments, columns.starts) {
            for report in segment.reports(withIDs: ids) { isKept[start + report] = true }
        }
        for index in isAsked.indices where !isKept[index] { isAsked[index] = false }
    }

    /// For each group how many agencies are known from any year.
    private func knownAgencies(
        _ question: StatisticsQuestion, _ codes: [GroupCodes], _ grouping: Grouping,
        _ operands: OperandColumns
    ) throws -> [Int] {
        let asked = try reports(matching: question.knownTree)
        let kept = codes.indices.filter { !codes[$0].isOfOneReport }
        let whole = Grouping(kept.map { codes[$0] }, where: asked)
        var counter = AgencyCounter(groups: whole.count, agencies: columns.agencyCount)
        // Two reports without a name may be of one agency, or of two.
        for index in whole.groups.indices where whole.groups[index] >= 0 {
            guard columns.agencies[index] >= 0 else { continue }
            counter.add(columns.agencies[index], to: whole.groups[index])
        }
        var numbers: [[Int32]: Int] = [:]
        for (group, key) in whole.codes.enumerated() { numbers[key] = Int(counter.counts[group]) }
        return grouping.codes.map { key in numbers[kept.map { key[$0] }] ?? 0 }
    }
}

extension StatisticsQuestion {
    /// What reports are grouped by: a change wants the year too, concentration the agency.
    var allGroups: [GroupField] {
        var fields = groups
        if comparesYears, !fields.contains(.year) { fields.append(.year) }
        if methods.contains(.concentration), fields.isEmpty { fields.append(.agency) }
        return fields
    }
}

extension GroupCodes {
    /// Whether the value is of a report and not of its agency, so that it tells nothing of which
    /// agencies should be there.
    fileprivate var isOfOneReport: Bool {
        switch field {
        case .year, .form, .scope, .statistic: true
        case .agency, .region, .province, .city, .county, .level: false
        }
    }
}

/// What groups are called, and their order.
final class GroupLabels {
    private let codes: [GroupCodes]
    private let grouping: Grouping
    /// For each field a report that has the number.
    private let reports: [[Int32: Int32]]
    /// For each field the rank of each number in use.
    private lazy var ranks = zip(codes, reports).map { $0.order($1) }

    init(_ codes: [GroupCodes], _ grouping: Grouping) {
        self.codes = codes
        self.grouping = grouping
        var reports = codes.map { _ in [Int32: Int32]() }
        for (group, key) in grouping.codes.enumerated() {
            for (field, code) in key.enumerated() {
                let report = grouping.firsts[group]
                reports[field][code] = min(reports[field][code] ?? report, report)
            }
        }
        self.reports = reports
    }

    /// Groups in the order in which they stand.
    func sorted(_ groups: [Int]) -> [Int] {
        let ranks = groups.count < grouping.count ? ranks(of: groups) : self.ranks
        let keys = groups.map { group in
            grouping.codes[group].enumerated().map { field, code in ranks[field][code] ?? 0 }
        }
        guard codes.count == 1 else {
            return keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
                .map { groups[$0] }
        }
        let first = keys.map { $0[0] }
        return first.indices.sorted { first[$0] < first[$1] }.map { groups[$0] }
    }

    /// For each field the ranks of the numbers of some groups: to sort few names takes little.
    private func ranks(of groups: [Int]) -> [[Int32: Int32]] {
        codes.indices.map { field in
            var used: [Int32: Int32] = [:]
            for group in groups {
                let code = grouping.codes[group][field]
                used[code] = reports[field][code]
            }
            return codes[field].order(used)
        }
    }

    /// The rank of a value among those of its field.
    func rank(_ code: Int32, field: Int) -> Int32 { ranks[field][code] ?? 0 }

    /// Gives rows the names of their groups; one name of two things is told by all they lie in.
    func name(_ rows: inout [StatisticsRow]) throws {
        for (field, one) in codes.enumerated() {
            var values: [Int32: GroupValue] = [:]
            for row in rows where row.codes.indices.contains(field) {
                let code = row.codes[field]
                guard values[code] == nil, let report = reports[field][code] else { continue }
                values[code] = try one.value(code, report: report, isWhole: false)
            }
            let counts = Dictionary(values.values.map { ($0.text, 1) }, uniquingKeysWith: +)
            for (code, value) in values where value.text != nil && counts[value.text] ?? 1 > 1 {
                guard let report = reports[field][code] else { continue }
                values[code] = try one.value(code, report: report, isWhole: true)
            }
            for row in rows.indices where rows[row].codes.indices.contains(field) {
                // Rows over several years have their own text.
                if rows[row].group[field] == .unknown {
                    rows[row].group[field] = values[rows[row].codes[field]] ?? .unknown
                }
            }
        }
    }

    /// The names that a population table may know a group's place by, the most exact first; nil when
    /// the group is none of a place.
    func placeNames(_ key: [Int32], _ columns: ReportColumns) throws -> [String]? {
        guard let field = codes.lastIndex(where: { $0.field.isPlace }), key[field] > 0,
            let report = reports[field][key[field]]
        else { return nil }
        let analysis = TextAnalysis()
        let whole = try codes[field].value(key[field], report: report, isWhole: true).text
        let short = try codes[field].value(key[field], report: report, isWhole: false).text
        let last = short?.split(separator: " ").last.map(String.init)
        return [whole, short, last].compactMap { $0.map(analysis.folded) }
    }
}
