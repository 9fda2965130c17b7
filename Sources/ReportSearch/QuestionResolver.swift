import PlainXapian
import Platform
import QueryLanguage
import ReportModel
import SegmentStore

/// Looks up what a question names: fields, statistics, sections, agencies and places.
///
/// What does not exist is an error that knows where it was written. What is left is the same for each
/// segment of the index.
struct QuestionResolver {
    let reader: IndexReader
    let scoring: Scoring
    /// Whether unquoted text is wanted whole, so that no word of it names a report.
    let isExact: Bool

    /// A question with every name looked up.
    ///
    /// - Throws: ``SearchError`` with its source when something does not exist.
    func resolved(_ question: Question, order: SortOrder) throws -> ResolvedQuestion {
        var terms: [ResolvedTerm] = []
        var statistics: [Statistic] = []
        for term in question.terms {
            do {
                // A flat list, so that unquoted words beside filters can be relaxed together.
                terms += try resolved(term.tree).required
                try Self.add(statisticsIn: term.tree, to: &statistics)
            } catch var error as SearchError {
                error.source = term.source
                throw error
            }
        }
        if case .statistic(let statistic, _) = order, !statistics.contains(statistic) {
            statistics.append(statistic)
        }
        let term = ResolvedTerm.joined(terms)
        return ResolvedQuestion(
            term: term, understood: term?.understood ?? [],
            statistics: statistics)
    }

    private static func add(
        statisticsIn tree: QueryTree, to named: inout [Statistic]
    ) throws(SearchError) {
        func add(_ name: QueryName) throws(SearchError) {
            if FieldName.named(name.text) != nil { return }
            let statistic = try Statistic.named(name)
            if !named.contains(statistic) { named.append(statistic) }
        }
        for leaf in tree.leaves {
            switch leaf.kind {
            case .comparison(let name, _, let operand):
                try add(name)
                if case .name(let other) = operand { try add(other) }
            case .call(_, let arguments):
                for case .name(let name) in arguments { try add(name) }
            default:
                break
            }
        }
    }

    private func resolved(_ tree: QueryTree) throws -> ResolvedTerm {
        switch tree.kind {
        case .run(let text): return try run(text, tree)
        case .phrase(let text): return self.text(tree, text) { .phrase($0) }
        case .prefix(let text): return self.text(tree, text) { .prefix($0) }
        case .near: return .text(tree)
        case .field(let name, let value): return try field(name, value, tree)
        case .comparison(let name, let comparison, let operand):
            return try self.comparison(name, comparison, operand, tree)
        case .call(let name, let arguments): return .reports(try call(name, arguments, tree))
        case .and(let terms):
            return .all(try spelt(terms).flatMap { try resolved($0).required })
        case .or(let terms): return .any(try terms.map(resolved))
        case .not(let term): return .not(try resolved(term))
        }
    }

    /// Unquoted text, in which parts may name reports.
    private func run(_ text: String, _ tree: QueryTree) throws -> ResolvedTerm {
        guard !isExact else { return self.text(tree, text) { .run($0) } }
        if let meant = try meaning(of: text) {
            let term = try words(meant, QueryTree(.run(meant), range: tree.range))
            return .spelt(text, meant, term)
        }
        return try words(text, tree)
    }

    private func words(_ text: String, _ tree: QueryTree) throws -> ResolvedTerm {
        let reading = NameReading(segments: reader.segments, scoring: scoring)
        guard let parts = try reading.parts(of: text, at: tree.range) else {
            return self.text(tree, text) { .run($0) }
        }
        let terms = parts.map { part -> ResolvedTerm in
            switch part {
            case .name(let name): return .name(name)
            case .text(let text):
                return self.text(QueryTree(.run(text), range: tree.range), text) { .run($0) }
            }
        }
        return terms.count == 1
            ? terms[0] : .parts(terms, whole: QueryTree(.run(text), range: tree.range))
    }

    /// A text with its other forms.
    private func text(
        _ tree: QueryTree, _ text: String, _ make: (String) -> QueryTree.Kind
    ) -> ResolvedTerm {
        .text(
            tree,
            variants: scoring.analysis.variants(of: text).map {
                QueryTree(make($0), range: tree.range)
            })
    }

    // MARK: Letters

    /// The characters that letters spell; nil when they are none, or the index has them as text.
    private func meaning(of letters: String) throws -> String? {
        guard !isExact, PinyinReading.mayBe(letters) else { return nil }
        for segment in reader.segments
        where try scoring.count(ofPhrase: letters, in: segment) > 0 { return nil }
        return try PinyinReading(segments: reader.segments, scoring: scoring).meaning(of: letters)
    }

    /// Terms of which neighbours in Latin letters are one run where they spell one word together.
    private func spelt(_ terms: [QueryTree]) throws -> [QueryTree] {
        var joined: [QueryTree] = []
        var index = 0
        while index < terms.count {
            let end =
                terms[index...].firstIndex { $0.run.map(PinyinReading.mayBe) != true }
                ?? terms.count
            if end - index > 1 {
                let run = terms[index..<end].compactMap(\.run).joined(separator: " ")
                if try meaning(of: run) != nil {
                    joined.append(
                        QueryTree(
                            .run(run),
                            range: terms[index].range.lowerBound..<terms[end - 1].range.upperBound))
                    index = end
                    continue
                }
            }
            joined.append(terms[index])
            index += 1
        }
        return joined
    }

    // MARK: Fields

    func known(_ name: QueryName) throws -> FieldName {
        guard let field = FieldName.named(name.text) else {
            if Statistic.named(scoring.analysis.folded(name.text)) != nil {
                throw SearchError(
                    question: "\(name.text) is a statistic, which is compared",
                    chinese: "\(name.text) 是统计项，要用比较", range: name.range,
                    suggestion: "\(name.text)=…")
            }
            let known = FieldName.allCases.flatMap { $0.names.prefix(2) }
            throw SearchError(
                question: "no field is called \(name.text); known are "
                    + known.joined(separator: ", "),
                chinese: "没有叫“\(name.text)”的字段；有 " + known.joined(separator: "、"),
                range: name.range,
                suggestion: scoring.analysis.nearest(
                    to: name.text, among: FieldName.allCases.flatMap(\.names)))
        }
        return field
    }

    func field(
        _ name: QueryName, _ value: QueryFieldValue, _ tree: QueryTree
    ) throws -> ResolvedTerm {
        switch try known(name) {
        case .subsection:
            return .passages(heading(.subsection, try text(value, name), tree))
        case .section:
            let text = try text(value, name)
            if let section = sectionNumber(text) {
                return .passages(PassageTest(written: tree, kind: .section(section)))
            }
            return .passages(heading(.heading, text, tree))
        case .length:
            return .passages(PassageTest(written: tree, kind: .length(try numbers(value, name))))
        default: return .reports(try reportField(name, value, tree))
        }
    }

    private func heading(
        _ prefix: Schema.Prefix, _ text: String, _ tree: QueryTree
    ) -> PassageTest {
        let heading = Self.heading(scoring.analysis.folded(text)).heading
        return PassageTest(written: tree, kind: .heading(prefix, Array(heading.utf8)))
    }

    private func reportField(
        _ name: QueryName, _ value: QueryFieldValue, _ tree: QueryTree
    ) throws -> ReportTest {
        let field = try known(name)
        if reader.unknownFields.contains(field) {
            throw SearchError.notOnServers(name.text, range: name.range)
        }
        switch field {
        case .section, .subsection, .length: return ReportTest(tree) { .never($0) }
        case .level: return try level(try text(value, name), name, tree)
        case .scope: return try scope(try text(value, name), name, tree)
        case .kind: return try kind(try text(value, name), name, tree)
        case .processingFee: return try processingFee(value, name, tree)
        case .check: return try check(try text(value, name), name, tree)
        case .year: return try year(value, name, tree)
        case .agency: return named(\.agencies, .agency, try text(value, name), tree)
        case .region: return region(try text(value, name), tree)
        case .form:
            let form = try form(try text(value, name), name)
            let plain = form.map { PlainQuery.reports(.form, OfficialForm.allCases[$0].rawValue) }
            return ReportTest(tree, plain: plain ?? .nothing) { segment in
                ReportCondition(
                    of: .column, holds: { segment.form(ofReport: $0) == form },
                    all: {
                        form.map(segment.reports(onForm:)) ?? ReportSet(below: segment.reportCount)
                    })
            }
        case .title: return title(try text(value, name), tree)
        case .file: return try file(try text(value, name), name, tree)
        }
    }

    /// The reports of a place: the parts of one that is written from the province down are all required.
    private func region(_ text: String, _ tree: QueryTree) -> ReportTest {
        let parts = regionParts(text).map { named(\.regions, .region, $0, tree) }
        guard parts.count > 1 else {
            return parts.first ?? named(\.regions, .region, text, tree)
        }
        return ReportTest(tree, plain: .all(parts.compactMap(\.plain))) { segment in
            try .all(parts.map { try $0.condition(segment) }, count: segment.reportCount)
        }
    }

    /// `河南省 洛阳市`, `河南省/洛阳市` and `河南省洛阳市` as two names.
    private func regionParts(_ text: String) -> [String] {
        let parts = text.split { $0.isWhitespace || "/／>·,，、".contains($0) }.map(String.init)
        return parts.flatMap { part -> [String] in
            let bytes = scoring.analysis.foldedUTF8(of: part)
            if reader.segments.contains(where: { $0.regions.holds(bytes) }) { return [part] }
            let reading = NameReading(segments: reader.segments, scoring: scoring)
            let names = (try? reading.places(in: part)) ?? nil
            return names ?? [part]
        }
    }

    private func title(_ text: String, _ tree: QueryTree) -> ReportTest {
        let analysis = scoring.analysis
        let folded = analysis.foldedUTF8(of: text)
        let plain: PlainQuery? = folded.isEmpty ? nil : .text(.title, folded)
        return ReportTest(tree, plain: plain) { segment in
            ReportCondition(count: segment.reportCount) { report in
                guard let title = try segment.head(ofReport: report).title else { return false }
                return analysis.foldedUTF8(of: title).firstRange(of: folded) != nil
            }
        }
    }

    private func file(
        _ written: String, _ name: QueryName, _ tree: QueryTree
    ) throws(SearchError) -> ReportTest {
        let pattern: GlobPattern
        do {
            pattern = try GlobPattern(written, anchor: .end)
        } catch {
            let message = error.message(flag: nil)
            throw SearchError(
                question: message.english, chinese: message.chinese, range: name.range)
        }
        let reader = reader
        return ReportTest(tree) { segment in
            ReportCondition(count: segment.reportCount) { report in
                let id = try segment.head(ofReport: report).id
                return try reader.paths(ofReport: id).contains { pattern.matches($0) }
            }
        }
    }

    func text(_ value: QueryFieldValue, _ name: QueryName) throws -> String {
        switch value {
        case .text(let text, _): return text
        case .range, .comparison:
            throw SearchError(
                question: "\(name.text) takes a word, not a range of numbers",
                chinese: "\(name.text) 的值是文字，不是数字范围", range: name.range)
        }
    }

    /// Whether a value asks for what could not be told.
    func isUnknown(_ text: String) -> Bool {
        ["unknown", "未知"].contains(scoring.analysis.folded(text))
    }

    /// The reports with a name that holds the text.
    private func named(
        _ column: @escaping (Segment) -> NameColumn, _ names: PlainText, _ text: String,
        _ tree: QueryTree
    ) -> ReportTest {
        let isUnknown = isUnknown(text)
        let wanted = isUnknown ? [] : scoring.analysis.foldedUTF8(of: text)
        let plain: PlainQuery =
            if isUnknown {
                .unknown(names == .agency ? .agency : .region)
            } else {
                wanted.isEmpty ? .nothing : .text(names, wanted)
            }
        return ReportTest(tree, plain: plain) { segment in
            if wanted.isEmpty, !isUnknown { return .never(segment) }
            return ReportCondition(column(segment), holding: wanted)
        }
    }

    private func year(
        _ value: QueryFieldValue, _ name: QueryName, _ tree: QueryTree
    ) throws(SearchError) -> ReportTest {
        let wanted: WantedNumbers
        switch value {
        case .text(let text, _):
            if isUnknown(text) {
                return ReportTest(tree, plain: .unknown(.year)) { segment in
                    ReportCondition(
                        of: .column, holds: { segment.year(ofReport: $0) == nil },
                        all: { segment.reportsOfUnknownYear })
                }
            }
            let digits = scoring.analysis.folded(text)
            guard let year = Int(digits.hasSuffix("年") ? String(digits.dropLast()) : digits) else {
                throw SearchError(
                    question: "\(text) is not a year", chinese: "\(text) 不是年份",
                    range: name.range, suggestion: "\(name.text):2022")
            }
            wanted = WantedNumbers(.equal, Double(year))
        case .range(let range): wanted = WantedNumbers(range)
        case .comparison(let comparison, let number):
            wanted = WantedNumbers(comparison, number.value)
        }
        return ReportTest(tree, plain: .years(wanted)) { segment in
            ReportCondition(
                of: .column,
                holds: { report in
                    segment.year(ofReport: report).map { wanted.contains(Double($0)) } ?? false
                },
                all: { segment.reports(ofYears: wanted) })
        }
    }

    private static let sectionNumbers: [Substring: UInt8] = [
        "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    ]
    /// The official headings of the sections from 1.
    private static let sectionTitles = [
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项",
    ]

    /// The section that a number means, alone or before the official heading as facets print it.
    private func sectionNumber(_ text: String) -> UInt8? {
        let (number, heading) = Self.heading(scoring.analysis.folded(text))
        guard let number else { return nil }
        guard !heading.isEmpty else { return number }
        let index = Int(number) - 1
        return Self.sectionTitles.indices.contains(index)
            && scoring.analysis.folded(Self.sectionTitles[index]).contains(heading) ? number : nil
    }

    /// The number before a folded heading, as in 五、 or [5], and the heading.
    private static func heading(_ folded: String) -> (number: UInt8?, heading: Substring) {
        let text = folded.drop { "[(（第".contains($0) }
        let digits = text.prefix { $0.isNumber }
        let number = Int(digits).map { 0...7 ~= $0 ? UInt8($0) : 254 } ?? sectionNumbers[digits]
        guard let number else { return (nil, folded[...]) }
        let rest = text.dropFirst(digits.count)
        let heading = rest.drop { "、.．)）] ".contains($0) }
        // Folding leaves no space behind a digit; 一图读懂 begins with no number.
        if digits.count == 1, digits.allSatisfy(\.isASCII) { return (number, heading) }
        return rest.isEmpty || heading.count < rest.count ? (number, heading) : (nil, folded[...])
    }

    /// The number of a form in `OfficialForm.allCases`.
    private func form(_ text: String, _ name: QueryName) throws -> Int? {
        let forms = [
            "2021": OfficialForm.form2021, "30号": .form2021, "2019": .form2019,
            "60号": .form2019, "none": .none, "无": .none,
        ]
        guard let form = forms[scoring.analysis.folded(text)] else {
            throw SearchError(
                question: "\(text) is not a form; there are 2021, 2019 and none",
                chinese: "没有格式“\(text)”；有 2021、2019 和 none", range: name.range)
        }
        return OfficialForm.allCases.firstIndex(of: form)
    }
}
