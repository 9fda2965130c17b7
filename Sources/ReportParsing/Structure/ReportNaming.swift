import ChineseText
import ReportModel

/// Who reports, about which year and where: the evidence of a file, weighed.
///
/// The agency is the one that the title names; then the one that compiled the report, announces
/// it, opens its text, answers questions about it, signed it, or published the page. The year is the title's, then
/// that of the period the figures are counted over, then the one that opens the text. What no
/// evidence tells is unknown, and what two pieces tell differently is a finding.
struct ReportNaming {
    private(set) var agency: String?
    private(set) var aliases: [String] = []
    private(set) var year: Int?
    private(set) var region = Region.unknown
    private(set) var findings: [Finding] = []

    /// The passages that open the report.
    let opening: [FoldedScalars]
    /// What the text names, where the title leaves something open.
    private let clauses: [AgencyClauses.Clause]
    private let gazetteer: Gazetteer

    /// The passages that can name the agency, and the scalars of each that are looked at.
    private static let mostPassages = 12
    private static let mostScalars = 1200
    /// The lines above the first heading among which a document's number is looked for.
    private static let mostLines = 40

    init(
        title: Title?, lines: [SourceLine], firstHeading: Int?, passages: [Passage],
        evidence page: DocumentEvidence, wording: FormWording, gazetteer: Gazetteer
    ) {
        self.gazetteer = gazetteer
        opening = passages.prefix(Self.mostPassages).filter { $0.section <= 1 }.map {
            FoldedScalars(
                $0.text.withJoinedDigits, limit: Self.mostScalars, wording: wording)
        }
        let isNamed = title.map { !$0.agency.isEmpty && $0.year != nil } ?? false
        let readers = AgencyClauses(gazetteer: gazetteer, wording: wording)
        clauses = isNamed ? [] : Self.clauses(in: opening, passages, by: readers)
        report(on: title, lines: lines, firstHeading: firstHeading)
        nameYear(title)
        nameAgency(title, lines: lines, publisher: page.publisher, wording: wording)
        guard let agency else { return }
        func evidence() -> [String] {
            // A document's number stands above the text, where no passage begins.
            let head = lines.prefix(firstHeading ?? Self.mostLines).prefix(Self.mostLines)
                .filter { $0.text.unicodeScalars.contains("〔") }
            return
                ([title?.text ?? ""] + head.map(\.text)
                + passages.prefix(Self.mostPassages).map(\.text)).map(wording.simplified)
        }
        region = gazetteer.region(of: wording.simplified(agency), evidence: evidence())
        aliases = AgencyAliases(reader: readers.reader).aliases(
            of: agency, region: region, in: opening)
        if region == .unknown, let meant = meant(by: agency, wording: wording) {
            aliases.insert(meant, at: 0)
        }
        // 市应急局 tells no place; the full name that it stands for does.
        for alias in aliases where region == .unknown {
            region = gazetteer.region(of: wording.simplified(alias), evidence: evidence())
        }
    }

    /// The passages at the end in which a report may say whom to ask.
    private static let lastPassages = 3
    /// The passages that may open a report.
    private static let openingPassages = 8

    private static func clauses(
        in opening: [FoldedScalars], _ passages: [Passage], by readers: AgencyClauses
    ) -> [AgencyClauses.Clause] {
        let named = opening.enumerated().flatMap { index, text in
            readers.clauses(in: text, isOpening: index < openingPassages)
        }
        let end = passages.suffix(lastPassages).filter { $0.section > 1 }.map {
            FoldedScalars($0.text, limit: mostScalars, wording: readers.wording)
        }
        return named
            + end.flatMap { readers.clauses(in: $0, isOpening: false) }
            .filter { $0.rank == .contact }
    }

    /// The agency's name as the text spells it, where the title's place was misread.
    private func meant(by agency: String, wording: FormWording) -> String? {
        let name = wording.aligned(agency)
        for text in opening {
            if let meant = gazetteer.misread(name, in: text.folded) {
                return String(scalars: meant)
            }
        }
        return nil
    }

    private mutating func record(_ code: String, line: Int? = nil, _ message: String) {
        findings.append(Finding(code: code, line: line, message: message))
    }

    private mutating func report(on title: Title?, lines: [SourceLine], firstHeading: Int?) {
        guard let title else {
            record("no_title", "no title was found")
            return
        }
        let line = lines[title.line].number
        if let firstHeading, title.line > firstHeading {
            record("title_after_heading", line: line, "the title stands after the first heading")
        }
        if title.isAgencyInferred {
            record(
                "agency_inferred", line: line,
                "the title names only \(title.text); read as \(title.agency)")
        }
        if let rejected = title.rejected {
            record("agency_rejected", line: line, "\(rejected) is not the name of an agency")
        }
    }

    // MARK: Year

    private mutating func nameYear(_ title: Title?) {
        year = title?.year ?? clauses.lazy.compactMap(\.year).first ?? statedYear
        if year == nil { record("year_unknown", "nothing tells the year of the report") }
    }

    /// The year that the text is about by its own words.
    private var statedYear: Int? {
        let texts = opening.map(\.folded)
        let period = texts.lazy.compactMap { Self.periodYear(in: $0) }.first
        if let year = period ?? texts.lazy.compactMap({ Self.namedYear(in: $0) }).first {
            return year
        }
        return texts.prefix(4).lazy.compactMap { Self.openingYear(in: $0) }.first
            ?? Self.clauseYear(in: texts) ?? clauses.lazy.compactMap(\.actingYear).first
            ?? texts.lazy.compactMap(Self.endingYear).first
    }

    private static let periods: WordList = [
        "统计期限", "统计时限", "统计时间", "统计周期", "期限", "数据统计", "所列数据", "时间范围",
    ]
    private static let newYear: WordList = ["1月1日"]
    private static let yearEnd = Array("12月31日".unicodeScalars)

    /// The year of the period over which the figures are counted.
    ///
    /// Digits are lost in many such sentences, so the first four decide: 202111日起至1231日.
    private static func periodYear(in text: [Unicode.Scalar]) -> Int? {
        for match in text.matches(of: periods) {
            let rest = text[match.upperBound...].prefix(24).filter { !$0.isSpace }
            guard let digit = rest.firstIndex(where: { CalendarYear.digit($0) == 2 }) else {
                continue
            }
            if let year = CalendarYear.leading(rest[digit...]) { return year }
        }
        for match in text.matches(of: newYear) where match.lowerBound >= 5 {
            let year = CalendarYear.leading(text[(match.lowerBound - 5)...])
            let rest = Array(text[match.upperBound...].prefix(16))
            if let year, text[match.lowerBound - 1] == "年", rest.offset(of: yearEnd) != nil {
                return year
            }
        }
        return nil
    }

    private static let untils: WordList = ["截至", "截止", "截止到", "截至到"]

    /// The year of 截至2021年12月31日 or 截至2021年底.
    private static func endingYear(in text: [Unicode.Scalar]) -> Int? {
        for match in text.matches(of: untils) {
            let rest = text[match.upperBound...].prefix(11).filter { !$0.isSpace }
            guard let year = CalendarYear.leading(rest[...]), rest.count > 5, rest[4] == "年",
                rest[5] == "底" || rest[5] == "末" || rest.dropFirst(5).starts(with: yearEnd)
            else { continue }
            return year
        }
        return nil
    }

    /// The year that opens a text.
    private static func openingYear(in text: [Unicode.Scalar]) -> Int? {
        let mark = ItemMark(opening: Array(text.prefix(ItemMark.longest)))
        let body = text.dropFirst(mark?.length ?? 0).prefix(8)
        guard let found = CalendarYear.first(in: body, needsSuffix: true),
            found.range.lowerBound == body.startIndex, !isSince(text, at: found.range.upperBound)
        else { return nil }
        return found.year
    }

    /// Whether the clause that goes on at an index makes the year before it that of a beginning:
    /// 2018年以来, 2019年机构改革以来, 2020年起.
    private static func isSince(_ text: [Unicode.Scalar], at start: Int) -> Bool {
        if text[start...].starts(with: since) { return true }
        let clause = text[start...].prefix(longestSince).prefix {
            !",。;:".unicodeScalars.contains($0)
        }
        // 2022年我局自成立以来 has a beginning of its own.
        return clause.count < longestSince && start + clause.count < text.count
            && sinceWords.contains { clause.ends(with: $0) }
            && !clause.contains { $0 == "自" || $0 == "从" }
    }

    private static let since = "以来".scalars()
    private static let sinceWords = [since, "起".scalars(), "开始".scalars(), "之后".scalars()]
    /// No such clause is longer, in characters.
    private static let longestSince = 24

    /// The latest year of 2022年以来 that begins a clause; nil when none does.
    private static func sinceYear(in texts: [[Unicode.Scalar]]) -> Int? {
        let years = texts.flatMap { text in
            text.indices.compactMap { index -> Int? in
                let isStart = index == 0 || ",。;:".unicodeScalars.contains(text[index - 1])
                guard isStart, CalendarYear.isYear(in: text, at: index), index + 7 <= text.count,
                    text[index + 4] == "年", text[(index + 5)...].starts(with: since)
                else { return nil }
                return CalendarYear.leading(text[index...])
            }
        }
        return years.max()
    }

    private static let subject: WordList = [
        "政府信息公开", "政务公开", "信息公开", "报告", "年报", "工作报告",
    ]

    /// The year of 2022年度政府信息公开工作 in a sentence of the preamble.
    private static func namedYear(in text: [Unicode.Scalar]) -> Int? {
        for match in text.matches(of: subject) {
            let before = text[max(0, match.lowerBound - 6)..<match.lowerBound]
            if let found = CalendarYear.first(in: before, needsSuffix: true),
                found.range.upperBound == match.lowerBound
            {
                return found.year
            }
        }
        return nil
    }

    /// The one year that clauses of the text begin with, as in …全面落实。2019年，…; nil when there are
    /// several as often, or none.
    ///
    /// What begins a sentence says more than what follows a comma.
    /// What begins 2021年以来 counts where none is later: of 2018年以来，…，2022年 the last is meant.
    private static func clauseYear(in texts: [[Unicode.Scalar]]) -> Int? {
        let year = clauseYear(in: texts, after: "。;") ?? clauseYear(in: texts, after: ",:")
        guard let since = sinceYear(in: texts) else { return year }
        if let year { return max(year, since) }
        let isLast = texts.allSatisfy { text in
            text.indices.allSatisfy { index in
                let isStart = index == 0 || ",。;:".unicodeScalars.contains(text[index - 1])
                guard isStart, CalendarYear.isYear(in: text, at: index) else { return true }
                return CalendarYear.leading(text[index...]).map { $0 <= since } ?? true
            }
        }
        return isLast ? since : nil
    }

    private static func clauseYear(in texts: [[Unicode.Scalar]], after signs: String) -> Int? {
        var counts: [Int: Int] = [:]
        for text in texts {
            for index in text.indices {
                let isStart =
                    index == 0
                    || signs.unicodeScalars.contains(text[index - 1])
                guard isStart, CalendarYear.isYear(in: text, at: index),
                    let year = CalendarYear.leading(text[index...]), index + 5 < text.count,
                    text[index + 4] == "年",
                    !dateOrEra.contains(text[index + 5])
                        || wholeYears.contains(where: { text[(index + 5)...].starts(with: $0) }),
                    !isSince(text, at: index + 5)
                else { continue }
                counts[year, default: 0] += 1
            }
        }
        guard let most = counts.values.max() else { return nil }
        let years = counts.filter { $0.value == most }
        return years.count == 1 ? years.first?.key : nil
    }

    /// A year from its first month to its last.
    private static let wholeYears = ["1-12月", "1—12月", "1至12月", "1月-12月", "1月—12月", "1月至12月"]
        .map { $0.scalars() }
    /// What makes a year that of a date or a time since: 2008年5月1日, 2008年以来.
    private static let dateOrEra: Set<Unicode.Scalar> = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "起", "底", "末", "初", "前", "后",
    ]

    // MARK: Agency

    private mutating func nameAgency(
        _ title: Title?, lines: [SourceLine], publisher: String?, wording: FormWording
    ) {
        if let title, !title.agency.isEmpty {
            agency = title.agency
            return
        }
        agency =
            Self.agency(of: clauses) ?? signature(lines, wording: wording)
            ?? publisher.flatMap { isPlaced($0, wording: wording) ? $0 : nil }
        if let agency {
            record("agency_from_text", "no title names the agency; the text names \(agency)")
        } else {
            record("agency_unknown", "nothing names the agency")
        }
    }

    /// The agency that the strongest clause names, unless the opening tells it better: the body of
    /// which the clause names an office, or another than the one to be asked.
    private static func agency(of clauses: [AgencyClauses.Clause]) -> String? {
        guard let best = clauses.min(by: { $0.rank < $1.rank }) else { return nil }
        guard best.rank == .compiled || best.rank == .contact,
            let opening = clauses.first(where: { $0.rank == .opening })
        else { return best.name }
        if best.name.hasPrefix(opening.name) { return opening.name }
        let isFull = best.rank == .compiled || isShortForm(opening.name, of: best.name)
        return isFull ? best.name : opening.name
    }

    /// Whether a name leaves out characters of another one: 某县河湖局 of 某县河湖水系管理局.
    private static func isShortForm(_ name: String, of full: String) -> Bool {
        var rest = full.unicodeScalars[...]
        for scalar in name.unicodeScalars {
            guard let index = rest.firstIndex(of: scalar) else { return false }
            rest = rest[rest.index(after: index)...]
        }
        return name.unicodeScalars.count < full.unicodeScalars.count
    }

    /// The agency that signed the report: a line of its own beside a date, at either end.
    private func signature(_ lines: [SourceLine], wording: FormWording) -> String? {
        let printed = lines.filter { !$0.isBlank }
        let ends = [Array(printed.prefix(4)), Array(printed.suffix(6))]
        for end in ends {
            for (line, next) in zip(end, end.dropFirst())
            where DateLine.matches(next, wording: wording) {
                if isPlaced(line.text, wording: wording) { return line.text }
            }
        }
        return printed.last.flatMap { signature(behind: $0, wording: wording) }
    }

    /// A name and a date on a line of their own take no more characters.
    private static let longestSignature = 60

    /// The name and the date that stand behind the last sentence of a line.
    private func signature(behind line: SourceLine, wording: FormWording) -> String? {
        let scalars = line.text.scalars()
        let end = scalars.lastIndex(of: "。")
        guard end != nil || scalars.count <= Self.longestSignature else { return nil }
        let rest = scalars[(end.map { $0 + 1 } ?? 0)...].filter { !$0.isSpace }
        guard let date = CalendarYear.first(in: rest[...], needsSuffix: true),
            rest[date.range.lowerBound...].allSatisfy({ CalendarYear.isPartOfDate($0) })
        else { return nil }
        let name = String(scalars: rest[..<date.range.lowerBound])
        return isPlaced(name, wording: wording) ? name : nil
    }

    /// Whether a text is the name of an agency of a known place.
    private func isPlaced(_ name: String, wording: FormWording) -> Bool {
        let name = wording.simplified(name)
        guard AgencyName.isLikely(name), AgencyName.isPlausible(name) else { return false }
        let scalars = name.scalars()
        return gazetteer.placeLength(in: scalars, at: 0) != nil
            || AgencyNameReader(gazetteer: gazetteer).length(of: scalars[...], by: .kind)
                == scalars.count
    }
}
