public import ReportModel
import SegmentStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a plain database keeps of a passage, as JSON, for whoever shows it.
///
///     {"schema":"gongkai.plain/1","report":{"id":…,"title":…,…},"files":[…],"number":3,"section":5,
///      "section_title":…,"subsection":…,"text":…,"lines":[180,181],"length":151}
///
/// A document of a report has the same without what belongs to the passage.
public struct PlainPassage: Sendable {
    /// Who and what the report is.
    public let head: ReportHead
    /// The paths of its files where it was indexed, at most ``mostFiles``.
    public let files: [String]
    /// The passage.
    public let passage: Passage
    /// Its number in the report, from 1.
    public let number: Int
    /// The heading of its section as printed; nil when it has none.
    public let sectionTitle: String?
    /// The page or sheet that it stands on; nil when the file has none.
    public let part: DocumentPart?
    /// Its length in word characters.
    public let length: Int
    private let report: PlainReport

    /// The most files that are kept of a report: more of them are copies of each other.
    static let mostFiles = 64
    /// The most bytes of a document's data that are read.
    static let mostData = 1 << 20

    /// Reads the data of a document, which may come from anywhere; nil when they are not those of a
    /// passage.
    public init?(_ data: [UInt8]) {
        guard data.count <= Self.mostData,
            let stored = try? JSONDecoder().decode(StoredPassage.self, from: Data(data)),
            let report = PlainReport(stored, size: data.count), let text = stored.text,
            let lines = stored.lines, lines.count == 2, lines[0] >= 0, lines[0] <= lines[1],
            let section = stored.section,
            (0...7).contains(section), let number = stored.number,
            1...max(1, report.head.passageCount) ~= number,
            let length = stored.length, (0...65_535).contains(length)
        else { return nil }
        self.report = report
        head = report.head
        files = report.files
        passage = Passage(
            section: section, subsection: stored.subsection, text: text,
            lines: lines[0]...lines[1])
        self.number = number
        sectionTitle = stored.sectionTitle
        part = stored.part.flatMap { part in
            DocumentPart.Kind(rawValue: part.kind).map {
                DocumentPart(kind: $0, name: part.name, firstLine: part.line)
            }
        }
        self.length = length
    }

    /// What a cell holds by its value in a slot, which is nil where 0 or nothing is known; nil when
    /// it is not known.
    public func value(ofField field: Int, stored: Double?) -> Double? {
        report.value(ofField: field, stored: stored)
    }
}

/// What a plain database keeps of a report in each of its documents.
public struct PlainReport: Sendable {
    /// Who and what the report is.
    public let head: ReportHead
    /// The paths of its files where it was indexed, at most ``PlainPassage/mostFiles``.
    public let files: [String]
    /// How many bytes the document's data have.
    public let size: Int
    /// The cells of the report's form that are not known, by their fields.
    private let unknownCells: Set<Int>
    /// The cells outside the form that are 0.
    private let zeroCells: Set<Int>

    /// Reads the data of a document, which may come from anywhere; nil when they are not those of a
    /// report or passage.
    init?(_ data: [UInt8]) {
        guard data.count <= PlainPassage.mostData,
            let stored = try? JSONDecoder().decode(StoredPassage.self, from: Data(data))
        else { return nil }
        self.init(stored, size: data.count)
    }

    fileprivate init?(_ stored: StoredPassage, size: Int) {
        guard stored.schema == StoredPassage.schema, let head = ReportHead(stored.report) else {
            return nil
        }
        self.head = head
        self.size = size
        files = Array(stored.files.prefix(PlainPassage.mostFiles))
        unknownCells = Set(stored.unknownCells ?? [])
        zeroCells = Set(stored.zeroCells ?? [])
    }

    /// What a cell holds by its value in a slot, which is nil where 0 or nothing is known; nil when
    /// it is not known.
    public func value(ofField field: Int, stored: Double?) -> Double? {
        if let stored { return stored }
        if zeroCells.contains(field) { return 0 }
        return head.form.fields.contains(field) && !unknownCells.contains(field) ? 0 : nil
    }
}

/// The JSON of a document.
struct StoredPassage: Codable {
    static let schema = "gongkai.plain/\(PlainSchema.version)"

    struct Part: Codable {
        var kind: String
        var name: String
        var line: Int
    }

    var schema = StoredPassage.schema
    var report: StoredHead
    var files: [String]
    var number: Int?
    var section: Int?
    var sectionTitle: String?
    var subsection: String?
    var text: String?
    var lines: [Int]?
    var part: Part?
    var length: Int?
    var unknownCells: [Int]?
    var zeroCells: [Int]?

    enum CodingKeys: String, CodingKey {
        case schema, report, files, number, section, subsection, text, lines, length
        case sectionTitle = "section_title"
        case part = "place"
        case unknownCells = "unknown_cells"
        case zeroCells = "zero_cells"
    }

    /// The bytes: the same of the same content.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}

/// The JSON of a report's head.
struct StoredHead: Codable {
    struct Place: Codable {
        var province: String?
        var city: String?
        var county: String?
    }

    var id: String
    var sha256: String
    var encoding: String
    var kind: String
    var form: String
    var scope: String
    var title: String?
    var agency: String?
    var agencyAliases: [String]
    var year: Int?
    var region: Place
    var passages: Int

    enum CodingKeys: String, CodingKey {
        case id, sha256, encoding, kind, form, scope, title, agency, year, region, passages
        case agencyAliases = "agency_aliases"
    }

    init(_ head: ReportHead) {
        id = head.id
        sha256 = head.sha256
        encoding = head.encoding
        kind = head.kind.rawValue
        form = head.form.rawValue
        scope = head.scope.rawValue
        title = head.title
        agency = head.agency
        agencyAliases = head.agencyAliases
        year = head.year
        region = Place(
            province: head.region.province, city: head.region.city, county: head.region.county)
        passages = head.passageCount
    }
}

extension ReportHead {
    /// The head in the data of a document; nil when it is none.
    init?(_ stored: StoredHead) {
        guard stored.sha256.utf8.count == 64,
            stored.sha256.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }),
            let kind = ReportKind(rawValue: stored.kind),
            let form = OfficialForm(rawValue: stored.form),
            let scope = ReportScope(rawValue: stored.scope),
            (0..<Int(UInt32.max)).contains(stored.passages),
            stored.year.map(ReportEntry.years.contains) ?? true
        else { return nil }
        self.init(
            sha256: stored.sha256, encoding: stored.encoding, kind: kind, form: form,
            title: stored.title, agency: stored.agency, agencyAliases: stored.agencyAliases,
            year: stored.year,
            region: Region(
                province: stored.region.province, city: stored.region.city,
                county: stored.region.county),
            scope: scope, passageCount: stored.passages)
    }
}
