import GramIndex

/// A set of indices of reports in a segment.
public struct ReportSet: Sendable, Equatable {
    /// What the gram index takes.
    private(set) var bits: BitSet

    /// Makes a set without members, of reports whose indices are below a number.
    public init(below limit: Int) {
        bits = BitSet(below: limit)
    }

    /// Makes the set of all reports whose indices are below a number.
    init(allBelow limit: Int) {
        bits = BitSet(allBelow: limit)
    }

    /// Makes the set of the reports of which something is true.
    public init(below limit: Int, where isMember: (Int) throws -> Bool) rethrows {
        bits = try BitSet(below: limit, where: isMember)
    }

    /// The number that the members are below.
    public var limit: Int { bits.limit }

    /// How many members there are.
    public var count: Int { bits.count }

    /// Whether the report with an index, below the limit, is a member.
    public subscript(report: Int) -> Bool {
        get { bits[report] }
        set { bits[report] = newValue }
    }

    /// Adds reports, all below the limit.
    mutating func formUnion(_ reports: ArraySlice<UInt32>) { bits.formUnion(reports) }

    /// Adds what another set, with the same limit, holds.
    public mutating func formUnion(_ other: ReportSet) { bits.formUnion(other.bits) }

    /// Takes out what another set, with the same limit, does not hold.
    public mutating func formIntersection(_ other: ReportSet) { bits.formIntersection(other.bits) }

    /// Takes out what another set, with the same limit, holds.
    public mutating func subtract(_ other: ReportSet) { bits.subtract(other.bits) }

    /// Takes out the members of which something is not true.
    public mutating func formFilter(_ isMember: (Int) throws -> Bool) rethrows {
        try bits.formFilter(isMember)
    }

    /// Adds the indices of the numbers in a column that lie in a range.
    ///
    /// - Parameters:
    ///   - start: the byte of the column with which the first report's number begins.
    ///   - size: of how many bytes each number is.
    mutating func addIndices(
        ofNumbersIn range: ClosedRange<UInt64>, _ column: BlockFile.Column, from start: Int = 0,
        size: Int
    ) {
        bits.formUnion(ofNumbersIn: range, column, from: start, size: size)
    }
}
