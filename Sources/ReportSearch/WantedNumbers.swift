import QueryLanguage
import SegmentStore

extension WantedNumbers {
    /// The numbers for which a comparison with a number is true.
    init(_ comparison: QueryComparison, _ number: Double) {
        let lower =
            switch comparison {
            case .equal, .notEqual, .greaterOrEqual: number
            case .greater: number.nextUp
            case .less, .lessOrEqual: -Double.infinity
            }
        let upper =
            switch comparison {
            case .equal, .notEqual, .lessOrEqual: number
            case .less: number.nextDown
            case .greater, .greaterOrEqual: Double.infinity
            }
        self.init(from: lower, through: upper, areOutside: comparison == .notEqual)
    }

    /// The numbers in a range, or outside of it.
    init(_ range: QueryRange, areOutside: Bool = false) {
        self.init(
            from: range.lower?.value ?? -.infinity, through: range.upper?.value ?? .infinity,
            areOutside: areOutside)
    }
}
