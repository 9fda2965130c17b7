public import ReportModel
public import SegmentStore
import Xapian

/// What is asked of plain databases; it weighs nothing by itself, see ``PlainWeight``.
public indirect enum PlainQuery: Sendable {
    /// Every passage.
    case everything
    /// No passage.
    case nothing
    /// The passages in which a folded text, not empty, stands in some text of theirs.
    case text(PlainText, [UInt8])
    /// The passages with a boolean term, see ``PlainQuery/reports(_:_:)``.
    case term([UInt8])
    /// The passages with a number in a slot from one bound through another; nil for no bound.
    case numbers(slot: UInt32, from: Double?, through: Double?)
    /// What all of some queries match.
    case all([PlainQuery])
    /// What any of some queries matches.
    case any([PlainQuery])
    /// What a query does not match.
    case not(PlainQuery)

    /// The passages of reports with a value of a boolean term.
    public static func reports(
        _ prefix: ReportDocument.Prefix, _ value: String
    ) -> PlainQuery {
        .term(ReportDocument.term(prefix, value))
    }

    /// The passages of one report.
    public static func report(id: String) -> PlainQuery { .term(PlainSchema.term(.group, id)) }

    /// The passages of reports with a scope.
    public static func scope(_ scope: ReportScope) -> PlainQuery {
        .term(PlainSchema.term(.scope, scope.rawValue))
    }

    /// The passages in a section, 0 to 7.
    public static func section(_ number: Int) -> PlainQuery {
        .term(PlainSchema.term(.section, String(number)))
    }

    /// The passages of reports on years from one through another; nil for no bound.
    public static func years(from first: Double?, through last: Double?) -> PlainQuery {
        .numbers(slot: PlainSchema.Slot.year, from: first, through: last)
    }

    /// The passages of some lengths, in word characters; nil for no bound.
    public static func lengths(from least: Double?, through most: Double?) -> PlainQuery {
        .numbers(slot: PlainSchema.Slot.length, from: least, through: most)
    }

    /// The passages of reports of which something is not known.
    public static func unknown(_ field: UnknownField) -> PlainQuery {
        .term(PlainSchema.term(.unknown, field.rawValue))
    }

    /// What of a report may not be known.
    public enum UnknownField: String, Sendable {
        /// What the case says.
        case agency, region, year, level
    }

    /// The passages of reports in which a cell is known to be 0: no slot has that.
    public static func zero(cell field: Int) -> PlainQuery {
        let forms = OfficialForm.allCases.filter { $0.fields.contains(field) }
        let slot = UInt32(field)
        let blank = PlainQuery.all([
            .any(forms.map { .reports(.form, $0.rawValue) }),
            .not(.reports(.unknownCell, String(field))),
            .not(.numbers(slot: slot, from: nil, through: nil)),
        ])
        return .any([blank, .reports(.zeroCell, String(field))])
    }
}

extension PlainQuery {
    /// The query as libxapian takes it.
    ///
    /// - Parameter kind: the documents that are asked.
    func xapian(of kind: PlainSchema.Kind) throws(XapianError) -> Query {
        switch self {
        case .everything:
            return try .term(PlainSchema.term(.kind, kind.rawValue))
        case .nothing: return try .nothing()
        case .text(let text, let folded):
            let prefix = Array(text.rawValue.utf8)
            let row = PlainGrams.row(of: folded).map { prefix + $0 }
            if row.isEmpty { return try .nothing() }
            return row.count == 1 ? try .term(row[0]) : try .phrase(row)
        case .term(let term): return try .term(term)
        case .numbers(let slot, let lower, let upper):
            switch (lower, upper) {
            case (let lower?, let upper?):
                return lower <= upper
                    ? try .values(inSlot: slot, in: lower...upper) : try .nothing()
            case (let lower?, nil): return try .values(inSlot: slot, atLeast: lower)
            case (nil, let upper?): return try .values(inSlot: slot, atMost: upper)
            case (nil, nil): return try .anyValue(inSlot: slot)
            }
        case .all(let queries):
            let unwanted = queries.compactMap {
                if case .not(let query) = $0 { query } else { nil }
            }
            let wanted = queries.filter { if case .not = $0 { false } else { true } }
            let all = try Query.and(
                Self.each(wanted.isEmpty ? [.everything] : wanted, kind))
            return unwanted.isEmpty ? all : try .andNot(all, .or(Self.each(unwanted, kind)))
        case .any(let queries): return try .or(Self.each(queries, kind))
        case .not(let query):
            return try .andNot(PlainQuery.everything.xapian(of: kind), query.xapian(of: kind))
        }
    }

    private static func each(
        _ queries: [PlainQuery], _ kind: PlainSchema.Kind
    ) throws(XapianError) -> [Query] {
        var all: [Query] = []
        for query in queries { all.append(try query.xapian(of: kind)) }
        return all
    }
}

/// What an occurrence of a text weighs, and by which of its terms a server reckons it: a term that
/// stands in a passage at least as often as the text, so that no passage weighs more than the server
/// says.
public struct PlainWeight: Sendable {
    /// The term, one or two characters.
    let term: [UInt8]
    /// The weight of an occurrence.
    let weight: Double
    /// How many passages have the term.
    let frequency: Int

    /// Makes a weight.
    ///
    /// - Parameters:
    ///   - term: one or two characters of the text, folded, as UTF-8.
    ///   - weight: what an occurrence of the text weighs.
    ///   - frequency: how many passages have the term.
    public init(term: [UInt8], weight: Double, frequency: Int) {
        self.term = term
        self.weight = weight
        self.frequency = frequency
    }
}

/// What a hit is sorted by before its weight.
public struct PlainKey: Sendable, Hashable {
    /// The slot.
    public let slot: UInt32
    /// Whether the highest number comes first.
    ///
    /// Passages without one come last then, else first.
    public let isDescending: Bool

    /// Makes a key.
    public init(slot: UInt32, isDescending: Bool) {
        self.slot = slot
        self.isDescending = isDescending
    }

    /// The year of the report.
    public static func year(isDescending: Bool) -> PlainKey {
        PlainKey(slot: PlainSchema.Slot.year, isDescending: isDescending)
    }
}
