import ChineseText
import ReportModel

/// A report as a document of libxapian, which stock programs can list, filter, sort and search.
///
/// | term | means |
/// |---|---|
/// | (no prefix) | a word of the head (title, agency and its other names, region), with its frequency |
/// | `A`+name, `AA`+name | the agency; another name of it; both folded |
/// | `RP` `RC` `RD`+name | the province, the city, the county that the agency lies in, folded |
/// | `Y`+year | the year that the report is about |
/// | `F`+form | the form: `2021`, `2019`, `none` |
/// | `L`+level | the agency's level, as ``AgencyLevel`` names it |
/// | `K`+kind | the kind: `annual_report`, `other` |
/// | `Q`+hash | the SHA-256 of the content: one document holds it |
/// | `IF`+name, `IU`+name | an identity that fails; one that is unknown; the form's others hold |
/// | `U`+slot | a cell of the form that is not known |
/// | `Z`+slot | a cell outside the form that is known to be 0 |
///
/// | value slot | holds, as `sortable_serialise` writes it |
/// |---|---|
/// | 0… | the cell with this field number, see ``StatisticField``, unless it is 0 |
/// | 1000 | the year |
///
/// Nine cells of ten are 0, and storing them would take five times as long as the rest of a report;
/// so zeros are not stored. A cell without a value is 0 when the form that `F` names has it and
/// there is no `U` for it, or when there is a `Z` for it. Otherwise it is unknown. To libxapian,
/// "at least 10" is a range of the slot; "0" is `F2021 AND_NOT U6 AND_NOT` any value in slot 6; and
/// "at most 5" is that `OR` the range up to 5.
///
/// The data are lines `name=value`, as Omega shows them: `id`, `sha256`, `title`, `agency`, `year`,
/// `province`, `city`, `county`, `form`, `kind`; what is not known has no line.
public struct ReportDocument: Sendable, Equatable {
    /// The terms that only filter, each once, in byte order.
    public private(set) var booleanTerms: [[UInt8]] = []

    /// The words of the head, and how often it holds each.
    public private(set) var words: [String: Int] = [:]

    /// The numbers by slot; those of cells are not 0.
    public private(set) var values: [UInt32: Double] = [:]

    /// What a program shows of the report.
    public let data: [UInt8]

    /// The slot of the year.
    public static let yearSlot: UInt32 = 1000

    /// The prefixes of boolean terms.
    public enum Prefix: String, Sendable, CaseIterable {
        /// The agency.
        case agency = "A"
        /// Another name of the agency.
        case alias = "AA"
        /// The province.
        case province = "RP"
        /// The city.
        case city = "RC"
        /// The county.
        case county = "RD"
        /// The year.
        case year = "Y"
        /// The form.
        case form = "F"
        /// The agency's level.
        case level = "L"
        /// The kind.
        case kind = "K"
        /// The content's SHA-256.
        case content = "Q"
        /// An identity that fails.
        case failingIdentity = "IF"
        /// An identity that is unknown.
        case unknownIdentity = "IU"
        /// A cell of the form that is not known.
        case unknownCell = "U"
        /// A cell outside the form that is 0.
        case zeroCell = "Z"
    }

    /// Makes the document of a report.
    public init(_ record: ReportRecord) {
        let head = record.head
        data = Self.data(of: head)
        addNames(of: head)
        add(.year, head.year.map(String.init))
        add(.form, head.form.rawValue)
        add(.level, AgencyLevel(agency: head.agency, region: head.region)?.rawValue)
        add(.kind, head.kind.rawValue)
        add(.content, head.sha256)
        for identity in record.report.identities where identity.state != .holds {
            add(identity.state == .fails ? .failingIdentity : .unknownIdentity, identity.id)
        }
        if let year = head.year { values[Self.yearSlot] = Double(year) }
        addCells(of: record.report.statistics, form: head.form)
        booleanTerms = Set(booleanTerms).sorted { $0.lexicographicallyPrecedes($1) }
        let texts = [head.title, head.agency] + head.agencyAliases + head.region.names
        for text in texts.compactMap(\.self) {
            let folded = String(decoding: TextFolding().foldedUTF8(of: text), as: UTF8.self)
            HeadWords.forEach(in: folded) { words[$0, default: 0] += 1 }
        }
    }

    /// The boolean term for a value, which is folded; a longer one than libxapian takes is cut at a
    /// character.
    public static func term(_ prefix: Prefix, _ value: String) -> [UInt8] {
        Schema.term(prefix.rawValue, value)
    }

    private static func data(of head: ReportHead) -> [UInt8] {
        let fields: [(name: String, value: String?)] = [
            ("id", head.id), ("sha256", head.sha256), ("title", head.title),
            ("agency", head.agency), ("year", head.year.map(String.init)),
            ("province", head.region.province), ("city", head.region.city),
            ("county", head.region.county), ("form", head.form.rawValue),
            ("kind", head.kind.rawValue),
        ]
        let lines = fields.compactMap { name, value in
            value.map { value in
                name + "=" + String(value.unicodeScalars.map { $0 == "\n" ? " " : Character($0) })
            }
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    private mutating func add(_ prefix: Prefix, _ value: String?) {
        if let value { booleanTerms.append(Self.term(prefix, value)) }
    }

    private mutating func addNames(of head: ReportHead) {
        add(.agency, head.agency)
        for alias in head.agencyAliases { add(.alias, alias) }
        add(.province, head.region.province)
        add(.city, head.region.city)
        add(.county, head.region.county)
    }

    private mutating func addCells(of table: StatisticTable, form: OfficialForm) {
        let fields = Set(form.fields)
        for field in StatisticField.all.indices {
            switch table.value(of: field) {
            case .some(0): if !fields.contains(field) { add(.zeroCell, String(field)) }
            case .some(let value): values[UInt32(field)] = value
            case .none: if fields.contains(field) { add(.unknownCell, String(field)) }
            }
        }
    }
}

extension ReportDocument {
    /// The value of a field as a stock program tells it from terms and values; nil when it is not
    /// known.
    public func value(ofField field: Int) -> Double? {
        if let value = values[UInt32(field)] { return value }
        if holds(.zeroCell, String(field)) { return 0 }
        let form = OfficialForm.allCases.first { holds(.form, $0.rawValue) } ?? .none
        return form.fields.contains(field) && !holds(.unknownCell, String(field)) ? 0 : nil
    }

    private func holds(_ prefix: Prefix, _ value: String) -> Bool {
        booleanTerms.contains(Self.term(prefix, value))
    }
}
