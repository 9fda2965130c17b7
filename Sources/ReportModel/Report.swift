/// What a file turned out to be.
public enum ReportKind: String, Sendable {
    /// An annual report on government information disclosure.
    case annualReport = "annual_report"
    /// Any other text: searchable, without statistics.
    case other
}

/// The administrative place of an agency.
///
/// A level that is not known is nil, never guessed.
public struct Region: Sendable, Hashable {
    /// The province-level division, such as 河南省.
    public var province: String?
    /// The prefecture-level division, such as 洛阳市; nil where a county has none above it.
    public var city: String?
    /// The county-level division, such as 孟津区.
    public var county: String?

    /// A region in which nothing is known.
    public static let unknown = Region()

    /// Makes a region.
    public init(province: String? = nil, city: String? = nil, county: String? = nil) {
        self.province = province
        self.city = city
        self.county = county
    }

    /// The known names from the largest to the smallest.
    public var names: [String] { [province, city, county].compactMap(\.self) }
}

/// One paragraph of narrative: the unit of search and ranking.
public struct Passage: Sendable, Hashable {
    /// The official section, 1 to 6; 0 for text before the first heading, 7 for a section
    /// outside the official six.
    public var section: Int
    /// The heading under which the passage stands, such as （一）主动公开情况; nil when none.
    public var subsection: String?
    /// The paragraph with wraps healed and stray spaces removed.
    public var text: String
    /// The lines of the file that hold the paragraph, from 1.
    public var lines: ClosedRange<Int>

    /// Makes a passage.
    public init(section: Int, subsection: String?, text: String, lines: ClosedRange<Int>) {
        self.section = section
        self.subsection = subsection
        self.text = text
        self.lines = lines
    }
}

/// Something about a file that a reader should know: what was repaired, doubted or not read.
public struct Finding: Sendable, Hashable {
    /// A short stable name, such as `title_after_heading`.
    public var code: String
    /// The line of the file, from 1; nil when it concerns the whole file.
    public var line: Int?
    /// What was found, for a person.
    public var message: String

    /// Makes a finding.
    public init(code: String, line: Int?, message: String) {
        self.code = code
        self.line = line
        self.message = message
    }

    /// The code of a page whose fonts do not tell which characters they print.
    public static let noCharacterMap = "no_character_map"

    /// Whether the finding says that text stands in the file that could not be read.
    public var tellsOfUnreadText: Bool { code == Self.noCharacterMap }
}

/// One file's reading.
public struct Report: Sendable {
    /// What the file is.
    public var kind: ReportKind
    /// The edition of the official form, decided by the table heads.
    public var form: OfficialForm
    /// The name of the encoding that the bytes were decoded from, such as `utf-8`.
    public var encoding: String
    /// The title without spaces; nil when the file has none.
    public var title: String?
    /// The reporting agency as the title names it; nil when unknown.
    public var agency: String?
    /// Other names of the agency that the file uses.
    public var agencyAliases: [String]
    /// The year that the report is about; nil when unknown.
    public var year: Int?
    /// Where the agency is.
    public var region: Region
    /// Whose figures it gives, by its own words.
    public var scope: ReportScope
    /// The sentence that tells the scope; nil when it is unknown.
    public var scopeEvidence: StatedSentence?
    /// The section headings as printed, by section number (1 to 7).
    public var headings: [Heading]
    /// The narrative, in file order.
    public var passages: [Passage]
    /// The cells of the official tables.
    public var statistics: StatisticTable
    /// The numbers of the narrative that the tables state too, in file order.
    public var narrative: [NarrativeFigure]
    /// What was repaired, doubted or not read.
    public var findings: [Finding]
    /// The pages or sheets that its lines stand on, in their order; empty where a file has none.
    public var parts: [DocumentPart] = []
    /// The format of the file, by the usual ending of such files: `html`, `docx`; `txt` for text.
    public var fileFormat = "txt"

    /// A section heading.
    public struct Heading: Sendable, Hashable {
        /// The official section, 1 to 6, or 7 for another one.
        public var section: Int
        /// The heading's words without their number, such as 总体情况.
        public var title: String
        /// The line of the file, from 1.
        public var line: Int

        /// Makes a heading.
        public init(section: Int, title: String, line: Int) {
            self.section = section
            self.title = title
            self.line = line
        }
    }

    /// Makes a report.
    public init(
        kind: ReportKind, form: OfficialForm, encoding: String, title: String? = nil,
        agency: String? = nil, agencyAliases: [String] = [], year: Int? = nil,
        region: Region = .unknown, scope: ReportScope = .unknown,
        scopeEvidence: StatedSentence? = nil, headings: [Heading] = [], passages: [Passage] = [],
        statistics: StatisticTable = StatisticTable(), narrative: [NarrativeFigure] = [],
        findings: [Finding] = []
    ) {
        self.kind = kind
        self.form = form
        self.encoding = encoding
        self.title = title
        self.agency = agency
        self.agencyAliases = agencyAliases
        self.year = year
        self.region = region
        self.scope = scope
        self.scopeEvidence = scopeEvidence
        self.headings = headings
        self.passages = passages
        self.statistics = statistics
        self.narrative = narrative
        self.findings = findings
    }

    /// The code of the finding that tells of a row of the third table which the form does not have.
    public static let extraRequestRow = "extra_request_row"

    /// Whether a sum that a table does not have may be right with the rows that the form does not
    /// have.
    func maySumWithExtraRows(_ identity: Identity) -> Bool {
        identity.id.hasPrefix("col:") && findings.contains { $0.code == Self.extraRequestRow }
    }

    /// The form's identities judged over the report's cells.
    ///
    /// Where the third table has rows more than the form, a sum over its rows that is not equal is
    /// unknown.
    public var identities: [Identity.Result] {
        form.identities.map { identity in
            let result = identity.result(in: statistics)
            return result.state == .fails && maySumWithExtraRows(identity)
                ? result.unjudged : result
        }
    }
}
