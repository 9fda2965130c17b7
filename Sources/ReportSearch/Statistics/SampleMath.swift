#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What is computed from a sample of numbers.
enum SampleMath {
    /// The number below which a part of the numbers lies, linear between neighbours (type 7 of
    /// Hyndman and Fan, as spreadsheets and DuckDB's `quantile_cont` compute it); nil of none.
    ///
    /// - Parameter sorted: the numbers, ascending.
    static func quantile(_ part: Double, of sorted: [Double]) -> Double? {
        guard let last = sorted.last else { return nil }
        let position = part * Double(sorted.count - 1)
        let below = Int(position.rounded(.down))
        guard below + 1 < sorted.count else { return last }
        let rest = position - Double(below)
        return rest == 0
            ? sorted[below] : sorted[below] + (sorted[below + 1] - sorted[below]) * rest
    }

    /// The 95 % interval of a proportion by Wilson's score; nil when it is no proportion.
    ///
    /// E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22
    /// (1927), without a correction for continuity.
    static func wilson(_ part: Double, of whole: Double) -> ClosedRange<Double>? {
        guard whole > 0, part >= 0, part <= whole else { return nil }
        let z = 1.959963984540054
        let share = part / whole
        let scale = 1 + z * z / whole
        let middle = (share + z * z / (2 * whole)) / scale
        let reach =
            z * (share * (1 - share) / whole + z * z / (4 * whole * whole)).squareRoot() / scale
        return max(0, middle - reach)...min(1, middle + reach)
    }

    /// How far numbers lie from their median, by the median of that distance.
    struct Spread {
        let median: Double
        /// The median absolute deviation.
        let deviation: Double

        /// nil of less than three numbers.
        init?(_ sorted: [Double]) {
            guard sorted.count >= 3, let median = quantile(0.5, of: sorted) else { return nil }
            let distances = sorted.map { abs($0 - median) }.sorted()
            guard let deviation = quantile(0.5, of: distances) else { return nil }
            (self.median, self.deviation) = (median, deviation)
        }

        /// How many deviations a number lies from the median, the deviation scaled to be the
        /// standard one of a normal distribution; nil when half of the numbers are the median.
        func score(_ number: Double) -> Double? {
            deviation > 0 ? 0.6745 * (number - median) / deviation : nil
        }
    }

    /// The score beyond which a number is an outlier (Iglewicz and Hoaglin 1993).
    static let outlier = 3.5

    /// The sum of the squared shares of numbers, none below 0: 1 when one has all; nil when their
    /// sum is 0.
    static func squaredShares(_ numbers: [Double]) -> Double? {
        let sum = numbers.reduce(0, +)
        guard sum > 0 else { return nil }
        return numbers.reduce(0) { $0 + ($1 / sum) * ($1 / sum) }
    }

    /// The Gini coefficient of numbers, none below 0: 0 when all are alike; nil when their sum is 0.
    static func gini(_ numbers: [Double]) -> Double? {
        let sum = numbers.reduce(0, +)
        guard sum > 0 else { return nil }
        let sorted = numbers.sorted()
        let count = Double(sorted.count)
        let weighted = sorted.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
        return 2 * weighted / (count * sum) - (count + 1) / count
    }

    /// The yearly growth that leads from one number to another in some years; nil from 0 or below.
    static func growth(from first: Double, to last: Double, years: Int) -> Double? {
        guard first > 0, last >= 0, years > 0 else { return nil }
        return pow(last / first, 1 / Double(years)) - 1
    }
}
