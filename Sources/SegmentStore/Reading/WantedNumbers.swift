/// Which numbers a condition asks for: those from one to another, or all others.
public struct WantedNumbers: Sendable {
    private let lower: Double
    private let upper: Double
    private let areOutside: Bool

    /// The numbers from one to another, or those outside of them.
    public init(from lower: Double, through upper: Double, areOutside: Bool = false) {
        self.lower = lower
        self.upper = upper
        self.areOutside = areOutside
    }

    /// Whether a number is wanted.
    public func contains(_ number: Double) -> Bool {
        (lower <= number && number <= upper) != areOutside
    }

    /// The wanted numbers as ranges, from one bound through another; nil for no bound.
    public var ranges: [(from: Double?, through: Double?)] {
        func bounded(_ number: Double) -> Double? { number.isFinite ? number : nil }
        let inside = (bounded(lower), bounded(upper))
        guard areOutside else { return lower <= upper ? [inside] : [] }
        let below = inside.0.map { (from: Double?.none, through: Optional($0.nextDown)) }
        let above = inside.1.map { (from: Optional($0.nextUp), through: Double?.none) }
        return [below, above].compactMap(\.self)
    }

    /// The whole numbers from 0 that are wanted, below a limit, as ranges.
    public func wholeNumbers(below limit: Int) -> [ClosedRange<UInt64>] {
        let start = Int(min(max(lower, 0), Double(limit)).rounded(.up))
        let end = Int(min(max(upper, -1), Double(limit - 1)).rounded(.down)) + 1
        let inside = start..<max(start, end)
        let ranges = areOutside ? [0..<inside.lowerBound, inside.upperBound..<limit] : [inside]
        return ranges.filter { !$0.isEmpty }.map {
            UInt64($0.lowerBound)...UInt64($0.upperBound - 1)
        }
    }
}
