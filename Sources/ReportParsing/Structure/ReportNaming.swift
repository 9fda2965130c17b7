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

    private let opening: [FoldedScalars]
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
            FoldedScalars($0.text, limit: Self.mostScalars, wording: wording)
        }
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
        aliases = AgencyName.aliases(
            of: agency, region: region, in: opening, gazetteer: gazetteer)
        if region == .unknown, let meant = meant(by: agency, wording: wording) {
            aliases.insert(meant, at: 0)
        }
        // 市应急局 tells no place; the full name that it stands for does.
        for alias in aliases where region == .unknown {
            region = gazetteer.region(of: wording.simplified(alias), evidence: evidence())
        }
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

    private mutating func find(_ code: String, line: Int? = nil, _ message: String) {
        findings.append(Finding(code: code, line: line, message: message))
    }

    private mutating func report(on title: Title?, lines: [SourceLine], firstHeading: Int?) {
        guard let title else {
            find("no_title", "no title was found")
            return
        }
        let line = lines[title.line].number
        if let firstHeading, title.line > firstHeading {
            find("title_after_heading", line: line, "the title stands after the first heading")
        }
        if title.isAgencyInferred {
            find(
                "agency_inferred", line: line,
                "the title names only \(title.text); read as \(title.agency)")
        }
        if let rejected = title.rejected {
            find("agency_rejected", line: line, "\(rejected) is not the name of an agency")
        }
    }

    // MARK: Year

    private mutating func nameYear(_ title: Title?) {
        func first(_ year: ([Unicode.Scalar]) -> Int?) -> Int? {
            for text in opening {
                if let year = year(text.folded) { return year }
            }
            return nil
        }
        year =
            title?.year ?? first(Self.periodYear) ?? first(Self.namedYear)
            ?? opening.prefix(4).lazy.compactMap { Self.openingYear(in: $0.folded) }.first
        if year == nil { find("year_unknown", "nothing tells the year of the report") }
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
        for place in text.places(of: periods) {
            let rest = text[place.upperBound...].prefix(24).filter { !$0.isSpace }
            guard let digit = rest.firstIndex(where: { CalendarYear.digit($0) == 2 }) else {
                continue
            }
            if let year = CalendarYear.leading(rest[digit...]) { return year }
        }
        for place in text.places(of: newYear) where place.lowerBound >= 5 {
            let year = CalendarYear.leading(text[(place.lowerBound - 5)...])
            let rest = Array(text[place.upperBound...].prefix(16))
            if let year, text[place.lowerBound - 1] == "年", rest.offset(of: yearEnd) != nil {
                return year
            }
        }
        return nil
    }

    /// The year that opens a text.
    private static func openingYear(in text: [Unicode.Scalar]) -> Int? {
        let mark = ItemMark(opening: Array(text.prefix(ItemMark.longest)))
        let body = text.dropFirst(mark?.length ?? 0).prefix(8)
        guard let found = CalendarYear.first(in: body, needsSuffix: true),
            found.range.lowerBound == body.startIndex
        else { return nil }
        return found.year
    }

    private static let subject: WordList = ["政府信息公开", "政务公开", "信息公开"]

    /// The year of 2022年度政府信息公开工作 in a sentence of the preamble.
    private static func namedYear(in text: [Unicode.Scalar]) -> Int? {
        for place in text.places(of: subject) {
            let before = text[max(0, place.lowerBound - 6)..<place.lowerBound]
            if let found = CalendarYear.first(in: before, needsSuffix: true),
                found.range.upperBound == place.lowerBound
            {
                return found.year
            }
        }
        return nil
    }

    // MARK: Agency

    private mutating func nameAgency(
        _ title: Title?, lines: [SourceLine], publisher: String?, wording: FormWording
    ) {
        if let title, !title.agency.isEmpty {
            agency = title.agency
            return
        }
        let clauses = opening.flatMap { AgencyName.clauses(in: $0, gazetteer: gazetteer) }
        let best = clauses.min { $0.rank < $1.rank }
        let opener = opening.prefix(3).compactMap {
            AgencyName.opening($0, gazetteer: gazetteer)
        }.first
        if let best, best.rank <= 1 || opener == nil {
            agency = best.name
        } else {
            agency =
                opener ?? signature(lines, wording: wording)
                ?? publisher.flatMap { isPlaced($0, wording: wording) ? $0 : nil }
        }
        if let agency {
            find("agency_from_text", "no title names the agency; the text names \(agency)")
        } else {
            find("agency_unknown", "nothing names the agency")
        }
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
        return nil
    }

    /// Whether a text is the name of an agency of a known place.
    private func isPlaced(_ name: String, wording: FormWording) -> Bool {
        let name = wording.simplified(name)
        return AgencyName.isLikely(name) && AgencyName.isPlausible(name)
            && gazetteer.placeLength(in: name.scalars(), at: 0) != nil
    }
}
