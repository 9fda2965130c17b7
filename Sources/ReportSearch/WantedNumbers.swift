import QueryLanguage

/// Which numbers a condition asks for: those from one to another, or all others.
struct WantedNumbers {
    private let lower: Double
    private let upper: Double
    private let areOutside: Bool

    /// The numbers for which a comparison with a number is true.
    init(_ comparison: QueryComparison, _ number: Double) {
        lower =
            switch comparison {
            case .equal, .notEqual, .greaterOrEqual: number
            case .greater: number.nextUp
            case .less, .lessOrEqual: -.infinity
            }
        upper =
            switch comparison {
            case .equal, .notEqual, .lessOrEqual: number
            case .less: number.nextDown
            case .greater, .greaterOrEqual: .infinity
            }
        areOutside = comparison == .notEqual
    }

    /// The numbers in a range, or outside of it.
    init(_ range: QueryRange, areOutside: Bool = false) {
        lower = range.lower?.value ?? -.infinity
        upper = range.upper?.value ?? .infinity
        self.areOutside = areOutside
    }

    /// Whether a number is wanted.
    func contains(_ number: Double) -> Bool {
        (lower <= number && number <= upper) != areOutside
    }

    /// The whole numbers from 0 that are wanted, below a limit, as ranges.
    func wholeNumbers(below limit: Int) -> [ClosedRange<UInt64>] {
        let start = Int(min(max(lower, 0), Double(limit)).rounded(.up))
        let end = Int(min(max(upper, -1), Double(limit - 1)).rounded(.down)) + 1
        let inside = start..<max(start, end)
        let ranges = areOutside ? [0..<inside.lowerBound, inside.upperBound..<limit] : [inside]
        return ranges.filter { !$0.isEmpty }.map {
            UInt64($0.lowerBound)...UInt64($0.upperBound - 1)
        }
    }
}
