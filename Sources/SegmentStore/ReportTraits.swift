public import ReportModel

/// What statistics must know of a report beside its numbers, in two bytes, so that no record is read.
///
/// | bits | hold |
/// |---|---|
/// | 0 | whether it is no annual report |
/// | 1–2 | the scope's number in `ReportScope.allCases` |
/// | 3–5 | 1 more than the level's number in `AgencyLevel.allCases`; 0 when it is unknown |
/// | 6–8 | whether the province, the city, the county is known |
/// | 9 | whether the agency is known |
/// | 10 | whether the third table has rows that the form does not have |
public struct ReportTraits: Sendable, Hashable {
    /// The bits.
    public let bits: UInt16

    /// The traits that some bits stand for.
    public init(bits: UInt16) { self.bits = bits }

    /// The traits of a report.
    init(_ report: Report) {
        var bits: UInt16 = report.kind == .annualReport ? 0 : 1
        bits |= UInt16(ReportScope.allCases.firstIndex(of: report.scope) ?? 0) << 1
        let level = AgencyLevel(agency: report.agency, region: report.region)
        bits |= UInt16(level.flatMap(AgencyLevel.allCases.firstIndex).map { $0 + 1 } ?? 0) << 3
        if report.region.province != nil { bits |= 1 << 6 }
        if report.region.city != nil { bits |= 1 << 7 }
        if report.region.county != nil { bits |= 1 << 8 }
        if report.agency != nil { bits |= 1 << 9 }
        if report.findings.contains(where: { $0.code == Report.extraRequestRow }) {
            bits |= 1 << 10
        }
        self.bits = bits
    }

    /// Whether it is an annual report.
    public var isAnnualReport: Bool { bits & 1 == 0 }

    /// Whose figures it gives; bits that stand for no scope are taken for an unknown one.
    public var scope: ReportScope {
        let number = Int(bits >> 1 & 3)
        return number < ReportScope.allCases.count ? ReportScope.allCases[number] : .unknown
    }

    /// Whether it gives the figures of others too.
    public var isRolledUp: Bool { bits >> 1 & 3 == Self.rolledUp }

    private static let rolledUp = UInt16(ReportScope.allCases.firstIndex(of: .rolledUp) ?? 1)

    /// How high the agency stands; nil when it is unknown.
    public var level: AgencyLevel? {
        let number = Int(bits >> 3 & 7)
        return 1...AgencyLevel.allCases.count ~= number ? AgencyLevel.allCases[number - 1] : nil
    }

    /// Whether the name of the province, the city, the county stands among the region's names, which
    /// are in this order.
    public var knowsRegion: (province: Bool, city: Bool, county: Bool) {
        (bits & 1 << 6 != 0, bits & 1 << 7 != 0, bits & 1 << 8 != 0)
    }

    /// Whether the first of the agency's names is the agency's, and not an alias of an unknown one.
    public var knowsAgency: Bool { bits & 1 << 9 != 0 }

    /// Whether the third table has rows that the form does not have, so that its columns need not
    /// add up.
    public var hasExtraRows: Bool { bits & 1 << 10 != 0 }
}
