/// Who and what a report is, without its text.
public struct ReportHead: Sendable, Hashable {
    /// The first 16 hexadecimal digits of the SHA-256 of the file's bytes.
    public var id: String
    /// The SHA-256 of the file's bytes in hexadecimal.
    public var sha256: String
    /// The encoding that the bytes were decoded from.
    public var encoding: String
    /// What the file is.
    public var kind: ReportKind
    /// The edition of the official form.
    public var form: OfficialForm
    /// The title; nil when the file has none.
    public var title: String?
    /// The agency; nil when unknown.
    public var agency: String?
    /// Other names of the agency.
    public var agencyAliases: [String]
    /// The year that the report is about; nil when unknown.
    public var year: Int?
    /// Where the agency is.
    public var region: Region
    /// Whose figures it gives, by its own words.
    public var scope: ReportScope
    /// The number of passages.
    public var passageCount: Int

    /// Makes a head.
    public init(
        sha256: String, encoding: String, kind: ReportKind, form: OfficialForm, title: String?,
        agency: String?, agencyAliases: [String], year: Int?, region: Region,
        scope: ReportScope = .unknown, passageCount: Int
    ) {
        id = String(Substring(sha256.utf8.prefix(16)))
        self.sha256 = sha256
        self.encoding = encoding
        self.kind = kind
        self.form = form
        self.title = title
        self.agency = agency
        self.agencyAliases = agencyAliases
        self.year = year
        self.region = region
        self.scope = scope
        self.passageCount = passageCount
    }

    /// The head of a report with this content hash.
    public init(_ report: Report, sha256: String) {
        self.init(
            sha256: sha256, encoding: report.encoding, kind: report.kind, form: report.form,
            title: report.title, agency: report.agency, agencyAliases: report.agencyAliases,
            year: report.year, region: report.region, scope: report.scope,
            passageCount: report.passages.count)
    }
}
